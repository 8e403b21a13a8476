using Lowdose.Dosing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Lowdose.Records.Clinic;

/// <summary>The accounts of all organisations. Source: docs/methods/clinic-access.md.</summary>
/// <param name="archive">Where they are kept.</param>
/// <param name="clock">Says when something was done.</param>
public sealed class Accounts(Archive archive, IClock clock)
{
    // Given once: of two nodes that begin at once, one is refused.
    private static readonly string First = new Guid(1, 0, 0, new byte[8]).ToString("N");

    /// <summary>The account of this id, closed or not; null where there is none.</summary>
    /// <param name="id">The id.</param>
    public Account? Find(string id) => archive.Query(tables => tables.Set<Account>().AsNoTracking().FirstOrDefault(account => account.Id == id));

    /// <summary>The account of the person whose record this is; null where there is none.</summary>
    /// <param name="record">The record.</param>
    public Account? OfRecord(string record) => archive.Query(tables => tables.Set<Account>().AsNoTracking().FirstOrDefault(account => account.Record == record));

    /// <summary>Whose a record is, as every page about it asks; null: nobody's who has an account.</summary>
    /// <param name="record">The record.</param>
    public RecordOwner? Whose(string record) => archive.Remembered("owner", record, tables =>
        tables.Set<Account>().Where(account => account.Record == record).Select(account => new RecordOwner(account.Id, account.ShownName)).FirstOrDefault());

    /// <summary>Who signs in with this name; null: nobody.</summary>
    /// <param name="name">The name, as <see cref="Account.Plain"/> makes it.</param>
    public Account? FindByName(string name) => archive.Query(tables => tables.Set<Account>().AsNoTracking().FirstOrDefault(account => account.SignInName == name));

    /// <summary>All of an organisation's, by name.</summary>
    /// <param name="organisation">The organisation.</param>
    public IReadOnlyList<Account> In(string organisation) =>
        [.. archive.Query(tables => tables.Set<Account>().AsNoTracking().Where(account => account.Organisation == organisation).ToArray()).OrderBy(account => account.ShownName, StringComparer.Ordinal)];

    /// <summary>Those of an organisation who prescribe, closed or not. Only to be read.</summary>
    /// <param name="organisation">The organisation.</param>
    public IReadOnlyList<Account> Prescribers(string organisation) => archive.Remembered("prescribers", organisation, tables =>
        tables.Set<Account>().AsNoTracking().Where(account => account.Organisation == organisation).ToArray().Where(account => account.Roles.Contains(Role.Prescriber)).ToArray())!;

    /// <summary>What an organisation is called.</summary>
    /// <param name="organisation">Its id.</param>
    public string NameOf(string organisation) => archive.Remembered("organisation", organisation, tables => tables.Set<OrganisationRow>().Single(row => row.Id == organisation).Name)!;

    /// <summary>The ids of all organisations.</summary>
    public IReadOnlyList<string> Organisations => archive.Query(tables => tables.Set<OrganisationRow>().Select(row => row.Id).ToArray());

    /// <summary>Whether there is, or ever was, an organisation with its administrator.</summary>
    public bool HasBegun => archive.Query(tables => tables.Set<OrganisationRow>().Any());

    /// <summary>Keeps what was set on an account.</summary>
    /// <returns>False where it was changed by somebody else meanwhile; nothing is kept then.</returns>
    /// <param name="account">The account, as it was read and then changed.</param>
    /// <param name="wayIn">Whether it changes how the person comes in.</param>
    public bool Keep(Account account, bool wayIn = false)
    {
        var (next, kept, now) = (Guid.NewGuid().ToString("N"), 0, clock.GetCurrentInstant());
        archive.Change(tables =>
        {
            kept = Set(tables, account, next);
            if (kept == 1 && wayIn) AuditTrail.Append(tables, now, account.WayInChanged);
        });
        if (kept == 1) account.Version = next;
        return kept == 1;
    }

