using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Lowdose.Web.Cohorts;

/// <summary>The addresses of those who do research; on a person's own computer there are none. Source: docs/methods/cohort.md.</summary>
internal static class CohortPages
{
    public static void Map(IEndpointRouteBuilder site, Archive archive, IClock clock)
    {
        var (cohort, trail) = (new Cohort(archive), site.ServiceProvider.GetRequiredService<AuditTrail>());
        site.MapGet("/cohort", (HttpContext context, string? score) => Reply.Page<CohortPage>(new()
        {
            [nameof(CohortPage.Sheet)] = Sheet(context.Features.Get<Who>()!, score, Act.CohortSeen, _ => true),
        })).ForRole(Role.Researcher);
        Export("/cohort.csv", "text/csv; charset=utf-8", "lowdose-cohort.csv", CohortFiles.Csv);
        Export("/cohort.json", "application/json", "lowdose-cohort-tables.json", CohortFiles.Tables);

        void Export(string address, string type, string name, Func<CohortSheet, byte[]> write) => site.MapGet(address, (HttpContext context, string? score) =>
            Sheet(context.Features.Get<Who>()!, score, Act.CohortExported, sheet => sheet.Chosen is not null && (score is null || sheet.Chosen == score)) is { } sheet
                ? Results.File(write(sheet), type, name)
                : Reply.Message(StatusCodes.Status422UnprocessableEntity, "Too few people", $"A file holds at least {SmallCells.Fewest} people, and leaves none or at least {SmallCells.Fewest} out.")).ForRole(Role.Researcher);

        // Noted before anything is shown, with how many; whether nothing is given out is looked at before that.
        CohortSheet? Sheet(Who who, string? score, Act act, Func<CohortSheet, bool> isGiven)
        {
            var people = cohort.Of(who.Organisation, Reply.Today(clock), clock.GetCurrentInstant());
            var sheet = CohortSheet.Of(people, score, pooled: act == Act.CohortSeen);
            if (!isGiven(sheet)) return null;
            trail.Note(new(act, who.Account, who.Organisation, null, Detail.Records(act == Act.CohortSeen ? people.Count : sheet.People.Count)));
            return sheet;
        }
    }
}
