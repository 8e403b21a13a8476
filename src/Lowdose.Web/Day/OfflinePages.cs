using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.Day;

/// <summary>What a device keeps so that the diary opens without a network: pages without any answer, the files they ask for, and the worker that does it.</summary>
internal static class OfflinePages
{
    private static readonly string[] Kept =
        ["/offline", "/offline/day", "/red-flags", .. new[] { Asset.Styles, Asset.Icon, Asset.DayModule, Asset.FormModule, Asset.DayEntryModule, Asset.PostModule, Asset.QueueModule }.Select(a => a.Address)];

    private static readonly byte[] Worker = Encoding.UTF8.GetBytes(WorkerText());

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/offline", () => Reply.Page<OfflinePage>(new()));
        site.MapGet("/offline/day", () => Reply.Page<DayPage>(new()));
        // The browser looks for a new worker itself; no copy may stand in its way.
        site.MapGet("/sw.js", () => Results.Bytes(Worker, "text/javascript; charset=utf-8"));
        site.MapGet("/manifest.webmanifest", () => Results.Bytes(Encoding.UTF8.GetBytes(Manifest), "application/manifest+json"));
    }

    private static string WorkerText()
    {
        var script = Encoding.UTF8.GetString(Resource.Bytes("wwwroot/sw.js")!);
        var files = JsonSerializer.Serialize(Kept);
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(StyleSheet.Version + files + script)))[..12];
        return $"const VERSION = \"lowdose-{version}\", FILES = {files};\n{script}";
    }

    private static string Manifest => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["name"] = "Lowdose", ["short_name"] = "Lowdose", ["id"] = "/today", ["start_url"] = "/today", ["scope"] = "/", ["display"] = "standalone",
        ["lang"] = "en", ["background_color"] = "#14171a", ["theme_color"] = "#14171a",
        ["icons"] = new[] { Icon(Asset.Icon, "any"), Icon(Asset.LargeIcon, "512x512"), Icon(Asset.TouchIcon, "180x180") },
    });

    private static Dictionary<string, string> Icon(Asset asset, string sizes) => new() { ["src"] = asset.Address, ["type"] = asset.ContentType, ["sizes"] = sizes };
}
