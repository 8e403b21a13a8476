using Lowdose.Diary;

namespace Lowdose.Exchange;

/// <summary>What a diary file looks like: its separators, its column names and how the outcome is scored.</summary>
public sealed record DiaryFormat
{
    /// <summary>The outcome; its name is that of its column unless <see cref="OutcomeColumn"/> says otherwise.</summary>
    public Outcome Outcome { get; init; } = new("pain");

    /// <summary>Between fields.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Before the fraction of a number.</summary>
    public char DecimalMark { get; init; } = '.';

    /// <summary>The column of calendar dates; null for <c>date</c>.</summary>
    public string? DateColumn { get; init; }

    /// <summary>The column of day numbers; null for <c>day</c>.</summary>
    public string? DayColumn { get; init; }

    /// <summary>The column of doses in mg; null for <c>dose_mg</c>.</summary>
    public string? DoseColumn { get; init; }

    /// <summary>The column of what was assigned; null for <c>arm</c>, which may be absent.</summary>
    public string? ArmColumn { get; init; }

    /// <summary>The column of scores; null for the outcome's name.</summary>
    public string? OutcomeColumn { get; init; }

    /// <summary>The column of people; null for <c>person</c>, which may be absent.</summary>
    public string? PersonColumn { get; init; }

    /// <summary>The column of blocks; null for <c>period</c>, which may be absent.</summary>
    public string? PeriodColumn { get; init; }

    /// <summary>The column of events; null for <c>event</c>, which may be absent.</summary>
    public string? EventColumn { get; init; }

    /// <summary>Whose rows to read; null for the only person there is.</summary>
    public string? Person { get; init; }

    /// <summary>A file without periods is refused: the blocks of a randomised course cannot be told apart otherwise.</summary>
    public bool NeedsPeriods { get; init; }
}
