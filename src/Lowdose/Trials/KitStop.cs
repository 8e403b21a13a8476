using Lowdose.Diary;
using Lowdose.Evidence;
using Lowdose.Safety;
using NodaTime;

namespace Lowdose.Trials;

/// <summary>What the person's own answers and diary tell that stops a blinded kit. It asks as if the kit held the drug, so that it is the same for every arm.</summary>
public static class KitStop
{
    /// <summary>What stops it on a day, the strongest first; empty where nothing does.</summary>
    /// <param name="knowledge">Side effects and claims.</param>
    /// <param name="screen">Rules and names.</param>
    /// <param name="log">The person's diary.</param>
    /// <param name="today">The day it is.</param>
    /// <param name="since">The first day of the first kit: what comes after it may come from it, even where nobody wrote that it was taken. Null: none is begun.</param>
    public static IReadOnlyList<Finding> Of(Knowledge knowledge, Screen screen, DiaryLog log, LocalDate today, LocalDate? since)
    {
        var record = CourseRecord.Of(log);
        return [.. AskedAgain.Of(screen, log, record, today).Stopping(today), .. SideEffects.Of(knowledge, record, null, today, "", Instant.MinValue, since).Where(f => f.AsksFirst).Select(f => f.Finding)];
    }
}
