using Lowdose.Records.Clinic;
using Lowdose.Safety;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Lowdose.Web.Papers;
using Lowdose.Web.Screens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Lowdose.Web.Care;

/// <summary>The addresses of those who were let in to help or to prepare: their people, and what to make, which is all a pharmacist sees. On a person's own computer there are none.</summary>
internal static class LetInPages
{
    public static void Map(IEndpointRouteBuilder site, IClock clock)
    {
        var (accounts, grants) = (site.ServiceProvider.GetRequiredService<Accounts>(), site.ServiceProvider.GetRequiredService<Grants>());
        List<HelpingPage>("/helping", Role.Carer, nameof(HelpingPage.People), May.See, May.Write);
        List<PreparingPage>("/preparing", Role.Pharmacist, nameof(PreparingPage.People), May.Prepare);
        site.MapGet("/preparation", (RecordInHand record) => Preparation(record, accounts, Reply.Today(clock))).Needs(May.Prepare, RecordPart.Preparation);

        void List<TPage>(string address, Role role, string people, params IReadOnlyList<May> may)
            where TPage : IComponent =>
            site.MapGet(address, (HttpContext context) => Reply.Page<TPage>(new() { [people] = LetIn.Of(context.Features.Get<Who>()!, accounts, grants, clock.GetCurrentInstant(), may) })).ForRole(role);
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
