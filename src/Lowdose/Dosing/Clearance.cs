using NodaTime;

namespace Lowdose.Dosing;

/// <summary>
/// That the safety screen found nothing against starting, granted by Safety. A regimen without one is provisional: unknown is never safe.
/// </summary>
/// <param name="AsOf">The day the screen was answered.</param>
/// <param name="FirstSafeDate">The first day a dose may be taken, where something must pass first; null where it need not.</param>
public sealed record Clearance(LocalDate AsOf, LocalDate? FirstSafeDate);
