using System.Text;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;
using Lowdose.Web.Layout;
using Lowdose.Web.Plots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.Synthesis;

/// <summary>The addresses of a table of studies that is dropped in, pooled and given back.</summary>
internal static class SynthesisPages
{
    private const string ExampleFile = "bcg-trials.csv";

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/synthesis", () => Reply.Page<SynthesisPage>(new()));
        site.MapGet("/synthesis/example", () => Pooled(PostedStudies.Of(ExampleFile, Encoding.UTF8.GetString(Resource.Bytes($"examples/{ExampleFile}")!), new SaidStudies())));
        // A page that was posted to is often opened again by its address.
        foreach (var address in (string[])["/synthesis/json", "/synthesis/studies", "/synthesis/forest", "/synthesis/funnel"])
            site.MapGet(address, () => Results.Redirect("/synthesis"));
        site.MapPost("/synthesis", (HttpRequest request) => Answer(request, Pooled));
        Download(site, "/synthesis/json", "lowdose-meta.json", "application/json", (table, analysis) =>
        {
            using var buffer = new MemoryStream();
            MetaJson.Write(table, analysis, buffer);
            buffer.WriteByte((byte)'\n');
            return buffer.ToArray();
        });
        Download(site, "/synthesis/studies", "lowdose-studies.csv", "text/csv; charset=utf-8", (table, analysis) => StudyEffectsCsv.Of(table, analysis.Fit));
        Download(site, "/synthesis/forest", "lowdose-forest.svg", "image/svg+xml", (table, analysis) => Encoding.UTF8.GetBytes(ForestPlot.WriteSvg(table, analysis)));
        Download(site, "/synthesis/funnel", "lowdose-funnel.svg", "image/svg+xml", (table, analysis) => Encoding.UTF8.GetBytes(FunnelPlot.WriteSvg(table, analysis)));
    }

    private static void Download(IEndpointRouteBuilder site, string address, string name, string type, Func<StudyTable, MetaAnalysis, byte[]> write) =>
        site.MapPost(address, (HttpRequest request) => Answer(request, posted => posted.Table is { } table ? Results.File(write(table, posted.Analysis!), type, name) : Pooled(posted)));

    private static async Task<IResult> Answer(HttpRequest request, Func<PostedStudies, IResult> answer)
    {
        var posted = await PostedTable.From(request, "studies", PostedStudies.LargestBytes).ConfigureAwait(false);
        return posted is null ? TooLarge() : answer(PostedStudies.Of(posted.Name, posted.Text, SaidStudies.From(posted.Form)));
    }

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<MessagePage> TooLarge() => Reply.Message(StatusCodes.Status413PayloadTooLarge, "This is too large for a page",
        $"A page takes {PostedStudies.LargestBytes >> 20} MiB. The command takes any size: lowdose meta FILE.csv.");

    private static IResult Pooled(PostedStudies posted) => posted.Refusal is null
        ? Reply.Page<SynthesisedPage>(new() { [nameof(SynthesisedPage.Posted)] = posted })
        : Reply.Page<SynthesisPage>(new() { [nameof(SynthesisPage.Refused)] = posted }, StatusCodes.Status422UnprocessableEntity);
}
