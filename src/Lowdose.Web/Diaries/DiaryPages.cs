using System.Text;
using Lowdose.Exchange;
using Lowdose.Web.Layout;
using Lowdose.Web.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.Diaries;

/// <summary>The addresses of a diary that is dropped in, judged and given back.</summary>
internal static class DiaryPages
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/", () => Reply.Page<FirstPage>(new()));
        site.MapGet("/example/{name}", (string name) => Example.All.FirstOrDefault(e => e.Name == name) is { } example
            ? Verdict(PostedDiary.Of(example.Text, new SaidFormat()))
            : Reply.Message(StatusCodes.Status404NotFound, "There is no such example", "The first page lists them."));
        // A page that was posted to is often opened again by its address.
        foreach (var address in (string[])["/verdict", "/report", "/data", "/json"])
            site.MapGet(address, () => Results.Redirect("/"));

        site.MapPost("/verdict", async (HttpRequest request) => Verdict(await Posted(request).ConfigureAwait(false)));
        site.MapPost("/report", async (HttpRequest request) => await Download(request, "lowdose-report.html", "text/html; charset=utf-8",
            posted => Encoding.UTF8.GetBytes(VerdictReport.WriteHtml(posted.Verdict!))).ConfigureAwait(false));
        site.MapPost("/data", async (HttpRequest request) => await Download(request, "lowdose-days.csv", "text/csv; charset=utf-8",
            posted => DaysCsv.Of(posted.Verdict!)).ConfigureAwait(false));
        site.MapPost("/json", async (HttpRequest request) => await Download(request, "lowdose-verdict.json", "application/json",
            posted =>
            {
                using var json = new MemoryStream();
                VerdictJson.Write(posted.Verdict!, json);
                return json.ToArray();
            }).ConfigureAwait(false));
    }

    private static async Task<PostedDiary> Posted(HttpRequest request) => request.HasFormContentType
        ? await PostedDiary.From(await request.ReadFormAsync().ConfigureAwait(false)).ConfigureAwait(false)
        : PostedDiary.Of("", new SaidFormat());

    private static IResult Verdict(PostedDiary posted) => posted.Verdict is null
        ? Reply.Page<FirstPage>(new() { [nameof(FirstPage.Refused)] = posted }, StatusCodes.Status422UnprocessableEntity)
        : Reply.Page<VerdictPage>(new() { [nameof(VerdictPage.Posted)] = posted });

    private static async Task<IResult> Download(HttpRequest request, string name, string type, Func<PostedDiary, byte[]> write)
    {
        var posted = await Posted(request).ConfigureAwait(false);
        return posted.Verdict is null ? Verdict(posted) : Results.File(write(posted), type, name);
    }
}
