using NodaTime;

namespace Lowdose.Records.Clinic;

/// <summary>Consent: a person lets somebody do one thing with their record. It is never taken out; withdrawing adds a time.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Record">Whose record.</param>
/// <param name="Account">To whom; null: research in the person's organisation.</param>
/// <param name="May">To do what.</param>
/// <param name="GivenBy">By whom.</param>
/// <param name="GivenAt">Since when.</param>
/// <param name="EndsAt">Until when; null: until it is withdrawn.</param>
/// <param name="WithdrawnBy">Who withdrew it.</param>
/// <param name="WithdrawnAt">When it was withdrawn; null where it was not.</param>
public sealed record Grant(string Id, string Record, string? Account, May May, string GivenBy, Instant GivenAt, Instant? EndsAt = null, string? WithdrawnBy = null, Instant? WithdrawnAt = null)
{
    /// <summary>Whether it holds at this instant.</summary>
    public bool Holds(Instant now) => WithdrawnAt is null && (EndsAt is null || now < EndsAt);
}
