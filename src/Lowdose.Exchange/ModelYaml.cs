using System.Globalization;
using System.Text;
using Lowdose.Science.Pharmacology.Language;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Lowdose.Exchange;

/// <summary>Ends the reading of a model file; caught where it began, never seen outside.</summary>
internal sealed class RefusalException(Refusal refusal) : Exception(refusal.What)
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>The YAML of a model file, with the line and column of every text in it.</summary>
internal sealed class ModelYaml
{
    private const int Deepest = 12;

    /// <summary>How far the block below a line is moved in.</summary>
    private readonly Dictionary<long, int> _indents = [];

    public ModelYaml(byte[] utf8)
    {
        if (PlainText.WrongWith(utf8) is { } odd) throw new RefusalException(odd);
        var text = new UTF8Encoding(false).GetString(utf8).TrimStart('\uFEFF');
        try
        {
            Look(text);
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            Root = yaml.Documents.Count == 1 && yaml.Documents[0].RootNode is YamlMappingNode root ? root
                : throw Wrong(1, "a model is one list of keys and values", "write keys such as compartments: and equations:; docs/methods/model-language.md has an example");
        }
        catch (YamlException slip)
        {
            // At the end of a file the parser may be a line ahead of it.
            throw Wrong(Math.Min(slip.Start.Line, text.Count(c => c == '\n') + 1), $"this is not YAML: {(slip.InnerException?.Message ?? slip.Message).TrimEnd('.')}", "mend it; keys are indented with spaces, and a text with a colon in it needs quotes");
        }
        catch (Exception lost) when (lost is InvalidOperationException or ArgumentException)
        {
            throw Wrong(1, "this is not YAML", "look for a bracket or a quotation mark that is not closed");
        }
    }

    /// <summary>The whole file as keys and values.</summary>
    public YamlMappingNode Root { get; }

    public static RefusalException Wrong(long line, string what, string @do) => new(new((int)Math.Max(1, line), what, @do));

    public static RefusalException Wrong(YamlNode at, string what, string @do) => Wrong(at.Start.Line, what, @do);

    /// <summary>A number as people write it.</summary>
    public static double Number(YamlNode node, string what) =>
        node is YamlScalarNode { Value: { } text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : throw Wrong(node, $"{what} is not a number", "write digits with a decimal point and no unit; the unit is a key of its own");

    /// <summary>One line of text with its place.</summary>
    public Piece Line(YamlNode node, string what)
    {
        if (node is not YamlScalarNode { Value: { } text } scalar) throw Wrong(node, $"{what} is not a text", "write one line");
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded) return Lines(node, what) is [var one] ? one : throw Wrong(node, $"{what} is more than a line", "write one");
        if (scalar.End.Line > scalar.Start.Line && text.Length > 0) throw Wrong(node, $"{what} goes over several lines", "write it in one, or after a |");
        return new(text, (int)node.Start.Line, (int)node.Start.Column + (scalar.Style is ScalarStyle.Plain or ScalarStyle.Any ? 0 : 1));
    }

    /// <summary>The lines of a block, or of a list.</summary>
    public IReadOnlyList<Piece> Lines(YamlNode node, string what)
    {
        if (node is YamlSequenceNode list) return [.. list.Children.Select(c => Line(c, what))];
        if (node is not YamlScalarNode { Value: { } text } scalar) throw Wrong(node, $"{what} is not a text", $"write {what}: | and one equation a line below it");
        if (scalar.Style == ScalarStyle.Folded) throw Wrong(node, $"{what} is folded into one line", $"write {what}: | instead of >");
        if (scalar.Style != ScalarStyle.Literal) return [Line(node, what)];
        var column = _indents.GetValueOrDefault(node.Start.Line) + 1;
        return [.. text.Split('\n').Select((line, i) => new Piece(line, (int)node.Start.Line + 1 + i, column)).Where(p => p.Text.Trim().Length > 0)];
    }

    /// <summary>Looks through the file without building anything: nothing nested too deep, nothing by reference. Notes where blocks begin, which the tree forgets.</summary>
    private void Look(string text)
    {
        var lines = text.Split('\n');
        var parser = new Parser(new StringReader(text));
        for (var depth = 0; parser.MoveNext();)
        {
            var now = parser.Current!;
            if (now is AnchorAlias || now is NodeEvent { Anchor.IsEmpty: false }) throw Wrong(now.Start.Line, "a model file has no & and * references", "write the value where it belongs; a text that begins with & or * needs quotes");
            depth += now.NestingIncrease;
            if (depth > Deepest) throw Wrong(now.Start.Line, "the file is nested too deep", "write keys and values as docs/methods/model-language.md shows");
            if (now is not Scalar { Style: ScalarStyle.Literal } block) continue;
            var first = lines.Skip((int)block.Start.Line).FirstOrDefault(l => l.Trim().Length > 0) ?? "";
            _indents[block.Start.Line] = first.Length - first.TrimStart(' ').Length;
        }
    }
}
