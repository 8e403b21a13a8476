using Lowdose.Quantities;
using Lowdose.Science.Inference;

namespace Lowdose.Diary;

/// <summary>
/// One day as it was written down. Null is "not written": a missing score is not zero, a missing dose is not "none taken".
/// </summary>
/// <param name="Day">Day of the diary, 1 first.</param>
/// <param name="Score">The outcome's score; null where missing.</param>
/// <param name="Dose">What was taken; null where not written.</param>
/// <param name="Arm">What was assigned; null where not written.</param>
/// <param name="Period">The block the day belongs to; null where not written.</param>
/// <param name="Event">What else happened; null where nothing was written.</param>
public sealed record DiaryDay(int Day, double? Score, Mass? Dose, Arm? Arm, int? Period, string? Event);
