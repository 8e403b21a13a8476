namespace Lowdose.Evidence;

/// <summary>What of the evidence waits for somebody's care.</summary>
/// <param name="FromMemory">Numbers and statements that nobody here read anywhere: where they stand.</param>
/// <param name="Old">Questions whose studies were last looked for too long ago, the oldest first.</param>
/// <param name="WithoutBias">Reported studies in people of which nothing bears on bias.</param>
public sealed record Upkeep(IReadOnlyList<string> FromMemory, IReadOnlyList<Question> Old, IReadOnlyList<Study> WithoutBias)
{
    /// <summary>Looks through the evidence.</summary>
    /// <param name="knowledge">Where it is.</param>
    /// <param name="today">The day it is looked at.</param>
    /// <param name="months">After so many months studies should be looked for again.</param>
    public static Upkeep Of(Knowledge knowledge, DateOnly today, int months)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        return new(
            [.. knowledge.Studies.Values.OrderBy(s => s.Id, StringComparer.Ordinal).SelectMany(FromMemoryIn),
             .. knowledge.Claims.Values.Where(c => c.Mark.Verification == Verification.Memory).Select(c => $"claim {c.Id}"),
             .. knowledge.Sources.Values.Where(s => s.Verification == Verification.Memory).Select(s => $"source {s.Id}")],
            [.. knowledge.Questions.Values.Where(q => q.AsOf.AddMonths(months) < today).OrderBy(q => q.AsOf).ThenBy(q => q.Id, StringComparer.Ordinal)],
            [.. knowledge.Studies.Values.Where(s => s.Status == StudyStatus.Reported && s.BiasTool is not null && s.BiasFacts.Count == 0).OrderBy(s => s.Id, StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> FromMemoryIn(Study study)
    {
        if (study.Mark.Verification == Verification.Memory)
        {
            yield return $"{study.Id}: the whole study";
            yield break;
        }
        IEnumerable<Figure?> made = [study.Enrolled, study.Analysed, study.Trials, study.DoseMg, study.Weeks];
        if (made.Any(IsFromMemory)) yield return $"{study.Id}: how it was made";
        foreach (var outcome in study.Outcomes.Concat(study.Adverse))
        {
            var numbers = outcome.Arms.SelectMany(a => new[] { a.People, a.Baseline, a.BaselineSd, a.Value, a.Sd, a.Se, a.Low, a.High, a.Events, a.Percent })
                .Append(outcome.Weeks).Concat(outcome.Effect is { } e ? [e.Estimate, e.Se, e.Low, e.High, e.I2] : Array.Empty<Figure?>());
            if (numbers.Any(IsFromMemory)) yield return $"{study.Id}: {outcome.Name}";
        }
        if (study.BiasFacts.Any(f => f.Mark.Verification == Verification.Memory)) yield return $"{study.Id}: what bears on bias";
    }

    private static bool IsFromMemory(Figure? figure) => figure?.Mark.Verification == Verification.Memory;
}
