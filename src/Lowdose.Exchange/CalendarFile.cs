using System.Globalization;
using System.Text;
using Lowdose.Dosing;
using NodaTime;

namespace Lowdose.Exchange;

/// <summary>
/// A schedule as iCalendar (RFC 5545) reminders. Anyone who looks over a shoulder at a calendar must learn nothing: no drug, no dose, no illness, not even our name.
/// Times float (no zone): 22:00 is 22:00 wherever the person is, before and after the clocks change.
/// </summary>
public static class CalendarFile
{
    private const int LongestLine = 75;

    /// <summary>Writes the calendar as UTF-8.</summary>
    /// <param name="schedule">A daily reminder for each of its steps.</param>
    /// <param name="reviews">A whole-day reminder for each.</param>
    /// <param name="now">When it was written; the format asks for it.</param>
    public static byte[] Of(Schedule schedule, Reviews reviews, Instant now)
    {
        var text = new StringBuilder();
        var stamp = Stamp(now);
        Begin(text);
        var start = Day(schedule.Regimen.Start);
        var number = 0;
        foreach (var (step, time, from) in schedule.Steps.SelectMany(s => s.Times.Select(t => (s, t, First(schedule, s)))))
        {
            number++;
            Daily(text, $"{start}-daily-{number}", stamp, from, time, $"RRULE:FREQ=DAILY;COUNT={Period.DaysBetween(from, step.To) + 1}", "DESCRIPTION:See your own plan.");
        }
        foreach (var (review, i) in reviews.Days.DistinctBy(r => r.Date).Select((r, i) => (r, i + 1)))
            Lines(text, "BEGIN:VEVENT", $"UID:{start}-look-{i}@reminders.invalid", stamp, $"DTSTART;VALUE=DATE:{Day(review.Date)}",
                $"DTEND;VALUE=DATE:{Day(review.Date.PlusDays(1))}", "SUMMARY:Look at your plan", "CLASS:PRIVATE", "TRANSP:TRANSPARENT", "END:VEVENT");
        Lines(text, "END:VCALENDAR");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reminders every day without an end, as UTF-8.</summary>
    /// <param name="times">Times of day.</param>
    /// <param name="from">The first day.</param>
    /// <param name="now">When it was written; the format asks for it.</param>
    public static byte[] Daily(IReadOnlyList<LocalTime> times, LocalDate from, Instant now)
    {
        var text = new StringBuilder();
        Begin(text);
        foreach (var time in times)
            Daily(text, $"note-{time.ToString("HHmm", null)}", Stamp(now), from, time, "RRULE:FREQ=DAILY", "DESCRIPTION:Time for your note.");
        Lines(text, "END:VCALENDAR");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Begin(StringBuilder text) => Lines(text, "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Daily reminders//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH");

    private static string Stamp(Instant now) => "DTSTAMP:" + now.InUtc().ToString("uuuuMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static void Daily(StringBuilder text, string id, string stamp, LocalDate from, LocalTime time, string rule, string description) =>
        Lines(text, "BEGIN:VEVENT", $"UID:{id}@reminders.invalid", stamp, $"DTSTART:{Day(from)}T{time.ToString("HHmm", null)}00", "DURATION:PT15M", rule,
            "SUMMARY:Daily reminder", description, "CLASS:PRIVATE", "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Daily reminder", "TRIGGER:PT0S", "END:VALARM", "END:VEVENT");

    /// <summary>The first day of the step that has a dose: a day may be left out at a change of time.</summary>
    private static LocalDate First(Schedule schedule, ScheduleStep step) => schedule.Days.First(d => d.Date >= step.From && d.Times.Count > 0).Date;

    private static string Day(LocalDate date) => date.ToString("uuuuMMdd", null);

    private static void Lines(StringBuilder text, params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            // Everything here is ASCII and short; a longer line would have to be folded.
            ArgumentOutOfRangeException.ThrowIfGreaterThan(line.Length, LongestLine, nameof(lines));
            text.Append(line).Append("\r\n");
        }
    }
}
