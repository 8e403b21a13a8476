using NodaTime;

namespace Lowdose.Trials;

/// <summary>One day of a blinded diary: it holds a score and whether the kit was taken, and no amount.</summary>
/// <param name="Date">The day.</param>
/// <param name="Score">The primary outcome; null where none was given.</param>
/// <param name="Taken">Whether the kit of the day was taken; null where nothing was said, which counts as taken.</param>
public sealed record TrialDay(LocalDate Date, double? Score, bool? Taken);

/// <summary>What one subject wrote.</summary>
/// <param name="Subject">The place's id.</param>
/// <param name="Days">Each day at most once; days outside the trial are left out.</param>
public sealed record TrialDays(string Subject, IReadOnlyList<TrialDay> Days);
