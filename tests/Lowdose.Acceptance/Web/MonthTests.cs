using Lowdose.Web.Plans;
using NodaTime;

namespace Lowdose.Acceptance.Web;

public sealed class MonthTests
{
    [Theory]
    [InlineData("2026-12-01", "2027-03-23"), InlineData("2028-02-29", "2028-02-29"), InlineData("2026-11-30", "2027-05-31"), InlineData("2027-01-31", "2027-02-01")]
    public void Every_day_of_the_months_of_a_plan_stands_once_under_its_weekday(string from, string to)
    {
        var (start, end) = (Read(from), Read(to));
        var months = Month.Of(start, end).ToArray();
        var days = months.SelectMany(m => m.Weeks).SelectMany(w => w).OfType<LocalDate>().ToArray();
        var first = start.With(DateAdjusters.StartOfMonth);
        days.ShouldBe(Enumerable.Range(0, Period.DaysBetween(first, end.With(DateAdjusters.EndOfMonth)) + 1).Select(first.PlusDays));
        foreach (var week in months.SelectMany(m => m.Weeks))
            for (var i = 0; i < 7; i++) (week[i]?.DayOfWeek ?? (IsoDayOfWeek)(i + 1)).ShouldBe((IsoDayOfWeek)(i + 1));
        months.SelectMany(m => m.Weeks).ShouldAllBe(w => w.Count == 7 && w.Any(d => d != null));
    }

    private static LocalDate Read(string day) => NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value;
}
