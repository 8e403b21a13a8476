using Lowdose.Quantities;
using Lowdose.Science.Inference;

namespace Lowdose.Diary;

/// <summary>Days on which something else happened within 14 days of a dose change, where it can pass for the drug's doing.</summary>
internal sealed record DisturbingEvents(IReadOnlyList<DiaryDay> Days)
{
    /// <summary>How near to a dose change an event disturbs the comparison, days.</summary>
    internal const int NearDays = 14;

    public static DisturbingEvents In(CourseDiary diary)
    {
        var changes = DoseChanges(diary.Doses);
        return new([.. diary.Days.Where(d => d.Event is not null && changes.Exists(c => Math.Abs(c - d.Day) <= NearDays))]);
    }

    /// <summary>The judgement with those days' scores set missing; null where that changes nothing or leaves nothing.</summary>
    public WithoutEvents? LeftOut(Course course)
    {
        var scores = (double[])course.Scores.Clone();
        foreach (var day in Days) scores[day.Day - 1] = double.NaN;
        var left = scores.Count(s => !double.IsNaN(s));
        if (left == 0 || left == course.Scores.Count(s => !double.IsNaN(s))) return null;
        return new WithoutEvents([.. Days.Select(d => d.Day)], Judge.OneCourse(course with { Scores = scores }));
    }

    /// <summary>The first days of new doses, 1 first.</summary>
    internal static List<int> DoseChanges(IReadOnlyList<Mass> doses)
    {
        var changes = new List<int>();
        Mass? settled = null;
        for (var start = 0; start < doses.Count;)
        {
            var end = start;
            while (end < doses.Count && doses[end] == doses[start]) end++;
            if (end - start >= VerdictLimits.LastingDays)
            {
                if (settled is { } before && before != doses[start]) changes.Add(start + 1);
                settled = doses[start];
            }
            start = end;
        }
        return changes;
    }
}
