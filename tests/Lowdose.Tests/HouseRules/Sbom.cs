using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lowdose.Tests.HouseRules;

/// <summary>What the program is made of besides its own sources: every package with its version and the digest of its file, as the build restored them. Source: CycloneDX 1.6.</summary>
internal static class Sbom
{
    /// <summary>Where the reviewed list lies, from the root.</summary>
    public const string Path = "docs/safety/sbom.cdx.json";

    private static readonly JsonSerializerOptions Plainly = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The list of what was restored.</summary>
    /// <param name="assets">What a restore of the program wrote (project.assets.json).</param>
    public static string Of(string assets)
    {
        using var restored = JsonDocument.Parse(assets);
        var packages = restored.RootElement.GetProperty("libraries").EnumerateObject().Where(l => l.Value.GetProperty("type").GetString() == "package").OrderBy(l => l.Name, StringComparer.Ordinal);
        var list = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["component"] = new JsonObject { ["type"] = "application", ["name"] = "Lowdose" } },
            ["components"] = new JsonArray([.. packages.Select(package => Component(package.Name.Split('/'), package.Value.GetProperty("sha512").GetString()!))]),
        };
        return list.ToJsonString(Plainly) + "\n";
    }

    private static JsonObject Component(string[] name, string sha512) => new()
    {
        ["type"] = "library",
        ["name"] = name[0],
        ["version"] = name[1],
        ["purl"] = $"pkg:nuget/{name[0]}@{name[1]}",
        ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = Convert.ToHexStringLower(Convert.FromBase64String(sha512)) }),
    };
}
