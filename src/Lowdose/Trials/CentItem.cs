using YamlDotNet.RepresentationModel;

namespace Lowdose.Trials;

/// <summary>One part of the CENT 2015 list: what a report of an n-of-1 trial must say. Source: BMJ 2015;350:h1738.</summary>
/// <param name="Id">Its number, such as <c>12c</c>.</param>
/// <param name="Section">The part of the report.</param>
/// <param name="Asks">What it asks for, in our words.</param>
/// <param name="From">The key of what the trial's records fill it with; null where only people can say it.</param>
public sealed record CentItem(string Id, string Section, string Asks, string? From)
{
    private static readonly Lazy<IReadOnlyList<CentItem>> InTheProgram = new(() =>
    {
        using var file = new StreamReader(typeof(CentItem).Assembly.GetManifestResourceStream("knowledge/reports/cent-2015.yaml")!);
        var stream = new YamlStream();
        stream.Load(file);
        return [.. ((YamlSequenceNode)stream.Documents[0].RootNode).Children.Cast<YamlMappingNode>().Select(One)];
    });

    /// <summary>All of <c>knowledge/reports/cent-2015.yaml</c>, in its order.</summary>
    public static IReadOnlyList<CentItem> All => InTheProgram.Value;

    private static CentItem One(YamlMappingNode node)
    {
        string? Text(string key) => node.Children.TryGetValue(key, out var value) ? value.ToString() : null;
        string Needed(string key) => Text(key) ?? throw new InvalidDataException($"line {node.Start.Line}: {key} is missing");
        return new(Needed("id"), Needed("section"), Needed("asks"), Text("from"));
    }
}
