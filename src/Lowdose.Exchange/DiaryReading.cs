using Lowdose.Diary;

namespace Lowdose.Exchange;

/// <summary>What became of a file: the diary in it, or why there is none. Exactly one of the two is set.</summary>
/// <param name="Diary">The diary.</param>
/// <param name="Refusal">The first thing wrong.</param>
public sealed record DiaryReading(CourseDiary? Diary, Refusal? Refusal)
{
    /// <summary>The line a date stands on, for what is found wrong with a day later.</summary>
    internal Func<NodaTime.LocalDate, int> LineOf { get; init; } = _ => 1;
}
