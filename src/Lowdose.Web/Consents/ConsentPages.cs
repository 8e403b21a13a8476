using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Lowdose.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Lowdose.Web.Consents;

/// <summary>The addresses where a person says who may see the diary. There are none on one's own computer.</summary>
internal static class ConsentPages
{
    private const string Room = "/rights";
    // A helper comes for a time; the person can let them in again.
    private static readonly Period HelperFor = Period.FromMonths(6);

    public static void Map(IEndpointRouteBuilder site, IClock clock)
    {
        var (consent, accounts, grants, invitations) = (site.ServiceProvider.GetRequiredService<Consent>(), site.ServiceProvider.GetRequiredService<Accounts>(),
            site.ServiceProvider.GetRequiredService<Grants>(), site.ServiceProvider.GetRequiredService<Invitations>());
        site.MapGet(Room, (SignedIn me) => Reply.Page<ConsentPage>(new() { [nameof(ConsentPage.Sheet)] = ConsentSheet.Of(me.Account, accounts, grants, clock) })).Needs(May.Own, RecordPart.Settings);
        site.MapPost(Room + "/give", async (HttpRequest request, SignedIn me) =>
        {
            var form = await Reply.Form(request).ConfigureAwait(false);
            return Enum.TryParse<May>(form["may"], out var may) && consent.Give(me.Account, form["account"].ToString(), may) is not { } refused
                ? Results.Redirect(Room) : Reply.Message(StatusCodes.Status422UnprocessableEntity, "Nobody was let in", "Go back and choose somebody from the list.");
        }).Needs(May.Own, RecordPart.Settings);
        site.MapPost(Room + "/withdraw", async (HttpRequest request, SignedIn me) =>
        {
            var account = (await Reply.Form(request).ConfigureAwait(false))["account"].ToString();
            if (Guid.TryParse(account, out _)) consent.Withdraw(me.Account, account);
            return Results.Redirect(Room);
        }).Needs(May.Own, RecordPart.Settings);
        site.MapPost(Room + "/research", async (HttpRequest request, SignedIn me) =>
        {
            if ((await Reply.Form(request).ConfigureAwait(false))["research"] == "yes") consent.GiveResearch(me.Account);
            else consent.Withdraw(me.Account, null);
            return Results.Redirect(Room);
        }).Needs(May.Own, RecordPart.Settings);
        site.MapPost(Room + "/helper", async (HttpRequest request, SignedIn me) =>
        {
            var form = await Reply.Form(request).ConfigureAwait(false);
            var until = Reply.Today(clock).Plus(HelperFor).AtStartOfDayInZone(DateTimeZoneProviders.Tzdb.GetSystemDefault()).ToInstant();
            var code = invitations.Invite(me.Account, Role.Carer, new(me.Account.Record!, form["may"] == "write" ? May.Write : May.See, until));
            return Reply.Page<HelperCodePage>(new() { [nameof(HelperCodePage.Code)] = code, [nameof(HelperCodePage.Writes)] = form["may"] == "write", [nameof(HelperCodePage.Address)] = $"{request.Scheme}://{request.Host}/invitation" });
        }).Needs(May.Own, RecordPart.Settings);
    }
}

/// <summary>Who may do what with a record now, and who could be let in.</summary>
/// <param name="Organisation">What the organisation is called.</param>
/// <param name="In">Those who are in: who, for what, since when, until when.</param>
/// <param name="Out">Those who could be let in, and for what.</param>
/// <param name="Research">Whether the record counts in research.</param>
public sealed record ConsentSheet(string Organisation, IReadOnlyList<(Account Who, IReadOnlyList<May> May, Instant Since, Instant? Until)> In, IReadOnlyList<(Account Who, May May)> Out, bool Research)
{
    /// <summary>The sheet of a person's own record.</summary>
    public static ConsentSheet Of(Account me, Accounts accounts, Grants grants, IClock clock)
    {
        var (now, all) = (clock.GetCurrentInstant(), accounts.In(me.Organisation));
        var holding = grants.On(me.Record!).Where(g => g.Holds(now)).ToArray();
        var byAccount = holding.Where(g => g.Account is not null).ToLookup(g => g.Account!);
        return new(accounts.NameOf(me.Organisation),
            [.. all.Where(a => byAccount.Contains(a.Id)).Select(a => (a, (IReadOnlyList<May>)[.. byAccount[a.Id].Select(g => g.May).Distinct()], byAccount[a.Id].Min(g => g.GivenAt),
                byAccount[a.Id].All(g => g.EndsAt is not null) ? byAccount[a.Id].Max(g => g.EndsAt) : null))],
            [.. from a in all where a.ClosedAt is null && a.Id != me.Id from role in a.Roles let may = Consent.For(role) where may is { } m && byAccount[a.Id].All(g => g.May != m) select (a, may!.Value)],
            holding.Any(g => g is { Account: null, May: May.Research }));
    }
}
