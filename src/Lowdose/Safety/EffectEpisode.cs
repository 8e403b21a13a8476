using Lowdose.Diary;
using NodaTime;

namespace Lowdose.Safety;

/// <summary>A side effect that is going on: from its first day to the last on which it was written.</summary>
/// <param name="Id">The side effect.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day on which it was there.</param>
/// <param name="Written">Days on which it was there.</param>
/// <param name="Latest">How bad it was on that last day.</param>
/// <param name="Worst">How bad it was at the worst.</param>
public sealed record EffectEpisode(string Id, LocalDate First, LocalDate Last, int Written, Severity Latest, Severity Worst)
{
    /// <summary>
    /// Days in a row without a word about it that do not end it: a tired person does not write every day. A word that it was not there ends it at once.
    /// </summary>
    public const int SilentDays = 3;

    /// <summary>Calendar days from the first to the last, both counted.</summary>
    public int Days => Period.DaysBetween(First, Last) + 1;

    /// <summary>The side effects going on, by what was written up to a day; from the first dose on, for before it nothing is a side effect.</summary>
    /// <param name="record">The diary.</param>
    /// <param name="today">The day.</param>
    /// <param name="since">The first day on which something was given to be taken, whether or not the diary says that it was; null: only the diary tells.</param>
    public static IReadOnlyList<EffectEpisode> On(CourseRecord record, LocalDate today, LocalDate? since = null)
    {
        // Most people have none, and then a year of doses need not be read.
        if (!record.Days.Values.Any(d => d.Effects.Count > 0)) return [];
        var firstDose = record.Days.Values.Where(d => d.Doses.Values.OfType<DoseEntry.Taken>().Any()).Select(d => (LocalDate?)d.Date).Min();
        if (since is { } given && (firstDose is null || given < firstDose)) firstDose = given;
        DayEntry[] days = [.. record.Days.Values.Where(d => d.Date >= firstDose && d.Date <= today).OrderByDescending(d => d.Date)];
        return [.. days.SelectMany(d => d.Effects.Keys).Distinct().Order(StringComparer.Ordinal).Select(id => Of(id, days, today)).OfType<EffectEpisode>()];
    }

    /// <summary>Back from today, as long as nothing ends it.</summary>
    private static EffectEpisode? Of(string id, IEnumerable<DayEntry> latestFirst, LocalDate today)
    {
        EffectEpisode? episode = null;
        foreach (var day in latestFirst)
        {
            // Too long a silence, or a word that it was not there.
            if (Period.DaysBetween(day.Date, episode?.First ?? today) > (episode is null ? SilentDays : SilentDays + 1)) break;
            if (!day.Effects.TryGetValue(id, out var severity))
            {
                if (day.NoEffects) break;
                continue;
            }
            if (severity == Severity.None) break;
            episode = episode is null ? new(id, day.Date, day.Date, 1, severity, severity)
                : episode with { First = day.Date, Written = episode.Written + 1, Worst = severity > episode.Worst ? severity : episode.Worst };
        }
        return episode;
    }
}
