using System.Text;
using Lowdose.Exchange;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.Charts;

/// <summary>The addresses of a table of treated patients that is dropped in and reviewed.</summary>
internal static class ChartPages
{
    /// <summary>The example; what stands in for its side effects is the column of that name.</summary>
    public const string ExampleFile = "finland-charts.csv", ExampleSideEffects = "ending_side_effect";

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/charts", () => Reply.Page<ChartPage>(new()));
        site.MapGet("/charts/example", () => Reviewed(PostedCharts.Of(ExampleFile, Encoding.UTF8.GetString(Resource.Bytes($"examples/{ExampleFile}")!), "", ExampleSideEffects)));
        // A page that was posted to is often opened again by its address.
        site.MapGet("/charts/json", () => Results.Redirect("/charts"));
        site.MapPost("/charts", (HttpRequest request) => Answer(request, Reviewed));
        site.MapPost("/charts/json", (HttpRequest request) => Answer(request, posted => posted.Review is { } review
            ? Results.File([.. ChartJson.Of(review), (byte)'\n'], "application/json", "lowdose-charts.json") : Reviewed(posted)));
    }

    private static async Task<IResult> Answer(HttpRequest request, Func<PostedCharts, IResult> answer)
    {
        var posted = await PostedTable.From(request, "patients", PostedCharts.LargestBytes).ConfigureAwait(false);
        return posted is null
            ? Reply.Message(StatusCodes.Status413PayloadTooLarge, "This is too large for a page", $"A page takes {PostedCharts.LargestBytes >> 20} MiB. The command takes more: lowdose chart-review FILE.csv.")
            : answer(PostedCharts.Of(posted.Name, posted.Text, posted.Form["by"].ToString(), posted.Form["side-effects"] is [{ Length: > 0 } column, ..] ? column : null));
    }

    private static IResult Reviewed(PostedCharts posted) => posted.Refusal is null
        ? Reply.Page<ChartedPage>(new() { [nameof(ChartedPage.Posted)] = posted })
        : Reply.Page<ChartPage>(new() { [nameof(ChartPage.Refused)] = posted }, StatusCodes.Status422UnprocessableEntity);
}
