using Lowdose.Evidence;

namespace Lowdose.Exchange;

/// <summary>Marks and kinds of the evidence in words, the same in a terminal and on a page.</summary>
public static class EvidenceWords
{
    /// <summary>How a number or statement is known, in brackets; empty where it was read in its source.</summary>
    /// <param name="mark">Its mark.</param>
    public static string Known(Mark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        return Known(mark.Verification);
    }

    /// <summary>The same of how it was read.</summary>
    /// <param name="verification">How.</param>
    public static string Known(Verification verification) => verification switch
    {
        Verification.LookedUp => "",
        Verification.Transcribed => " [transcribed]",
        Verification.Seed => " [as a source text says]",
        Verification.Memory => " [from memory, not checked]",
        _ => " [calculated]",
    };

    /// <summary>A word as the files have it.</summary>
    /// <param name="value">Of a closed list.</param>
    public static string Word(Enum value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
    }

    /// <summary>The best kind of evidence there is, in few words.</summary>
    /// <param name="kind">The kind.</param>
    public static string Kind(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Randomised => "randomised trials",
        EvidenceKind.Uncontrolled => "studies without a control group, or cases",
        EvidenceKind.OnlyAnecdote => "only anecdote",
        _ => "no evidence",
    };
}
