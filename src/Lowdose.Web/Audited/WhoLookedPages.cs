using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.Audited;

/// <summary>The address where a person sees who looked at their diary.</summary>
internal static class WhoLookedPages
{
    private const int Shown = 50;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/settings/who-looked", (HttpRequest request, RecordInHand record, AuditTrail trail) =>
        {
            long? before = long.TryParse(request.Query["before"], out var number) ? number : null;
            var own = request.Query["by"] == "me";
            // One more than is shown says whether there is an older page.
            var entries = trail.Of(record.Person, record.Actor, !own, before, Shown + 1);
            return Reply.Page<WhoLookedPage>(new()
            {
                [nameof(WhoLookedPage.Entries)] = entries.Take(Shown).ToArray(), [nameof(WhoLookedPage.Names)] = trail.Names(entries), [nameof(WhoLookedPage.HasOlder)] = entries.Count > Shown,
                [nameof(WhoLookedPage.IsOlder)] = before is not null, [nameof(WhoLookedPage.ByMe)] = own, [nameof(WhoLookedPage.Alone)] = record.Person == Archive.Me,
            });
        }).Needs(May.Own, RecordPart.WhoLooked);
    }
}
