namespace Lowdose.Diary;

/// <summary>A list of days as a person would write it: neighbours run together ("day 3, day 5 to day 7?").</summary>
internal static class DayList
{
    /// <summary>Every day given, those in <paramref name="marked"/> with a question mark.</summary>
    public static string Of(CourseDiary diary, IReadOnlyList<int> days, IReadOnlyList<int> marked)
    {
        var uncertain = marked.ToHashSet();
        var parts = new List<string>();
        for (var i = 0; i < days.Count;)
        {
            var last = i;
            while (last + 1 < days.Count && days[last + 1] == days[last] + 1
                && uncertain.Contains(days[last + 1]) == uncertain.Contains(days[i])) last++;
            var names = last == i ? diary.NameOf(days[i]) : $"{diary.NameOf(days[i])} to {diary.NameOf(days[last])}";
            parts.Add(uncertain.Contains(days[i]) ? names + " ?" : names);
            i = last + 1;
        }
        return string.Join(", ", parts);
    }
}
