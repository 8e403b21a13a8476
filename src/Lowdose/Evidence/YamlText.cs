using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Lowdose.Evidence;

/// <summary>YAML as people write it, into nodes. The build does this once; the program itself reads <see cref="CompiledKnowledge"/>.</summary>
internal static class YamlText
{
    public static ParsedFile Parse(KnowledgeFile file)
    {
        using var text = new StreamReader(file.Content);
        try
        {
            var yaml = new YamlStream();
            yaml.Load(text);
            return yaml.Documents.Count == 1
                ? new ParsedFile(file.Path, Of(yaml.Documents[0].RootNode))
                : new ParsedFile(file.Path, null, new Defect(file.Path, 1, "one document a file"));
        }
        catch (YamlException wrong)
        {
            return new ParsedFile(file.Path, null, new Defect(file.Path, (int)wrong.Start.Line, $"not YAML: {wrong.InnerException?.Message ?? wrong.Message}"));
        }
        catch (Exception lost) when (lost is InvalidOperationException or ArgumentException)
        {
            // The parser loses its way after some slips, and cannot say where it was.
            return new ParsedFile(file.Path, null, new Defect(file.Path, 1, "not YAML; look for a bracket or a quotation mark that is not closed"));
        }
    }

    private static Node Of(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new MappingNode(Line(node), [.. mapping.Children.Select(c =>
            new Member(c.Key is YamlScalarNode { Value: { } key } ? key : c.Key.ToString(), Line(c.Key), Of(c.Value)))]),
        YamlSequenceNode list => new ListNode(Line(node), [.. list.Children.Select(Of)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" } => new TextNode(Line(node), null),
        YamlScalarNode scalar => new TextNode(Line(node), scalar.Value),
        _ => throw new InvalidOperationException($"a YAML node of the kind {node.NodeType} in line {Line(node)}"),
    };

    private static int Line(YamlNode node) => (int)node.Start.Line;
}
