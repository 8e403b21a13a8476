using Lowdose.Diary;
using Lowdose.Quantities;
using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Pooling;
using Lowdose.Web.Courses;
using Lowdose.Web.Screens;
using NodaTime;

namespace Lowdose.Web.Cohorts;

/// <summary>What of one course counts in research. Nothing in it says whose it is, when it was or what was written in words.</summary>
/// <param name="Score">The main score; null where none was ever given.</param>
/// <param name="Weeks">For each week of the course that has passed, the share of days with the main score.</param>
/// <param name="Highest">The highest dose of a day.</param>
/// <param name="Verdict">The answer on the main score; null where there is none.</param>
/// <param name="Days">Days with the main score or a dose, counted from 1.</param>
/// <param name="Table">What the diary says of the effect; null where there is no main score.</param>
internal sealed record CohortPerson(string? Score, IReadOnlyList<double> Weeks, Mass Highest, Verdict? Verdict, IReadOnlyList<CohortDay> Days, PersonTable? Table)
{
    /// <summary>Reads it off a diary.</summary>
    /// <param name="record">The diary.</param>
    /// <param name="today">The day it is.</param>
    /// <param name="judged">Verdicts of this process.</param>
    public static CohortPerson Of(CourseRecord record, LocalDate today, Judged judged)
    {
        _ = record.Plan.Regimen(Loaded.Knowledge, null, out var regimen);
        // The diary of a blinded trial that is not opened yet is none.
        if (record.Primary?.Name is not { } score || record.Diary(score, out var diary, regimen) is not null || diary!.Days.All(d => d.Score is null))
            return new(null, [], Mass.Zero, null, [], null);
        var weeks = Period.DaysBetween(diary.FirstDate!.Value, today) / 7;
        return new(score, [.. Enumerable.Range(0, Math.Max(0, weeks)).Select(w => diary.Days.Skip(7 * w).Take(7).Count(d => d.Score is not null) / 7.0)],
            diary.Days.Max(d => d.Dose) ?? Mass.Zero, judged.Of(record, regimen, score)?.Judgement.Verdict,
            [.. diary.Days.Where(d => d.Score is not null || d.Dose is not null).Select(d => new CohortDay(d.Day, d.Score, d.Dose))],
            PeopleTables.Of([new("", diary, [])], null).Tables[0]);
    }
}

/// <summary>A day of a course.</summary>
/// <param name="Day">From 1 on.</param>
/// <param name="Score">The main score; null is missing.</param>
/// <param name="Dose">What was taken; null is not known.</param>
internal readonly record struct CohortDay(int Day, double? Score, Mass? Dose);