    private static int Set(RecordsContext tables, Account account, string next) => tables.Set<Account>().Where(row => row.Id == account.Id && row.Version == account.Version).ExecuteUpdate(set => set
            .SetProperty(row => row.Version, next)
            .SetProperty(row => row.Roles, account.Roles)
            .SetProperty(row => row.SignInName, account.SignInName)
            .SetProperty(row => row.ShownName, account.ShownName)
            .SetProperty(row => row.PasswordHash, account.PasswordHash)
            .SetProperty(row => row.SecurityStamp, account.SecurityStamp)
            .SetProperty(row => row.TwoFactor, account.TwoFactor)
            .SetProperty(row => row.TotpKey, account.TotpKey)
            .SetProperty(row => row.ClosedAt, account.ClosedAt));

    /// <summary>Makes an organisation and its first administrator.</summary>
    /// <param name="organisation">What it is called.</param>
    /// <param name="newcomer">The administrator.</param>
    /// <param name="onlyFirst">Only where there is no organisation yet.</param>
    /// <returns>Null where there is one, and it should be the first.</returns>
    public Account? Begin(string organisation, Newcomer newcomer, bool onlyFirst = true)
    {
        var now = clock.GetCurrentInstant();
        Account? made = null;
        try
        {
            archive.Change(tables =>
            {
                var id = onlyFirst ? First : Guid.NewGuid().ToString("N");
                made = null;
                if (onlyFirst && tables.Set<OrganisationRow>().Any()) return;
                tables.Add(new OrganisationRow(id, organisation, now));
                tables.SaveChanges();
                made = Add(tables, id, Role.Admin, newcomer, now);
                AuditTrail.Append(tables, now, new Deed(Act.OrganisationMade, made.Id, id), new(Act.AccountMade, made.Id, id), new(Act.RoleGiven, made.Id, id, null, Detail.Of(Role.Admin)));
            });
            return made;
        }
        catch (DbUpdateException)
        {
            return null;
        }
    }

    /// <summary>Somebody joins, or comes back with new ways to come in. Of two at once with one invitation, one is refused.</summary>
    /// <param name="invitation">As it was found.</param>
    /// <param name="newcomer">Who.</param>
    /// <param name="account">Null where refused.</param>
    /// <returns>Null, or why not.</returns>
    public Refused? Redeem(Invitation invitation, Newcomer newcomer, out Account? account)
    {
        var now = clock.GetCurrentInstant();
        Account? made = null;
        Refused? refused = null;
        try
        {
            archive.Change(tables =>
            {
                (made, refused) = (null, null);
                if (newcomer.SignInName is { } name && tables.Set<Account>().Any(other => other.SignInName == name && other.Id != invitation.Account)) refused = NameTaken;
                else if (now >= invitation.ExpiresAt || !Invitations.Use(tables, invitation, now)) refused = Gone;
                else made = invitation.Account is null ? Join(tables, invitation, newcomer, now) : Return(tables, invitation.Account, newcomer);
                if (made is null) return;
                Invitations.NoteWho(tables, invitation, made.Id);
                AuditTrail.Append(tables, now, invitation.Account is null ? Joined(invitation, made) : [made.WayInChanged]);
            });
        }
        catch (DbUpdateException)
        {
            // Somebody took the name in the same moment; nothing was kept.
            (made, refused) = (null, NameTaken);
        }
        account = made;
        return refused;
    }

    /// <summary>Somebody who has an account takes up an invitation of their own organisation.</summary>
    /// <param name="invitation">As it was found.</param>
    /// <param name="account">Who.</param>
    /// <returns>Null, or why not.</returns>
    public Refused? TakeUp(Invitation invitation, Account account)
    {
        if (invitation.Account is not null || invitation.Organisation != account.Organisation) return Gone;
        var now = clock.GetCurrentInstant();
        Refused? refused = null;
        archive.Change(tables =>
        {
            refused = Invitations.Use(tables, invitation, now) ? null : Gone;
            if (refused is not null) return;
            Invitations.NoteWho(tables, invitation, account.Id);
            Give(tables, invitation, account.Id, now);
            AuditTrail.Append(tables, now, Joined(invitation, account).Where(deed => deed.Act != Act.AccountMade));
            if (account.Roles.Contains(invitation.Role!.Value)) return;
            IReadOnlyList<Role> roles = [.. account.Roles, invitation.Role.Value];
            tables.Set<Account>().Where(row => row.Id == account.Id).ExecuteUpdate(set => set.SetProperty(row => row.Roles, roles));
            OwnRecord(tables, account.Id, roles, now);
        });
        return refused;
    }

