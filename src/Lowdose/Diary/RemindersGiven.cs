using NodaTime;

namespace Lowdose.Diary;

/// <summary>What was reminded of already. It is kept before a reminder goes out, so that one is never given twice.</summary>
/// <param name="Done">Dates and times that were reminded of or passed over, the latest last.</param>
/// <param name="On">The person's own date of each reminder that was given, the latest last.</param>
/// <param name="Again">When to remind once more, asked for with <see cref="Later"/>; null for not.</param>
public sealed record RemindersGiven(IReadOnlyList<LocalDateTime> Done, IReadOnlyList<LocalDate> On, Instant? Again)
{
    /// <summary>None yet.</summary>
    public static readonly RemindersGiven None = new([], [], null);

    /// <summary>"Not now": once more after so long.</summary>
    /// <param name="now">When it was asked for.</param>
    /// <param name="by">How long from then, by the clock on the wall as by the stopwatch.</param>
    public RemindersGiven Later(Instant now, Duration by) =>
        by > Duration.Zero ? this with { Again = now + by } : throw new ArgumentOutOfRangeException(nameof(by), by, "later is after now");
}
