using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using NodaTime;

namespace Lowdose.Web.Care;

/// <summary>Somebody who let the one who looks into their record.</summary>
/// <param name="Record">Whose record.</param>
/// <param name="Name">How the person is shown.</param>
/// <param name="Writes">Whether the diary may be written, or only seen.</param>
/// <param name="Until">The instant it ends; null: when it is taken back.</param>
public sealed record LetIn(string Record, string Name, bool Writes, Instant? Until)
{
    /// <summary>Everybody who let an account in for one of these and has not taken it back, by name; only of its own organisation.</summary>
    /// <param name="who">Who looks.</param>
    /// <param name="accounts">All accounts.</param>
    /// <param name="grants">Who let whom in.</param>
    /// <param name="now">The instant it is.</param>
    /// <param name="may">For what.</param>
    public static IReadOnlyList<LetIn> Of(Who who, Accounts accounts, Grants grants, Instant now, params IReadOnlyList<May> may)
    {
        var holding = grants.To(who.Account).Where(g => may.Contains(g.May) && g.Holds(now)).ToLookup(g => g.Record);
        return [.. accounts.In(who.Organisation).Where(a => a.Record is not null && a.Id != who.Account && holding.Contains(a.Record)).Select(a => Of(a, [.. holding[a.Record!]]))
            .OrderBy(l => l.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    private static LetIn Of(Account person, Grant[] grants) => new(person.Record!, person.ShownName, grants.Any(g => g.May == May.Write),
        grants.All(g => g.EndsAt is not null) ? grants.Max(g => g.EndsAt) : null);
}
