using System.Globalization;
using System.Text;
using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Web.Layout;
using Lowdose.Web.Plots;
using Lowdose.Web.Screens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.Powers;

/// <summary>The addresses of a study that is planned: a form, what it can show, and everything to take along.</summary>
internal static class PowerPages
{
    private const string FirstDesign = "ldn-n-of-1";

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/power", () => Asked(FirstDesign));
        site.MapGet("/power/{id}", (string id) => Loaded.Knowledge.Designs.TryGetValue(id, out var design) && design is { Blocks: not null, Vary: not null } ? Asked(id) : Results.Redirect("/power"));
        site.MapPost("/power", (HttpRequest request) => Answer(request, (form, study, answer) => Page(form, study, answer, null)));
        site.MapPost("/power/json", (HttpRequest request) => Answer(request, (_, _, answer) => Results.File(PageStudy.Json(answer), "application/json", "lowdose-power.json")));
        site.MapPost("/power/plot", (HttpRequest request) => Answer(request, (_, _, answer) => Results.File(Encoding.UTF8.GetBytes(PowerCurve.WriteSvg(answer)), "image/svg+xml", "lowdose-power.svg")));
        site.MapPost("/power/design", async (HttpRequest request) => Read(await Reply.Form(request).ConfigureAwait(false), out _, out var study, out _, out var refused)
            ? Results.File(study!.File(), "application/yaml", "lowdose-design.yaml") : refused!);
        site.MapPost("/power/point", Point);
    }

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<PowerPage> Asked(string id) => Page(PowerForm.Of(Loaded.Knowledge.Designs[id]), null, null, null);

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<PowerPage> Page(PowerForm form, PageStudy? study, PowerAnswer? answer, IReadOnlyList<string>? wrong) => Reply.Page<PowerPage>(new()
    {
        [nameof(PowerPage.Form)] = form, [nameof(PowerPage.Study)] = study, [nameof(PowerPage.Answer)] = answer, [nameof(PowerPage.Wrong)] = wrong,
    }, wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Answer(HttpRequest request, Func<PowerForm, PageStudy, PowerAnswer, IResult> answer) =>
        Read(await Reply.Form(request).ConfigureAwait(false), out var form, out var study, out _, out var refused)
            ? answer(form, study!, await study!.Answer(request.HttpContext.RequestAborted).ConfigureAwait(false)) : refused!;

    /// <summary>One point of the curve, for a page that shows each as it comes: a line of words, or nothing where there is no such point.</summary>
    private static async Task<IResult> Point(HttpRequest request)
    {
        var posted = await Reply.Form(request).ConfigureAwait(false);
        if (!Read(posted, out _, out var study, out _, out var refused)) return refused!;
        var studies = study!.Studies();
        if (!int.TryParse(posted["point"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n >= studies.Count) return Results.NoContent();
        var point = await study.Point(n, request.HttpContext.RequestAborted).ConfigureAwait(false);
        return Results.Text(PowerSheet.Line(study.Design, studies[n].Value, point));
    }

    private static bool Read(IFormCollection posted, out PowerForm form, out PageStudy? study, out DesignReading reading, out IResult? refused)
    {
        form = PowerForm.Of(posted);
        var yaml = form.Yaml();
        reading = Design.Read("the form", new MemoryStream(Encoding.UTF8.GetBytes(yaml)));
        study = reading.Design is { } design ? PageStudy.Of(design, yaml) : null;
        refused = study is null ? Page(form, null, null, [.. reading.Defects.Select(d => d.What)]) : study.TooMuch ? Page(form, study, null, []) : null;
        return refused is null;
    }
}
