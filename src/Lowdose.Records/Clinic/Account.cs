using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Lowdose.Records.Clinic;

/// <summary>Somebody who may come in. What is set here is kept by <see cref="Accounts.Keep"/>.</summary>
public sealed class Account
{
    /// <summary>Its name in the tables: random, and nobody reads it.</summary>
    public required string Id { get; init; }
    /// <summary>The organisation it belongs to.</summary>
    public required string Organisation { get; init; }
    /// <summary>What it is there.</summary>
    public required IReadOnlyList<Role> Roles { get; set; }
    /// <summary>Its own record; null where it keeps none.</summary>
    public string? Record { get; init; }
    /// <summary>What is typed to sign in with a password, in small letters; the id where there was never a password.</summary>
    public required string SignInName { get; set; }
    /// <summary>How others see it.</summary>
    public required string ShownName { get; set; }
    /// <summary>Null: no password.</summary>
    public string? PasswordHash { get; set; }
    /// <summary>Another one whenever a way in changes.</summary>
    public required string SecurityStamp { get; set; }
    /// <summary>Another one at every change, so that of two changes at once one is refused.</summary>
    public required string Version { get; set; }
    /// <summary>A password is followed by a code from an app.</summary>
    public bool TwoFactor { get; set; }
    /// <summary>The app's key, sealed; null where none was made.</summary>
    public byte[]? TotpKey { get; set; }
    /// <summary>Since when there is an account.</summary>
    public required Instant CreatedAt { get; init; }
    /// <summary>Since when nobody may come in with it; null: somebody may.</summary>
    public Instant? ClosedAt { get; set; }

    /// <summary>Sees or handles other people's records by trade, or lets people in.</summary>
    public bool IsStaff => Roles.Any(role => role is not (Role.Person or Role.Carer));

    /// <summary>As the audit trail names an account that somebody else does something with.</summary>
    internal Detail InTrail => Detail.Account(Guid.ParseExact(Id, "N"));

    /// <summary>A way in of one's own was added, changed or removed.</summary>
    internal Deed WayInChanged => new(Act.WayInChanged, Id, Organisation);

    /// <summary>A name as it is compared: in small letters, without spaces around it and with single ones inside.</summary>
    /// <param name="typed">As typed.</param>
    public static string Plain(string typed) => string.Join(' ', typed.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>The account a record belongs to.</summary>
/// <param name="Account">Its id.</param>
/// <param name="ShownName">How others see it.</param>
public sealed record RecordOwner(string Account, string ShownName);

/// <summary>Many accounts that see nothing of any other organisation's.</summary>
internal sealed record OrganisationRow(string Id, string Name, Instant CreatedAt);

internal sealed class AccountTable : IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<OrganisationRow>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.InTable("accounts");
        builder.HasKey(account => account.Id);
    }

    public void Configure(EntityTypeBuilder<OrganisationRow> builder)
    {
        builder.InTable("organisations");
        builder.HasKey(organisation => organisation.Id);
    }
}
