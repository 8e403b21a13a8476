namespace Lowdose.Records.Clinic;

/// <summary>What somebody does and the audit trail is to keep; its number, time and hash come with the <see cref="AuditEntry"/>.</summary>
/// <param name="Act">What.</param>
/// <param name="Actor">The account's id, <see cref="Archive.Me"/>, <see cref="Nobody"/> or <see cref="Lowdose"/>.</param>
/// <param name="Organisation">In which organisation; null: in none.</param>
/// <param name="Record">With whose record; null: with none.</param>
/// <param name="Detail">What else.</param>
public sealed record Deed(Act Act, string Actor, string? Organisation = null, string? Record = null, Detail Detail = default)
{
    /// <summary>Somebody who did not say, or could not show, who they are. Never the name they typed: it may be a password.</summary>
    public const string Nobody = "nobody";

    /// <summary>The program itself, as for the daily backup.</summary>
    public const string Lowdose = "lowdose";

    /// <summary>Only ids may be kept.</summary>
    /// <exception cref="ArgumentException">Something else was given.</exception>
    internal void Check()
    {
        if (!IsId(Actor) && Actor is not (Nobody or Lowdose)) throw new ArgumentException("the actor is no id", nameof(Actor));
        if (Organisation is not null && !IsId(Organisation)) throw new ArgumentException("the organisation is no id", nameof(Organisation));
        if (Record is not null && !IsId(Record)) throw new ArgumentException("the record is no id", nameof(Record));
    }

    private static bool IsId(string text) => text == Archive.Me || Guid.TryParseExact(text, "D", out _) || Guid.TryParseExact(text, "N", out _);
}