    /// <summary>Changes what somebody is, from the next request on.</summary>
    /// <param name="id">Who.</param>
    /// <param name="roles">What they are now.</param>
    /// <param name="by">Who says so.</param>
    public void SetRoles(string id, IReadOnlyList<Role> roles, Account by)
    {
        var now = clock.GetCurrentInstant();
        archive.Change(tables =>
        {
            var account = tables.Set<Account>().AsNoTracking().Single(row => row.Id == id);
            tables.Set<Account>().Where(row => row.Id == id).ExecuteUpdate(set => set.SetProperty(row => row.Roles, roles));
            OwnRecord(tables, id, roles, now);
            var deeds = roles.Except(account.Roles).Select(role => (Act.RoleGiven, role)).Concat(account.Roles.Except(roles).Select(role => (Act.RoleTaken, role)));
            AuditTrail.Append(tables, now, deeds.Select(deed => new Deed(deed.Item1, by.Id, by.Organisation, null, Detail.Of(deed.role).And(account.InTrail))));
        });
    }

    /// <summary>Closes an account: from the next request on, nobody is in with it.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="by">Who says so.</param>
    public void Close(Account account, Account by)
    {
        var now = clock.GetCurrentInstant();
        archive.Change(tables =>
        {
            tables.Set<Account>().Where(row => row.Id == account.Id && row.ClosedAt == null).ExecuteUpdate(set => set.SetProperty(row => row.ClosedAt, (Instant?)now));
            End(tables, account.Id, now);
            AuditTrail.Append(tables, now, new Deed(Act.AccountClosed, by.Id, by.Organisation, null, account.InTrail));
        });
    }

    /// <summary>Somebody deleted their own record: the account is closed with it.</summary>
    /// <param name="account">Whose.</param>
    public void CloseWithRecord(Account account)
    {
        Close(account, account);
        var now = clock.GetCurrentInstant();
        archive.Change(tables => AuditTrail.Append(tables, now, new Deed(Act.RecordDeleted, account.Id, account.Organisation, account.Record)));
    }

    /// <summary>A device is lost: whoever has it is out, every way in is taken away, and the person comes back with a code.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="by">Who says so.</param>
    /// <returns>The code, good once within <see cref="Invitations.ReturnLife"/>; null where the account is not one of theirs, or is closed.</returns>
    public string? LoseDevice(Account account, Account by)
    {
        var (id, code, now, done) = (account.Id, PrintedCode.Strong(), clock.GetCurrentInstant(), false);
        archive.Change(tables =>
        {
            done = tables.Set<Account>().Any(row => row.Id == id && row.Organisation == by.Organisation && row.ClosedAt == null);
            if (!done) return;
            AuditTrail.Append(tables, now, new(Act.WayInChanged, by.Id, by.Organisation, null, account.InTrail), new Deed(Act.InvitationMade, by.Id, by.Organisation, null, account.InTrail));
            TakeWaysIn(tables, id);
            End(tables, id, now);
            // The device that is lost need not go on to remind whoever has it.
            if (account.Record is { } record) KeptReminders.Delete(tables, record);
            tables.Set<Invitation>().Where(i => i.Account == id && i.RedeemedAt == null).ExecuteUpdate(set => set.SetProperty(i => i.RedeemedAt, (Instant?)now));
            tables.Add(new Invitation(Invitations.Digest(code), by.Organisation, null, id, null, null, null, by.Id, now, now + Invitations.ReturnLife, null, null));
        });
        return done ? code : null;
    }

    private static readonly Refused NameTaken = new("somebody signs in with this name already", "take another one, such as your name and your town");
    private static readonly Refused Gone = new("this code is good no more", "ask whoever gave it to you for a new one");

    private static void TakeWaysIn(RecordsContext tables, string id)
    {
        tables.Set<Passkey>().Where(passkey => passkey.Account == id).ExecuteDelete();
        tables.Set<RecoveryCodeRow>().Where(row => row.Account == id).ExecuteDelete();
        var (stamp, version) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
        tables.Set<Account>().Where(row => row.Id == id).ExecuteUpdate(set => set.SetProperty(row => row.PasswordHash, (string?)null).SetProperty(row => row.TwoFactor, false)
            .SetProperty(row => row.TotpKey, (byte[]?)null).SetProperty(row => row.SecurityStamp, stamp).SetProperty(row => row.Version, version));
    }

