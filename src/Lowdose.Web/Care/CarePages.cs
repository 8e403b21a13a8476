using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Courses;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Lowdose.Web.Care;

/// <summary>The addresses of those who prescribe; on a person's own computer there are none. Source: docs/methods/clinic-list.md.</summary>
internal static class CarePages
{
    /// <summary>People on one page of the list.</summary>
    public const int PerPage = 50;

    private const string Room = "/prescribe";

    public static void Map(IEndpointRouteBuilder site, IClock clock)
    {
        var (accounts, trail) = (site.ServiceProvider.GetRequiredService<Accounts>(), site.ServiceProvider.GetRequiredService<AuditTrail>());
        var (list, judged) = (site.ServiceProvider.GetRequiredService<ClinicList>(), site.ServiceProvider.GetRequiredService<Judged>());
        var decisions = new PostedDecisions(accounts, trail, clock);
        site.MapGet("/clinic", (HttpContext context, string? page, string? name) => Shown(list, trail, context.Features.Get<Who>()!, Reply.Today(clock), clock.GetCurrentInstant(), page, name)).ForRole(Role.Prescriber);
        site.MapGet(Room, (RecordInHand record) => Prescribe(PrescribeSheet.Of(record, clock, accounts, list.Needs, judged))).Needs(May.Prescribe, RecordPart.Plan);
        foreach (var act in (string[])["/approve", "/change"])
        {
            site.MapGet(Room + act, () => Results.Redirect("~" + Room)).Needs(May.Prescribe, RecordPart.Plan);
            site.MapPost(Room + act, async (HttpContext context, RecordInHand record) =>
            {
                var form = await Reply.Form(context.Request).ConfigureAwait(false);
                var who = context.Features.Get<Who>()!;
                return (act == "/approve" ? decisions.Approve(record, who, form) : decisions.Change(record, who, form)) is { } refused
                    ? Prescribe(PrescribeSheet.Of(record, clock, accounts, list.Needs, judged) with { Refused = refused, Typed = form }) : Results.Redirect("~" + Room);
            }).Needs(May.Prescribe, RecordPart.Plan);
        }
    }

    private static RazorComponentResult<ClinicPage> Shown(ClinicList list, AuditTrail trail, Who who, LocalDate today, Instant now, string? page, string? name)
    {
        var all = list.Of(who, today, now);
        var named = (name ?? "").Trim();
        ClinicRow[] found = [.. all.Where(r => r.Name.Contains(named, StringComparison.CurrentCultureIgnoreCase))];
        var pages = Math.Max(1, (found.Length + PerPage - 1) / PerPage);
        var at = int.TryParse(page, out var asked) ? Math.Clamp(asked, 1, pages) : 1;
        ClinicRow[] rows = [.. found.Skip((at - 1) * PerPage).Take(PerPage)];
        // Kept before anything is shown. A row that says nothing of a course is no look at one.
        trail.NoteTogether([.. rows.Where(r => r.Needs.Count > 0).Select(r => new Deed(Act.RecordSeen, who.Account, who.Organisation, r.Record, Detail.Of(RecordPart.ClinicList)))]);
        return Reply.Page<ClinicPage>(new()
        {
            [nameof(ClinicPage.Rows)] = rows, [nameof(ClinicPage.Today)] = today, [nameof(ClinicPage.All)] = all.Count, [nameof(ClinicPage.Needing)] = all.Count(r => r.Needs.Count > 0),
            [nameof(ClinicPage.Waiting)] = all.Count(r => !r.IsReady),
            [nameof(ClinicPage.At)] = at, [nameof(ClinicPage.Pages)] = pages, [nameof(ClinicPage.Named)] = named,
        });
    }

    private static RazorComponentResult<PrescribePage> Prescribe(PrescribeSheet sheet) =>
        Reply.Page<PrescribePage>(new() { [nameof(PrescribePage.Sheet)] = sheet }, sheet.Refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
