using Lowdose.Evidence;
using Lowdose.Trials;

namespace Lowdose.Acceptance.Trials;

/// <summary>What a trial is made of and what happens in it, the same for both twins.</summary>
/// <param name="Design">One of ours.</param>
/// <param name="People">How many take part.</param>
/// <param name="Pairs">Pairs of periods.</param>
/// <param name="Event">What happens beside the usual.</param>
internal sealed record Script(string Design, int People, int Pairs, Script.Turn Event)
{
    /// <summary>Days of a period.</summary>
    public const int PeriodDays = 21;

    private static readonly Knowledge Ours = Knowledge.BuiltIn();

    /// <summary>What may happen.</summary>
    public enum Turn
    {
        /// <summary>Nothing.</summary>
        Usual,
        /// <summary>The first person stops their first period for a rash.</summary>
        Stops,
        /// <summary>The last person's kits are opened in an emergency; the others stay blind.</summary>
        Opened,
        /// <summary>The first person leaves, and the trial ends before its time.</summary>
        Leaves,
    }

    /// <summary>Of the n-th trial, 0 first.</summary>
    public static Script Of(int trial) => (trial % 4) switch
    {
        0 => new("trial-crossover", 3, 1, Turn.Opened),
        1 => new("trial-pairs", 1, 1, Turn.Usual),
        2 => new("trial-pairs", 1, 2, Turn.Stops),
        _ => new("trial-pairs", 2, 1, Turn.Leaves),
    };

    /// <summary>The design, with periods short enough for a test.</summary>
    public Design Built => Short(Design, People, PeriodDays, Pairs);

    /// <summary>One of our designs with other periods.</summary>
    public static Design Short(string design, int people, int days, int pairs)
    {
        var built = Ours.Designs[design];
        return built with { People = people, Vary = null, Blocks = built.Blocks! with { Days = days, Pairs = pairs } };
    }

    /// <summary>Two seeds whose lots are each other's mirror: wherever one deals the drug, the other deals placebo.</summary>
    /// <param name="from">Where to look from.</param>
    public (int One, int Other) Mirrored(int from)
    {
        LegalSequences.Of(Built, [.. Enumerable.Range(1, People).Select(n => new TrialSubject($"P{n}"))], out var legal).ShouldBeNull();
        int[] Row(int number) => legal!.Draw(new SeededDraw(TriedClinic.Secrets(number)(SeededDraw.SeedBytes), "allocation"));
        int[] mirror = [.. Row(from).Select(arm => 1 - arm)];
        return (from, Enumerable.Range(1_000_000 + from, 10_000).First(number => Row(number).SequenceEqual(mirror)));
    }
}

/// <summary>A leak made on purpose, in one of two twins.</summary>
[Flags]
internal enum Leak
{
    Nothing = 0,
    /// <summary>A line in the log.</summary>
    Log = 1,
    /// <summary>A point more in one day's score, and a treatment that was begun.</summary>
    Diary = 2,
    /// <summary>A reminder a minute later.</summary>
    Reminder = 4,
    /// <summary>A second in a row that no page shows.</summary>
    Table = 8,
    All = Log | Diary | Reminder | Table,
}
