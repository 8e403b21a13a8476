using System.Globalization;
using Lowdose.Quantities;
using Lowdose.Science.Inference;
using NodaTime;

namespace Lowdose.Diary;

/// <summary>
/// One person's course for one outcome on unbroken calendar days: what was written, and what had to be assumed where
/// nothing was. It is not the <see cref="Course"/> (numbers only), which it becomes at Science's door.
/// </summary>
public sealed class CourseDiary
{
    /// <summary>Fills the calendar between the first and the last day written.</summary>
    /// <param name="outcome">How the outcome is scored.</param>
    /// <param name="written">The days written, each day at most once, in any order; at least one. The lowest becomes day 1.</param>
    /// <param name="firstDate">The calendar date of the first day; null where the diary counts days.</param>
    /// <exception cref="ArgumentException">No day, a day twice, or a dose on a day assigned none or placebo.</exception>
    public CourseDiary(Outcome outcome, IReadOnlyCollection<DiaryDay> written, LocalDate? firstDate)
    {
        if (written.Count == 0) throw new ArgumentException("A diary has at least one day", nameof(written));
        if (written.FirstOrDefault(d => d.Arm is Arm.None or Arm.Placebo && d.Dose > Mass.Zero) is { } contradiction)
            throw new ArgumentException($"Day {contradiction.Day}: {contradiction.Arm} goes with dose 0", nameof(written));
        Outcome = outcome;
        FirstDate = firstDate;
        FirstDayNumber = written.Min(d => d.Day);
        Days = OnTheCalendar(written, FirstDayNumber);
        var carried = Carried.Along(Days);
        (Doses, Arms, AssumedDoses, UncertainDoses) = (carried.Doses, carried.Arms, carried.Assumed, carried.Uncertain);
    }

    /// <summary>How the outcome is scored.</summary>
    public Outcome Outcome { get; }

    /// <summary>The calendar date of day 1; null where the diary counts days.</summary>
    public LocalDate? FirstDate { get; }

    /// <summary>The number the person gave day 1; usually 1.</summary>
    public int FirstDayNumber { get; }

    /// <summary>Every calendar day from the first written to the last, day 1 first; a day nobody wrote has all its members null.</summary>
    public IReadOnlyList<DiaryDay> Days { get; }

    /// <summary>The dose on every day, assumed where none was written.</summary>
    public IReadOnlyList<Mass> Doses { get; }

    /// <summary>What every day was assigned, assumed where nothing was written.</summary>
    public IReadOnlyList<Arm> Arms { get; }

    /// <summary>The days whose dose was assumed.</summary>
    public IReadOnlyList<int> AssumedDoses { get; }

    /// <summary>Those of them that lie between two different recorded doses, where the guess is weakest.</summary>
    public IReadOnlyList<int> UncertainDoses { get; }

    /// <summary>How the person knows a day: its date, or the number they gave it.</summary>
    /// <param name="day">Day of the diary, 1 first.</param>
    public string NameOf(int day) => FirstDate is { } first
        ? first.PlusDays(day - 1).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)
        : "day " + (FirstDayNumber + day - 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The numbers Science judges.</summary>
    /// <param name="alreadyTaking">The person was on the first day's dose before the diary began.</param>
    /// <param name="toldRandomised">The blocks were blinded and put in random order.</param>
    /// <returns>One entry a calendar day; NaN for a missing score, block 0 where the period is not known.</returns>
    public Course ToCourse(bool alreadyTaking = false, bool toldRandomised = false) => new()
    {
        Scores = [.. Days.Select(d => d.Score ?? double.NaN)],
        DosesMg = [.. Doses.Select(d => d.Milligrams)],
        Arms = [.. Arms],
        Blocks = Blocks(),
        ScaleMin = Outcome.ScaleMin,
        ScaleMax = Outcome.ScaleMax,
        HigherIsBetter = Outcome.HigherIsBetter,
        MeaningfulChange = Outcome.MeaningfulChange,
        Step = Outcome.Step,
        AlreadyTaking = alreadyTaking,
        ToldRandomised = toldRandomised,
    };

    /// <summary>The block of each day. Days nobody wrote between two days of one block belong to it; null without any period.</summary>
    private int[]? Blocks()
    {
        if (!Days.Any(d => d.Period.HasValue)) return null;
        int[] blocks = [.. Days.Select(d => d.Period ?? 0)];
        var last = -1;
        for (var t = 0; t < blocks.Length; t++)
        {
            if (Days[t].Period is null) continue;
            if (last >= 0 && blocks[last] == blocks[t] && Arms[last] == Arms[t]) Array.Fill(blocks, blocks[t], last, t - last);
            last = t;
        }
        return blocks;
    }

    private static DiaryDay[] OnTheCalendar(IReadOnlyCollection<DiaryDay> written, int first)
    {
        var days = new DiaryDay[written.Max(d => d.Day) - first + 1];
        foreach (var day in written)
        {
            ref var place = ref days[day.Day - first];
            if (place is not null) throw new ArgumentException($"Day {day.Day} is written twice", nameof(written));
            place = day with { Day = day.Day - first + 1 };
        }
        for (var t = 0; t < days.Length; t++) days[t] ??= new DiaryDay(t + 1, null, null, null, null, null);
        return days;
    }
}