    private static void End(RecordsContext tables, string id, Instant now) =>
        tables.Set<Session>().Where(session => session.Account == id && session.EndedAt == null).ExecuteUpdate(set => set.SetProperty(session => session.EndedAt, (Instant?)now));

    private static Account Join(RecordsContext tables, Invitation invitation, Newcomer newcomer, Instant now)
    {
        var account = Add(tables, invitation.Organisation, invitation.Role!.Value, newcomer, now);
        tables.SaveChanges();
        Give(tables, invitation, account.Id, now);
        return account;
    }

    private static Account Return(RecordsContext tables, string id, Newcomer newcomer)
    {
        TakeWaysIn(tables, id);
        var account = tables.Set<Account>().Single(row => row.Id == id);
        account.PasswordHash = newcomer.PasswordHash;
        if (newcomer.SignInName is { } name) account.SignInName = name;
        if (newcomer.Passkey is { } passkey) tables.Add(passkey);
        tables.SaveChanges();
        return account;
    }

    private static Account Add(RecordsContext tables, string organisation, Role role, Newcomer newcomer, Instant now)
    {
        var record = role == Role.Person ? new PersonRow { Id = Guid.NewGuid().ToString(), CreatedAt = NodaTime.Text.InstantPattern.ExtendedIso.Format(now), Organisation = organisation } : null;
        if (record is not null)
        {
            tables.Add(record);
            tables.SaveChanges();
        }
        var account = new Account
        {
            Id = newcomer.Id, Organisation = organisation, Roles = [role], Record = record?.Id, SignInName = newcomer.SignInName ?? newcomer.Id, ShownName = newcomer.ShownName,
            PasswordHash = newcomer.PasswordHash, SecurityStamp = Guid.NewGuid().ToString("N"), Version = Guid.NewGuid().ToString("N"), CreatedAt = now,
        };
        tables.Add(account);
        if (newcomer.Passkey is { } passkey) tables.Add(passkey);
        return account;
    }

    private static IEnumerable<Deed> Joined(Invitation invitation, Account account)
    {
        yield return new(Act.AccountMade, account.Id, account.Organisation);
        yield return new(Act.InvitationRedeemed, account.Id, account.Organisation, invitation.Record);
        yield return new(Act.RoleGiven, account.Id, account.Organisation, null, Detail.Of(invitation.Role!.Value));
        if (invitation is { Record: { } record, May: { } may, MadeBy: { } by }) yield return new(Act.ConsentGiven, by, account.Organisation, record, Detail.Of(may).And(account.InTrail));
    }

    private static void OwnRecord(RecordsContext tables, string id, IReadOnlyList<Role> roles, Instant now)
    {
        if (!roles.Contains(Role.Person) || tables.Set<Account>().AsNoTracking().Single(row => row.Id == id) is not { Record: null } account) return;
        var record = new PersonRow { Id = Guid.NewGuid().ToString(), CreatedAt = NodaTime.Text.InstantPattern.ExtendedIso.Format(now), Organisation = account.Organisation };
        tables.Add(record);
        tables.SaveChanges();
        tables.Set<Account>().Where(row => row.Id == id).ExecuteUpdate(set => set.SetProperty(row => row.Record, record.Id));
    }

    private static void Give(RecordsContext tables, Invitation invitation, string account, Instant now)
    {
        if (invitation is not { Record: { } record, May: { } may }) return;
        Grants.Give(tables, new(Guid.NewGuid().ToString("N"), record, account, may, invitation.MadeBy ?? Deed.Lowdose, now, invitation.MayUntil));
    }
}

/// <summary>Somebody at the door, with one way to come in again: a passkey or a password.</summary>
/// <param name="Id">Which id the account is to have.</param>
/// <param name="ShownName">How others see them.</param>
/// <param name="SignInName">What they type to sign in with the password; null without one.</param>
/// <param name="PasswordHash">The password's hash.</param>
/// <param name="Passkey">The passkey.</param>
public sealed record Newcomer(string Id, string ShownName, string? SignInName = null, string? PasswordHash = null, Passkey? Passkey = null);
