using System.Xml.Linq;

namespace Lowdose.Tests.HouseRules;

/// <summary>A project is a wall: what may be referenced across it.</summary>
public sealed class ReferencesTests
{
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Lowdose.Science"] = [],
        // The build's own tool, which no program holds.
        ["Lowdose"] = ["Lowdose.Science", "CompileKnowledge"],
        ["Lowdose.Records"] = ["Lowdose"],
        ["Lowdose.Exchange"] = ["Lowdose", "Lowdose.Science"],
        ["Lowdose.Web"] = ["Lowdose", "Lowdose.Records", "Lowdose.Exchange", "Lowdose.Science"],
        ["Lowdose.Cli"] = ["Lowdose", "Lowdose.Records", "Lowdose.Exchange", "Lowdose.Science", "Lowdose.Web"],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Lowdose.Science"] = ["MathNet.Numerics"],
        ["Lowdose"] = ["NodaTime", "YamlDotNet"],
        ["Lowdose.Records"] = ["Microsoft.EntityFrameworkCore.Sqlite", "Npgsql.EntityFrameworkCore.PostgreSQL", "NodaTime"],
    };

    [Fact]
    public void Projects_reference_only_what_the_architecture_allows() =>
        Repository.With(".csproj").Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal)).SelectMany(Forbidden).ShouldBeEmpty();

    [Fact]
    public void Versions_stand_in_one_place() =>
        Repository.With(".csproj").Where(f => XDocument.Parse(f.Text).Descendants("PackageReference").Any(p => p.Attribute("Version") is not null))
            .Select(f => f.Path).ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_a_reference_upward_a_heavy_package_and_a_seventh_project()
    {
        const string upward = """<Project><ProjectReference Include="..\Lowdose.Web\Lowdose.Web.csproj" /><PackageReference Include="Heavy" /></Project>""";
        Forbidden(new TextFile("src/Lowdose/Lowdose.csproj", upward)).ShouldBe(["Lowdose references Lowdose.Web", "Lowdose references the package Heavy"]);
        Forbidden(new TextFile("src/Lowdose.Core/Lowdose.Core.csproj", "<Project/>")).ShouldBe(["Lowdose.Core is not one of the six projects"]);
    }

    private static IEnumerable<string> Forbidden(TextFile project)
    {
        var name = Path.GetFileNameWithoutExtension(project.Path);
        if (!Projects.TryGetValue(name, out var allowed))
            return [$"{name} is not one of the six projects"];
        var document = XDocument.Parse(project.Text);
        var projects = Included("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))
            .Where(other => !allowed.Contains(other)).Select(other => $"{name} references {other}");
        var packages = Included("PackageReference").Where(p => Packages.TryGetValue(name, out var few) && !few.Contains(p))
            .Select(p => $"{name} references the package {p}");
        return projects.Concat(packages);

        IEnumerable<string> Included(string kind) => document.Descendants(kind).Select(e => (string)e.Attribute("Include")!);
    }
}
