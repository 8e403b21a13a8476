using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;

namespace Lowdose.Web.Care;

/// <summary>Whose hand a write of one record is: how the one who looks calls them, and whether they prescribe.</summary>
/// <param name="accounts">All accounts.</param>
/// <param name="record">The record.</param>
public sealed class ShownNames(Accounts accounts, RecordInHand record)
{
    private readonly Dictionary<string, Account?> _known = new(StringComparer.Ordinal);

    /// <summary>How the person of the record is shown.</summary>
    public string Person => accounts.Whose(record.Person)?.ShownName ?? "somebody";

    /// <summary>What somebody is called in a sentence: "you", "the patient", a name.</summary>
    public string Of(string actor) => actor == record.Actor ? "you" : Find(actor) is not { } account ? "somebody" : account.Record == record.Person ? "the patient" : account.ShownName;

    /// <summary>The same for whoever knows the person by name, as a carer does. What was written on the person's own computer is theirs.</summary>
    public string Called(string actor)
    {
        var hand = actor == Archive.Me ? accounts.Whose(record.Person)?.Account ?? actor : actor;
        return hand == record.Actor ? "you" : Find(hand)?.ShownName ?? "somebody";
    }

    /// <summary>Whether they prescribe to this person. Nobody prescribes to themselves.</summary>
    public bool Prescribes(string actor) => Find(actor) is { } account && Prescribes(account, record.Person);

    /// <summary>Whether an account prescribes to the person of a record.</summary>
    public static bool Prescribes(Account account, string record) => account.Roles.Contains(Role.Prescriber) && account.Record != record;

    private Account? Find(string actor)
    {
        if (!_known.TryGetValue(actor, out var account)) _known[actor] = account = accounts.Find(actor);
        return account;
    }
}
