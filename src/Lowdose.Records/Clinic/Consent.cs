using Lowdose.Dosing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Lowdose.Records.Clinic;

/// <summary>What a person decides about their own record: who is let in, who no longer, and whether it counts in research. Each is noted in the trail with it.</summary>
/// <param name="archive">The records.</param>
/// <param name="clock">Says when.</param>
public sealed class Consent(Archive archive, IClock clock)
{
    /// <summary>What each role is let in for. A carer is chosen by a code, so what a carer may do is said there.</summary>
    public static May? For(Role role) => role switch { Role.Prescriber => May.Prescribe, Role.Pharmacist => May.Prepare, _ => null };

    /// <summary>Lets an account of the same organisation in.</summary>
    /// <param name="person">Who decides; about the record that is theirs.</param>
    /// <param name="account">Who is let in.</param>
    /// <param name="may">To do what.</param>
    /// <returns>Null, or why not.</returns>
    public Refused? Give(Account person, string account, May may)
    {
        var now = clock.GetCurrentInstant();
        Refused? refused = null;
        archive.Change(tables =>
        {
            refused = null;
            if (tables.Set<Account>().AsNoTracking().FirstOrDefault(a => a.Id == account && a.Organisation == person.Organisation && a.ClosedAt == null) is not { } other || other.Roles.All(role => For(role) != may))
            {
                refused = new("nobody here can be let in for that", "choose somebody from the list");
                return;
            }
            if (Grants.Give(tables, new(Guid.NewGuid().ToString(), person.Record!, account, may, person.Id, now)))
                AuditTrail.Append(tables, now, new Deed(Act.ConsentGiven, person.Id, person.Organisation, person.Record, Detail.Of(may).And(Detail.Account(Guid.Parse(account)))));
        }, person.Record);
        return refused;
    }

    /// <summary>Lets the record count in the organisation's research, without a name.</summary>
    /// <param name="person">Who decides.</param>
    public void GiveResearch(Account person)
    {
        var now = clock.GetCurrentInstant();
        archive.Change(tables =>
        {
            if (Grants.Give(tables, new(Guid.NewGuid().ToString(), person.Record!, null, May.Research, person.Id, now)))
                AuditTrail.Append(tables, now, new Deed(Act.ConsentGiven, person.Id, person.Organisation, person.Record, Detail.Of(May.Research)));
        }, person.Record);
    }

    /// <summary>Takes back all that an account (null: research) was let in for; it holds from the next request on.</summary>
    /// <param name="person">Who decides.</param>
    /// <param name="account">From whom.</param>
    public void Withdraw(Account person, string? account)
    {
        var now = clock.GetCurrentInstant();
        archive.Change(tables =>
        {
            if (Grants.Withdraw(tables, person.Record!, account, person.Id, now) == 0) return;
            var from = account is null ? Detail.Of(May.Research) : Detail.Account(Guid.Parse(account));
            AuditTrail.Append(tables, now, new Deed(Act.ConsentWithdrawn, person.Id, person.Organisation, person.Record, from));
        }, person.Record);
    }
}
