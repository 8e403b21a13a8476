using NodaTime;

namespace Lowdose.Diary;

/// <summary>
/// When a person wants to be reminded to open the diary. Times are their own clock's and belong to no zone, as the doses of a schedule. It says nothing of what it
/// is for: others see the screen of a phone.
/// </summary>
public sealed record Reminder
{
    /// <summary>The whole of what a reminder says.</summary>
    public const string Title = "Reminder", Text = "Time for your note.";
    /// <summary>More often than this a day nobody is reminded.</summary>
    public const int MostADay = 6;
    /// <summary>
    /// How late a reminder is still given, on the person's own clock. The widest two clocks on earth stand 26 hours apart: no journey loses one, even into quiet hours.
    /// </summary>
    public const int HoursKept = 48;

    // What the hours kept and a journey back can still ask about, with room.
    private const int Remembered = 16 * MostADay;

    private Reminder(IReadOnlyList<LocalTime> times, QuietHours? quiet, int atMostADay) => (Times, Quiet, AtMostADay) = (times, quiet, atMostADay);

    /// <summary>No reminders: how everybody starts.</summary>
    public static readonly Reminder Off = new([], null, 0);

    /// <summary>The chosen times of day, earliest first; none where reminders are off.</summary>
    public IReadOnlyList<LocalTime> Times { get; }
    /// <summary>When nothing is said; null for never.</summary>
    public QuietHours? Quiet { get; }
    /// <summary>How many a day at most, those asked for once more included.</summary>
    public int AtMostADay { get; }

    /// <summary>Reminders at chosen times.</summary>
    /// <param name="times">Times of day, to the minute; none means off.</param>
    /// <param name="quiet">When nothing is said; null for never.</param>
    /// <param name="atMostADay">How many a day at most, from the number of times to <see cref="MostADay"/>.</param>
    /// <param name="reminder">The reminders; null where they are refused.</param>
    /// <returns>Why they are refused; null where they are not.</returns>
    public static ReminderRefusal? Of(IEnumerable<LocalTime> times, QuietHours? quiet, int atMostADay, out Reminder? reminder)
    {
        LocalTime[] chosen = [.. times.Select(t => new LocalTime(t.Hour, t.Minute)).Distinct().Order()];
        reminder = null;
        if (chosen.Length == 0) reminder = Off;
        else if (chosen.Length > MostADay) return new($"{chosen.Length} times a day is too often", $"choose at most {MostADay} times");
        else if (atMostADay < chosen.Length || atMostADay > MostADay) return new($"at most {atMostADay} a day does not fit {chosen.Length} times", $"choose from {chosen.Length} to {MostADay} a day");
        else if (quiet is { } hours && chosen.Where(hours.Hold).Select(t => (LocalTime?)t).FirstOrDefault() is { } silent) return new($"{silent:HH:mm} is in the quiet hours", "choose another time or other quiet hours");
        else reminder = new(chosen, quiet, atMostADay);
        return null;
    }

    /// <summary>Where a person begins who has just chosen these times: what is past is not reminded of.</summary>
    /// <param name="given">What was given before, under other times; <see cref="RemindersGiven.None"/> for nothing.</param>
    /// <param name="now">The person's own clock.</param>
    public RemindersGiven Begin(RemindersGiven given, ZonedDateTime now) => given with { Done = Latest([.. given.Done, .. Open(given, now)]) };

    /// <summary>
    /// Whether a reminder is due. One speaks for everything that has come due since the last, also after a journey or a night with the computer off. In quiet hours
    /// nothing is due, and what came due then is when they end. Beyond the most a day nothing more is said that day, and what came due is passed over.
    /// </summary>
    /// <param name="given">What was given already.</param>
    /// <param name="now">The person's own clock.</param>
    /// <param name="after">What to keep before the reminder goes out; <paramref name="given"/> itself where nothing changed.</param>
    /// <returns>Whether to remind now.</returns>
    public bool IsDue(RemindersGiven given, ZonedDateTime now, out RemindersGiven after)
    {
        after = given;
        if (Times.Count == 0 || Quiet?.Hold(now.TimeOfDay) == true) return false;
        var again = given.Again <= now.ToInstant();
        LocalDateTime[] open = [.. Open(given, now)];
        if (open.Length == 0 && !again) return false;
        var room = given.On.Count(date => date == now.Date) < AtMostADay;
        after = new(Latest([.. given.Done, .. open]), room ? Latest([.. given.On, now.Date]) : given.On, again ? null : given.Again);
        return room;
    }

    /// <summary>The chosen times that have come on the person's clock, and were neither reminded of nor too long ago.</summary>
    private IEnumerable<LocalDateTime> Open(RemindersGiven given, ZonedDateTime now) =>
        from back in new[] { 2, 1, 0 }
        let date = now.Date.PlusDays(-back)
        from time in Times
        let at = date.At(time)
        where at <= now.LocalDateTime && Hours(at, now.LocalDateTime) <= HoursKept && !given.Done.Contains(at) && Exists(date, now.Zone)
        select at;

    // By the clock, so that a change of the clock makes nothing too old.
    private static double Hours(LocalDateTime from, LocalDateTime to) => (to.InUtc().ToInstant() - from.InUtc().ToInstant()).TotalHours;

    // A time that the clocks jumped over comes when they have jumped; a whole day that a country jumped over never was.
    private static bool Exists(LocalDate date, DateTimeZone zone)
    {
        var noon = zone.MapLocal(date.At(LocalTime.Noon));
        return noon.Count > 0 || noon.EarlyInterval.IsoLocalEnd > date.AtMidnight() || noon.LateInterval.IsoLocalStart.Date == date;
    }

    private static T[] Latest<T>(T[] all) => all.Length <= Remembered ? all : all[^Remembered..];
}
