using Lowdose.Exchange;
using Lowdose.Safety;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Lowdose.Web.Plans;

/// <summary>The addresses of the plan.</summary>
internal static class PlanPages
{
    public static void Map(IEndpointRouteBuilder site, IClock clock)
    {
        site.MapGet("/plan", () => Ask(clock, new(CarriedPlan.None, null, null, [], null)));
        site.MapPost("/plan", async (HttpRequest request) => Planned(clock, await Reply.Form(request).ConfigureAwait(false), plan => Reply.Page<SchedulePage>(new() { [nameof(SchedulePage.Posted)] = plan })));
        site.MapPost("/plan/month", async (HttpRequest request) => Planned(clock, await Reply.Form(request).ConfigureAwait(false), plan => Reply.Page<MonthPage>(new() { [nameof(MonthPage.Posted)] = plan })));
        site.MapPost("/plan/calendar", async (HttpRequest request) => Planned(clock, await Reply.Form(request).ConfigureAwait(false), plan =>
            Results.File(CalendarFile.Of(plan.Schedule!, plan.Plan!.Reviews, clock.GetCurrentInstant()), "text/calendar; charset=utf-8", "reminders.ics")));
        site.MapPost("/plan/protocols", async (HttpRequest request) => Others(PostedPlan.From(await Reply.Form(request).ConfigureAwait(false), Reply.Today(clock))));
        site.MapGet("/plan/protocols", () => Others(new(CarriedPlan.None, null, null, [], null)));
        foreach (var deeper in (string[])["/plan/month", "/plan/calendar"]) site.MapGet(deeper, () => Results.Redirect("/plan"));
    }

    /// <summary>The plan as a page or a file; the form where something is still to be asked, or why there is none.</summary>
    private static IResult Planned(IClock clock, IFormCollection form, Func<PostedPlan, IResult> shown)
    {
        var posted = PostedPlan.From(form, Reply.Today(clock));
        if (posted.Screening is { } screening && (posted.Plan?.Refused is not null || Never(screening)) && !(form.ContainsKey("change") && !Never(screening)))
            return Reply.Page<NoPlanPage>(new() { [nameof(NoPlanPage.Posted)] = posted });
        // Who wants to change something is not yet told what is missing.
        if (form.ContainsKey("change")) return Ask(clock, posted with { Wrong = [.. posted.Wrong.Where(w => w.Field == "profile")] });
        return posted.Schedule is null ? Ask(clock, posted) : shown(posted);
    }

    private static bool Never(Screening screening) => screening.Status == ScreenStatus.Blocked || (screening.Status == ScreenStatus.Held && screening.FirstSafeDate is null);

    private static RazorComponentResult<PlanPage> Ask(IClock clock, PostedPlan posted) => Reply.Page<PlanPage>(new() { [nameof(PlanPage.Posted)] = posted, [nameof(PlanPage.Today)] = Reply.Today(clock) },
        posted.Wrong.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    private static RazorComponentResult<ProtocolsPage> Others(PostedPlan posted) => Reply.Page<ProtocolsPage>(new() { [nameof(ProtocolsPage.Posted)] = posted });
}
