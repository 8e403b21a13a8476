using Lowdose.Records;
using Lowdose.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Layout;

/// <summary>What a proxy or a supervisor asks: whether the process can answer at all, and whether to send it people. Source: deploy/README.md.</summary>
internal static class Health
{
    public static void Map(WebApplication app, Archive archive)
    {
        app.MapGet("/health/live", () => Say(true, "alive")).ForAnyone();
        app.MapGet("/health/ready", () => app.Lifetime.ApplicationStopping.IsCancellationRequested ? Say(false, "ready") : Say(archive.CanKeep(), "ready")).ForAnyone();
    }

    private static IResult Say(bool well, string word) => Results.Text(well ? word : "not " + word, statusCode: well ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
