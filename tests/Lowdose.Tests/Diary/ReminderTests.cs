using Lowdose.Diary;
using NodaTime;

namespace Lowdose.Tests.Diary;

/// <summary>When a person is reminded, and when not.</summary>
public sealed class ReminderTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly LocalDate Day = new(2026, 12, 1);

    [Fact]
    public void Nobody_is_reminded_who_has_chosen_no_time()
    {
        Reminder.Of([], null, 0, out var none).ShouldBeNull();
        none.ShouldBe(Reminder.Off);
        Calls(Reminder.Off, RemindersGiven.None, At(Day, 0, 0), Duration.FromDays(3)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(3, 29, 3, 0, "clocks go from 02:00 to 03:00"), InlineData(10, 25, 2, 30, "clocks go from 03:00 back to 02:00")]
    public void A_time_that_clocks_skip_or_repeat_is_reminded_of_once(int month, int day, int hour, int minute, string why)
    {
        var date = new LocalDate(2026, month, day);
        Calls(At(2, 30), RemindersGiven.None, date.AtStartOfDayInZone(Berlin), Duration.FromHours(23)).ShouldHaveSingleItem(why).LocalDateTime.ShouldBe(date.At(new(hour, minute)), why);
    }

    [Fact]
    public void A_day_a_country_left_out_is_not_reminded_of()
    {
        var apia = DateTimeZoneProviders.Tzdb["Pacific/Apia"];
        var calls = Calls(At(22, 0), RemindersGiven.None, new LocalDate(2011, 12, 28).AtStartOfDayInZone(apia), Duration.FromHours(24 * 3));
        calls.Select(c => c.LocalDateTime).ShouldBe([new LocalDateTime(2011, 12, 28, 22, 0), new LocalDateTime(2011, 12, 29, 22, 0), new LocalDateTime(2011, 12, 31, 22, 0)]);
    }

    [Fact]
    public void What_came_due_in_quiet_hours_is_said_once_when_they_end()
    {
        Reminder.Of([new(21, 0)], new QuietHours(new(22, 0), new(8, 0)), 2, out var reminder).ShouldBeNull();
        var given = RemindersGiven.None.Later(At(Day, 21, 30).ToInstant(), Duration.FromHours(1));
        Calls(reminder!, given, At(Day, 20, 59), Duration.FromHours(20)).Select(c => c.LocalDateTime).ShouldBe([Day.At(new(21, 0)), Day.PlusDays(1).At(new(8, 0))]);
    }

    [Fact]
    public void Not_now_reminds_once_more_and_counts()
    {
        Reminder.Of([new(21, 0)], null, 2, out var reminder).ShouldBeNull();
        reminder!.IsDue(RemindersGiven.None, At(Day, 21, 0), out var given).ShouldBeTrue();
        var start = At(Day, 21, 1);
        Calls(reminder, given.Later(start.ToInstant(), Duration.FromMinutes(30)), start, Duration.FromHours(2)).ShouldHaveSingleItem().TimeOfDay.ShouldBe(new LocalTime(21, 31));
        Reminder.Of([new(21, 0)], null, 1, out reminder).ShouldBeNull();
        Calls(reminder!, given.Later(start.ToInstant(), Duration.FromMinutes(30)), start, Duration.FromHours(2)).ShouldBeEmpty("one a day is the most");
    }

    [Fact]
    public void After_a_night_with_the_computer_off_one_reminder_speaks_for_all()
    {
        Reminder.Of([new(8, 0), new(20, 0), new(22, 0)], null, 3, out var reminder).ShouldBeNull();
        reminder!.IsDue(RemindersGiven.None, At(Day, 9, 0), out var given).ShouldBeTrue();
        given.Done.Count.ShouldBe(6, "what came in two days, this morning’s with it");
        reminder.IsDue(given, At(Day, 9, 1), out _).ShouldBeFalse();
    }

    [Fact]
    public void Who_turns_reminders_on_at_nine_is_not_reminded_of_eight()
    {
        var reminder = At(8, 0);
        var given = reminder.Begin(RemindersGiven.None, At(Day, 9, 0));
        Calls(reminder, given, At(Day, 9, 0), Duration.FromHours(24)).ShouldHaveSingleItem().LocalDateTime.ShouldBe(Day.PlusDays(1).At(new(8, 0)));
    }

    [Theory]
    [InlineData(3), InlineData(-3)]
    public void A_clock_wrong_by_three_years_and_set_right_costs_no_later_reminder(int years)
    {
        var reminder = At(22, 0);
        var given = reminder.Begin(RemindersGiven.None, At(Day, 9, 0));
        reminder.IsDue(given, At(Day.PlusYears(years), 22, 0), out given).ShouldBeTrue();
        Calls(reminder, given, At(Day, 10, 0), Duration.FromHours(48)).Select(c => c.Date).ShouldBe([Day, Day.PlusDays(1)]);
    }

    [Fact]
    public void What_contradicts_itself_is_refused_with_what_to_do()
    {
        Reminder.Of([new(23, 0)], new QuietHours(new(22, 0), new(8, 0)), 1, out var none)!.What.ShouldBe("23:00 is in the quiet hours");
        none.ShouldBeNull();
        Reminder.Of([new(8, 0), new(22, 0)], null, 1, out _)!.Do.ShouldBe("choose from 2 to 6 a day");
        Reminder.Of(Enumerable.Range(8, 7).Select(h => new LocalTime(h, 0)), null, 7, out _)!.What.ShouldBe("7 times a day is too often");
    }

    [Fact]
    public void What_it_says_is_nothing_medical() =>
        $"{Reminder.Title} {Reminder.Text}".ShouldBe("Reminder Time for your note.");

    private static ZonedDateTime At(LocalDate date, int hour, int minute) => date.At(new(hour, minute)).InZoneLeniently(Berlin);

    private static Reminder At(int hour, int minute)
    {
        Reminder.Of([new(hour, minute)], null, 1, out var reminder).ShouldBeNull();
        return reminder!;
    }

    /// <summary>When it reminds, looked at every minute from a beginning on.</summary>
    private static List<ZonedDateTime> Calls(Reminder reminder, RemindersGiven given, ZonedDateTime start, Duration during)
    {
        List<ZonedDateTime> calls = [];
        given = reminder.Begin(given, start);
        for (var now = start; now.ToInstant() < start.ToInstant() + during; now = now.Plus(Duration.FromMinutes(1)))
        {
            if (reminder.IsDue(given, now, out given)) calls.Add(now);
        }
        return calls;
    }
}
