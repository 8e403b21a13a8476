using System.Text;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;
using Lowdose.Web.Layout;
using Lowdose.Web.Plots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
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
        string name, text;
        SaidStudies said;
        try
        {
            // A browser carries line ends as two characters: what came in must also come back.
            if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = 2 * PostedStudies.LargestBytes;
            var form = request.HasFormContentType ? await request.ReadFormAsync(new FormOptions { ValueLengthLimit = 2 * PostedStudies.LargestBytes }).ConfigureAwait(false) : FormCollection.Empty;
            said = SaidStudies.From(form);
            if (form.Files.FirstOrDefault(f => f.Length > 0) is { } file)
            {
                using var reader = new StreamReader(file.OpenReadStream());
                (name, text) = (file.FileName.Split('/', '\\')[^1], await reader.ReadToEndAsync().ConfigureAwait(false));
            }
            else (name, text) = (form["studies-name"] is [{ Length: > 0 } known, ..] ? known : "what you pasted", form["studies"].ToString());
        }
        catch (Exception tooLarge) when (tooLarge is BadHttpRequestException or InvalidDataException)
        {
            return TooLarge();
        }
        return Encoding.UTF8.GetByteCount(text) - text.Count(c => c == '\r') > PostedStudies.LargestBytes ? TooLarge() : answer(PostedStudies.Of(name, text, said));
    }

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<MessagePage> TooLarge() => Reply.Message(StatusCodes.Status413PayloadTooLarge, "This is too large for a page",
        $"A page takes {PostedStudies.LargestBytes >> 20} MiB. The command takes any size: lowdose meta FILE.csv.");

    private static IResult Pooled(PostedStudies posted) => posted.Refusal is null
        ? Reply.Page<SynthesisedPage>(new() { [nameof(SynthesisedPage.Posted)] = posted })
        : Reply.Page<SynthesisPage>(new() { [nameof(SynthesisPage.Refused)] = posted }, StatusCodes.Status422UnprocessableEntity);
}
