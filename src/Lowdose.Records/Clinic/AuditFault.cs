namespace Lowdose.Records.Clinic;

/// <summary>How a trail shows that it was meddled with.</summary>
public enum Tampering
{
    /// <summary>An entry does not agree with its own hash.</summary>
    Changed,
    /// <summary>A number is not there.</summary>
    Missing,
    /// <summary>A number that no entry can have.</summary>
    OutOfPlace,
    /// <summary>An entry does not follow the one before it.</summary>
    Unlinked,
    /// <summary>The chain holds, but it is not the one that was anchored.</summary>
    Rewritten,
    /// <summary>The chain holds, but ends before an anchor.</summary>
    CutOff,
}

/// <summary>The first thing wrong in a trail.</summary>
/// <param name="Sequence">The first entry's number that is not as it was written, or is not there.</param>
/// <param name="Kind">How it shows.</param>
/// <param name="What">In plain words.</param>
public sealed record AuditFault(long Sequence, Tampering Kind, string What);

/// <summary>What walking along a trail came to.</summary>
/// <param name="Entries">How many entries were found to be whole.</param>
/// <param name="LastHash">The hash of the last of them.</param>
/// <param name="Anchors">How many anchors were compared.</param>
/// <param name="Unanchored">How many of the entries come after the last anchor: cutting those off could not be seen.</param>
/// <param name="Fault">Null: nothing was found.</param>
public sealed record AuditFinding(long Entries, byte[] LastHash, int Anchors, long Unanchored, AuditFault? Fault);
