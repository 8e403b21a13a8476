using Lowdose.Dosing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Lowdose.Records.Clinic;

/// <summary>Lets one person in, once: to join an organisation, or, where an account is named, to come back to it.</summary>
/// <param name="Key">SHA-256 of the code.</param>
/// <param name="Organisation">Where to.</param>
/// <param name="Role">As what; null for whoever comes back.</param>
/// <param name="Account">Who comes back; null for whoever joins.</param>
/// <param name="Record">Whose record is opened with it; null: none.</param>
/// <param name="May">For what.</param>
/// <param name="MayUntil">Until when; null: until it is withdrawn.</param>
/// <param name="MadeBy">The account that invites.</param>
/// <param name="MadeAt">When.</param>
/// <param name="ExpiresAt">When the code is good no more.</param>
/// <param name="RedeemedBy">Who came.</param>
/// <param name="RedeemedAt">When the code was used, or taken back.</param>
public sealed record Invitation(
    string Key, string Organisation, Role? Role, string? Account, string? Record, May? May, Instant? MayUntil, string? MadeBy, Instant MadeAt, Instant ExpiresAt, string? RedeemedBy, Instant? RedeemedAt);

/// <summary>What an invitation opens besides the door: somebody's record.</summary>
/// <param name="Record">Whose.</param>
/// <param name="May">For what.</param>
/// <param name="Until">Until when; null: until it is withdrawn.</param>
public sealed record Gift(string Record, May May, Instant? Until);

/// <summary>The invitations of all organisations.</summary>
/// <param name="archive">Where they are kept.</param>
/// <param name="clock">Says when they expire.</param>
public sealed class Invitations(Archive archive, IClock clock)
{
    /// <summary>How long an invitation is good.</summary>
    public static readonly Duration Life = Duration.FromDays(7);
    /// <summary>How long a code to come back with is good.</summary>
    public static readonly Duration ReturnLife = Duration.FromHours(24);

    /// <summary>Invites somebody.</summary>
    /// <param name="by">Who invites; the invitation is to their organisation.</param>
    /// <param name="role">As what.</param>
    /// <param name="gift">What it opens besides; null: nothing.</param>
    /// <returns>The code, which is kept nowhere.</returns>
    public string Invite(Account by, Role role, Gift? gift = null)
    {
        var (code, now) = (PrintedCode.Strong(), clock.GetCurrentInstant());
        archive.Change(tables =>
        {
            tables.Add(new Invitation(Digest(code), by.Organisation, role, null, gift?.Record, gift?.May, gift?.Until, by.Id, now, now + Life, null, null));
            AuditTrail.Append(tables, now, new Deed(Act.InvitationMade, by.Id, by.Organisation, gift?.Record, gift is null ? Detail.Of(role) : Detail.Of(role).And(Detail.Of(gift.May))));
        });
        return code;
    }

    /// <summary>Lets another administrator in where none can come in any more. Only for whoever runs the server: nobody is asked who they are. The trail says that Lowdose itself did it.</summary>
    /// <param name="named">What the organisation is called; null: the only one there is.</param>
    /// <param name="code">The code, good once within <see cref="ReturnLife"/>; null where refused.</param>
    /// <param name="organisation">What the organisation is called.</param>
    /// <returns>Null, or why not.</returns>
    public Refused? InviteAdministrator(string? named, out string? code, out string organisation)
    {
        var now = clock.GetCurrentInstant();
        var all = archive.Query(tables => tables.Set<OrganisationRow>().AsNoTracking().ToArray());
        OrganisationRow[] meant = [.. all.Where(row => named is null || row.Name.Equals(named.Trim(), StringComparison.CurrentCultureIgnoreCase))];
        (code, organisation) = (null, "");
        if (all.Length == 0) return new("no clinic has begun in these records", "run lowdose serve --mode clinic: it prints the code of the first administrator");
        if (meant is not [var one]) return new(named is null ? "there are several organisations in these records" : $"not exactly one organisation is called “{named}”", $"name one with --organisation: {string.Join(", ", all.Select(row => row.Name))}");
        var made = PrintedCode.Strong();
        archive.Change(tables =>
        {
            tables.Add(new Invitation(Digest(made), one.Id, Role.Admin, null, null, null, null, null, now, now + ReturnLife, null, null));
            AuditTrail.Append(tables, now, new Deed(Act.InvitationMade, Deed.Lowdose, one.Id, null, Detail.Of(Role.Admin)));
        });
        (code, organisation) = (made, one.Name);
        return null;
    }

    /// <summary>The invitation of a code, while it is good; null where there is none.</summary>
    /// <param name="typed">The code as typed.</param>
    public Invitation? Find(string typed)
    {
        var (key, now) = (Digest(typed), clock.GetCurrentInstant());
        return archive.Query(tables => tables.Set<Invitation>().AsNoTracking().FirstOrDefault(invitation => invitation.Key == key)) is { RedeemedAt: null } found && now < found.ExpiresAt ? found : null;
    }

    /// <summary>Those of an organisation that nobody has used yet, the newest first.</summary>
    /// <param name="organisation">The organisation.</param>
    public IReadOnlyList<Invitation> Open(string organisation)
    {
        var now = clock.GetCurrentInstant();
        return [.. archive.Query(tables => tables.Set<Invitation>().AsNoTracking().Where(i => i.Organisation == organisation && i.Account == null && i.RedeemedAt == null).ToArray())
            .Where(invitation => now < invitation.ExpiresAt).OrderByDescending(invitation => invitation.MadeAt)];
    }

    /// <summary>Takes an invitation back.</summary>
    /// <param name="organisation">Whose.</param>
    /// <param name="key">Which.</param>
    public void TakeBack(string organisation, string key)
    {
        var now = clock.GetCurrentInstant();
        archive.Change(tables => tables.Set<Invitation>().Where(i => i.Organisation == organisation && i.Key == key && i.RedeemedAt == null)
            .ExecuteUpdate(set => set.SetProperty(i => i.RedeemedAt, (Instant?)now)));
    }

    internal static string Digest(string code) => PrintedCode.Digest(PrintedCode.Plain(code));

    /// <summary>Uses an invitation up; of two at once, one is false.</summary>
    internal static bool Use(RecordsContext tables, Invitation invitation, Instant now) =>
        tables.Set<Invitation>().Where(i => i.Key == invitation.Key && i.RedeemedAt == null).ExecuteUpdate(set => set.SetProperty(i => i.RedeemedAt, (Instant?)now)) == 1;

    /// <summary>Notes who came.</summary>
    internal static void NoteWho(RecordsContext tables, Invitation invitation, string by) =>
        tables.Set<Invitation>().Where(i => i.Key == invitation.Key).ExecuteUpdate(set => set.SetProperty(i => i.RedeemedBy, by));
}

internal sealed class InvitationTable : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.InTable("invitations");
        builder.HasKey(invitation => invitation.Key);
    }
}
