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
