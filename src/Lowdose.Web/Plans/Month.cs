using NodaTime;

namespace Lowdose.Web.Plans;

/// <summary>One month of a plan as weeks from Monday to Sunday.</summary>
/// <param name="First">The first of the month.</param>
/// <param name="Weeks">Seven days each; null outside the month.</param>
public sealed record Month(LocalDate First, IReadOnlyList<IReadOnlyList<LocalDate?>> Weeks)
{
    /// <summary>Every month that has a day of the plan or a day to look again up to the stop review.</summary>
    public static IEnumerable<Month> Of(LocalDate from, LocalDate to)
    {
        for (var month = from.With(DateAdjusters.StartOfMonth); month <= to; month = month.PlusMonths(1)) yield return Made(month);
    }

    private static Month Made(LocalDate first)
    {
        var monday = first.DayOfWeek == IsoDayOfWeek.Monday ? first : first.Previous(IsoDayOfWeek.Monday);
        var last = first.With(DateAdjusters.EndOfMonth);
        var weeks = Enumerable.Range(0, (Period.DaysBetween(monday, last) / 7) + 1)
            .Select(w => (IReadOnlyList<LocalDate?>)[.. Enumerable.Range(0, 7).Select(d => monday.PlusDays((7 * w) + d)).Select(d => d.Month == first.Month ? d : (LocalDate?)null)]);
        return new(first, [.. weeks]);
    }
}
