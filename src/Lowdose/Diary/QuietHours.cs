using NodaTime;

namespace Lowdose.Diary;

/// <summary>The part of every day in which nothing is said, on the person's own clock; it may reach over midnight.</summary>
/// <param name="From">Its first minute.</param>
/// <param name="Until">The first minute after it; the same as <paramref name="From"/> means no quiet hours at all.</param>
public readonly record struct QuietHours(LocalTime From, LocalTime Until)
{
    /// <summary>Whether it is quiet at this time of day.</summary>
    public bool Hold(LocalTime time) => From <= Until ? From <= time && time < Until : From <= time || time < Until;
}
