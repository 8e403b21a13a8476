using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Dosing;

/// <summary>A change to a regimen: what, from when, and who decided it, when and why. Changes are added, never taken back or edited.</summary>
/// <param name="From">The first day it counts for.</param>
/// <param name="Who">Who decided.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Why">In their words.</param>
public abstract record RegimenChange(LocalDate From, string Who, Instant At, string Why)
{
    /// <summary>No step up for so many days.</summary>
    public sealed record Hold(LocalDate From, int Days, string Who, Instant At, string Why) : RegimenChange(From, Who, At, Why);

    /// <summary>Back to the step before; up again no sooner than that step's days allow.</summary>
    public sealed record StepBack(LocalDate From, string Who, Instant At, string Why) : RegimenChange(From, Who, At, Why);

    /// <summary>No further step up: this dose is enough.</summary>
    public sealed record Stay(LocalDate From, string Who, Instant At, string Why) : RegimenChange(From, Who, At, Why);

    /// <summary>Another time of day. Where that would bring two doses close together, the dose of the first day is left out: never double.</summary>
    public sealed record MoveTo(LocalDate From, LocalTime Time, string Who, Instant At, string Why) : RegimenChange(From, Who, At, Why);

    /// <summary>No hold and no staying any more: the dose rises again once its days allow, the day after at the earliest.</summary>
    public sealed record GoOn(LocalDate From, string Who, Instant At, string Why) : RegimenChange(From, Who, At, Why);

    /// <summary>No more than this a day; where more is taken, down to the highest step below it.</summary>
    public sealed record Ceiling(LocalDate From, Mass Most, string Who, Instant At, string Why) : RegimenChange(From, Who, At, Why);

    /// <summary>No dose from this day on. No taper is needed.</summary>
    public sealed record Finish(LocalDate From, string Who, Instant At, string Why) : RegimenChange(From, Who, At, Why);
}
