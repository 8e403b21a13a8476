using System.Text;
using Lowdose.Web.Layout;
using Lowdose.Web.Plans;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Lowdose.Web.Screens;

/// <summary>The addresses of the safety screen.</summary>
internal static class ScreenPages
{
    public static void Map(IEndpointRouteBuilder site, IClock clock)
    {
        site.MapGet("/screen", () => Reply.Page<ScreenPage>(new() { [nameof(ScreenPage.Answers)] = Answers.None, [nameof(ScreenPage.Carried)] = CarriedPlan.None }));
        site.MapGet("/screen/profile", () => Results.Redirect("/screen"));
        site.MapPost("/screen", async (HttpRequest request) => await Screened(await Reply.Form(request).ConfigureAwait(false), clock).ConfigureAwait(false));
        site.MapPost("/screen/profile", async (HttpRequest request) =>
            (await Answers.From(await Reply.Form(request).ConfigureAwait(false), Reply.Today(clock)).ConfigureAwait(false)) is { Profile: { } profile }
                ? Results.File(Encoding.UTF8.GetBytes(ProfileText.Of(profile)), "application/json", "PROFILE.json")
                : Results.Redirect("/screen"));
    }

    private static async Task<IResult> Screened(IFormCollection form, IClock clock)
    {
        var (answers, carried) = (await Answers.From(form, Reply.Today(clock)).ConfigureAwait(false), CarriedPlan.From(form));
        // A form that cannot show an answer would lose it, and with it what was found.
        if (answers.Profile is not { } told || (form.ContainsKey("change") && Fields.Hold(told)))
            return Reply.Page<ScreenPage>(new() { [nameof(ScreenPage.Answers)] = answers, [nameof(ScreenPage.Carried)] = carried },
                answers.Profile is null && answers.Wrong.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
        return Reply.Page<FindingsPage>(new() { [nameof(FindingsPage.Profile)] = answers.Profile, [nameof(FindingsPage.Screening)] = Loaded.Screen.Of(answers.Profile), [nameof(FindingsPage.Carried)] = carried });
    }
}
