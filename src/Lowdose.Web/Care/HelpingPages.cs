using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Lowdose.Web.Care;

/// <summary>The address of those who help somebody; on a person's own computer there is none.</summary>
internal static class HelpingPages
{
    public static void Map(IEndpointRouteBuilder site, Archive archive, IClock clock)
    {
        var (accounts, grants) = (new Accounts(archive, clock), new Grants(archive));
        site.MapGet("/helping", (HttpContext context) => Reply.Page<HelpingPage>(new()
        {
            [nameof(HelpingPage.People)] = LetIn.Of(context.Features.Get<Who>()!, accounts, grants, clock.GetCurrentInstant(), May.See, May.Write),
        })).ForRole(Role.Carer);
    }
}
