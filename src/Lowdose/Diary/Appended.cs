namespace Lowdose.Diary;

/// <summary>What became of a write. A value for each case; the same write sent again gets the same answer.</summary>
public abstract record Appended
{
    private Appended()
    {
    }

    /// <summary>It is kept and holds.</summary>
    /// <param name="Sequence">Its place in the log, 1 first.</param>
    public sealed record Accepted(long Sequence) : Appended;

    /// <summary>It had been kept before, with the same content; nothing was added.</summary>
    /// <param name="Sequence">Its place in the log.</param>
    public sealed record Replayed(long Sequence) : Appended;

    /// <summary>It is kept, but what another device wrote and this one had not seen holds until the person decides.</summary>
    /// <param name="Sequence">Its place in the log.</param>
    /// <param name="Ours">The write itself.</param>
    /// <param name="Clashes">The fields in question; at least one.</param>
    public sealed record Conflict(long Sequence, DiaryWrite Ours, IReadOnlyList<Clash> Clashes) : Appended
    {
        /// <summary>The other device's write, the latest of them.</summary>
        public DiaryWrite Theirs => Clashes[^1].Theirs;
    }

    /// <summary>What it builds on has not arrived. It is not kept: send it again later.</summary>
    public sealed record BaseUnknown : Appended;

    /// <summary>Another write has this id already. It is not kept.</summary>
    /// <param name="Kept">The one that has it.</param>
    public sealed record IdTaken(DiaryWrite Kept) : Appended;

    /// <summary>It says something that cannot be. It is not kept.</summary>
    /// <param name="What">What is wrong, without a full stop.</param>
    /// <param name="Do">What to do.</param>
    public sealed record Refused(string What, string Do) : Appended;
}

/// <summary>One field in which two devices differ.</summary>
/// <param name="Field">The field.</param>
/// <param name="OurValue">What the later arrival says; null: cleared.</param>
/// <param name="TheirValue">What holds; null: cleared.</param>
/// <param name="Theirs">The write that set it.</param>
public sealed record Clash(string Field, string? OurValue, string? TheirValue, DiaryWrite Theirs);

/// <summary>A write with its place in the log.</summary>
/// <param name="Sequence">1 first.</param>
/// <param name="Write">The write.</param>
/// <param name="Clashes">Where it met another device's; empty where it was accepted.</param>
public sealed record LoggedWrite(long Sequence, DiaryWrite Write, IReadOnlyList<Clash> Clashes)
{
    /// <summary>Kept but not in force.</summary>
    public bool IsConflict => Clashes.Count > 0;
}

/// <summary>A field's value in force, and the write that set it.</summary>
/// <param name="Value">Canonical text.</param>
/// <param name="By">When, where and by whom.</param>
/// <param name="Sequence">Its place in the log.</param>
public sealed record Kept(string Value, DiaryWrite By, long Sequence);
