using Lowdose.Quantities;
using Lowdose.Science.Inference;
using NodaTime;

namespace Lowdose.Diary;

/// <summary>How an outcome is scored.</summary>
/// <param name="Name">The outcome's name, as the diary's column.</param>
/// <param name="ScaleMin">Lowest score.</param>
/// <param name="ScaleMax">Highest score.</param>
/// <param name="HigherIsBetter">True for mood, function, energy; false for pain and fatigue.</param>
/// <param name="MeaningfulChange">Smallest change that matters, score units; null for a tenth of the range.</param>
/// <param name="Step">Resolution of one rating; null to let the scores say.</param>
public sealed record Outcome(string Name, double ScaleMin = 0, double ScaleMax = 10, bool HigherIsBetter = false,
    double? MeaningfulChange = null, double? Step = null);

/// <summary>
/// One person's course for one outcome on unbroken calendar days: what was written, and what had to be assumed where
/// nothing was. It is not the <see cref="Course"/> (numbers only), which it becomes at Science's door.
/// </summary>
public sealed class CourseDiary
{
    /// <summary>Fills the calendar between the first and the last day written.</summary>
    /// <param name="outcome">How the outcome is scored.</param>
    /// <param name="written">The days written, each day at most once, in any order; at least one.</param>
    /// <param name="firstDate">The calendar date of the first day; null where the diary counts days.</param>
    public CourseDiary(Outcome outcome, IReadOnlyCollection<DiaryDay> written, LocalDate? firstDate)
    {
        Outcome = outcome;
        FirstDate = firstDate;
        Days = written.OrderBy(d => d.Day).ToList();
    }

    /// <summary>How the outcome is scored.</summary>
    public Outcome Outcome { get; }

    /// <summary>The calendar date of day 1; null where the diary counts days.</summary>
    public LocalDate? FirstDate { get; }

    /// <summary>Every calendar day from the first written to the last, day 1 first; a day nobody wrote has all its members null.</summary>
    public IReadOnlyList<DiaryDay> Days { get; }

    /// <summary>The dose on every day, assumed where none was written.</summary>
    public IReadOnlyList<Mass> Doses { get; } = [];

    /// <summary>What every day was assigned, assumed where nothing was written.</summary>
    public IReadOnlyList<Arm> Arms { get; } = [];

    /// <summary>The days whose dose was assumed.</summary>
    public IReadOnlyList<int> AssumedDoses { get; } = [];

    /// <summary>Those of them that lie between two different recorded doses, where the guess is weakest.</summary>
    public IReadOnlyList<int> UncertainDoses { get; } = [];
}
