using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Safety;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Lowdose.Web.Papers;
using Lowdose.Web.Screens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Lowdose.Web.Care;

/// <summary>The addresses of those who prepare what is prescribed: what to make, and nothing else. On a person's own computer there are none.</summary>
internal static class PreparingPages
{
    public static void Map(IEndpointRouteBuilder site, Archive archive, IClock clock)
    {
        var (accounts, grants) = (new Accounts(archive, clock), new Grants(archive));
        site.MapGet("/preparing", (HttpContext context) => Reply.Page<PreparingPage>(new()
        {
            [nameof(PreparingPage.People)] = LetIn.Of(context.Features.Get<Who>()!, accounts, grants, clock.GetCurrentInstant(), May.Prepare),
        })).ForRole(Role.Pharmacist);
        site.MapGet("/preparation", (RecordInHand record) => Preparation(record, accounts, Reply.Today(clock))).Needs(May.Prepare, RecordPart.Preparation);
    }

    private static RazorComponentResult<PreparationPage> Preparation(RecordInHand record, Accounts accounts, LocalDate today)
    {
        var names = new ShownNames(accounts, record);
        var course = record.Read(log => CourseToday.Of(Loaded.Knowledge, Loaded.Screen, log, today, names.Prescribes));
        return Reply.Page<PreparationPage>(new()
        {
            [nameof(PreparationPage.Today)] = today, [nameof(PreparationPage.Names)] = names, [nameof(PreparationPage.Standing)] = course.Standing, [nameof(PreparationPage.Made)] = ToPrepare.Of(course),
        });
    }
}
