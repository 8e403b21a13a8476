using Lowdose.Science.Inference.Charts;

namespace Lowdose.Exchange;

/// <summary>A retrospective review of charts: who answered, who had side effects, who stopped and why, and how long people stayed on the drug.</summary>
/// <param name="All">Everyone.</param>
/// <param name="Groups">Each group of the column by which patients are divided, by name; empty without.</param>
/// <param name="Times">Whether the groups differ in how long they stay on the drug; null where that cannot be asked.</param>
public sealed record ChartReview(ChartGroup All, IReadOnlyList<ChartGroup> Groups, LogRank? Times)
{
    /// <summary>What no number of such a review can mend.</summary>
    public static IReadOnlyList<string> Limits { get; } =
    [
        "Nobody was left untreated to compare with. Getting better by itself, hope and other treatments all count as the drug.",
        "A response is what the chart calls one. Any improvement is a low bar.",
        "Who does not come back is seldom asked. Those without data may differ from those with.",
        "The curve takes those still on the drug, or lost from sight, to be like those who are followed on.",
        "A side effect counts only where somebody wrote it down.",
    ];

    /// <summary>Reviews charts.</summary>
    /// <param name="patients">At least one.</param>
    public static ChartReview Of(IReadOnlyList<ChartPatient> patients)
    {
        ArgumentNullException.ThrowIfNull(patients);
        var groups = patients.Where(p => p.Group is not null).GroupBy(p => p.Group!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
        return new(ChartGroup.Of("all", patients), [.. groups.Select(g => ChartGroup.Of(g.Key, [.. g]))], LogRank.Of([.. groups.Select(g => ChartGroup.Stays(g))]));
    }
}

/// <summary>What the charts tell of some patients.</summary>
/// <param name="Name">The group; "all" for everyone.</param>
/// <param name="People">How many.</param>
/// <param name="Response">With a response, of all: who is not known counts as none.</param>
/// <param name="ResponseOfKnown">With a response, of those of whom it is known.</param>
/// <param name="NoResponse">Without one, of all.</param>
/// <param name="SideEffect">With any side effect, of those of whom it is known.</param>
/// <param name="SideEffects">Each of them, of the same, the commonest first.</param>
/// <param name="Stopped">Known to have stopped, of all.</param>
/// <param name="StoppedUnknown">Of how many it is not known whether they stopped.</param>
/// <param name="Reasons">Why, of all; the commonest first. "not given" where no reason is.</param>
/// <param name="OnDrug">The share still on the drug over time; null where no time is known.</param>
/// <param name="WithoutTime">Patients who are not in that curve.</param>
public sealed record ChartGroup(string Name, int People, Share Response, Share ResponseOfKnown, Share NoResponse, Share SideEffect, IReadOnlyList<(string What, Share Share)> SideEffects,
    Share Stopped, int StoppedUnknown, IReadOnlyList<(string Why, Share Share)> Reasons, KaplanMeier? OnDrug, int WithoutTime)
{
    /// <summary>The days at which the curve is told: 4, 13 and 26 weeks, one year and two.</summary>
    public static IReadOnlyList<int> ToldDays { get; } = [28, 91, 182, 365, 730];

    internal static ChartGroup Of(string name, IReadOnlyList<ChartPatient> patients)
    {
        var (people, told) = (patients.Count, patients.Where(p => p.SideEffects is not null).ToArray());
        var (answered, stays) = (patients.Count(p => p.Response == true), Stays(patients));
        var withTime = stays.Count;
        return new(name, people, new(answered, people), new(answered, patients.Count(p => p.Response is not null)), new(patients.Count(p => p.Response == false), people),
            new(told.Count(p => p.SideEffects!.Count > 0), told.Length), Counted(told.SelectMany(p => p.SideEffects!), told.Length),
            new(patients.Count(p => p.Stopped == true), people), patients.Count(p => p.Stopped is null), Counted(patients.Where(p => p.Stopped == true).Select(p => p.Reason ?? "not given"), people),
            withTime == 0 ? null : KaplanMeier.Of(stays), people - withTime);
    }

    internal static IReadOnlyList<Stay> Stays(IEnumerable<ChartPatient> patients) => [.. patients.Where(p => p.Days is not null).Select(p => new Stay(p.Days!.Value, p.Stopped == true))];

    private static IReadOnlyList<(string, Share)> Counted(IEnumerable<string> words, int of) =>
        [.. words.GroupBy(w => w, StringComparer.OrdinalIgnoreCase).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.First(), new Share(g.Count(), of)))];
}
