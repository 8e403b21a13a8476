using Lowdose.Science.Pharmacology;
using Lowdose.Science.Pharmacology.Language;
using YamlDotNet.RepresentationModel;

namespace Lowdose.Exchange;

/// <summary>One parameter of a model file.</summary>
internal sealed class ModelParameterEntry
{
    private static readonly string[] Keys = ["value", "unit", "origin", "level", "note", "range", "words", "cv", "logit-sd"];

    public ModelParameterEntry(ModelYaml yaml, Piece name, YamlNode node)
    {
        if (node is YamlScalarNode)
        {
            Written = new(name, ModelYaml.Number(node, $"the value of {name.Text}"));
            return;
        }
        var entry = ModelFileReader.Mapping(node, $"the parameter {name.Text}", "write {value: 94, unit: L/h, origin: source, level: A}");
        ModelFileReader.Known(entry, Keys, $"the parameter {name.Text}");
        Piece? Text(string key) => ModelFileReader.Node(entry, key) is { } text ? yaml.Line(text, key) : null;
        var value = ModelFileReader.Node(entry, "value") ?? throw ModelYaml.Wrong(name.Line, $"the parameter {name.Text} has no value", "add value: and a number");
        var level = Text("level");
        if (level is { Text: not ("A" or "B" or "C" or "D" or "E") }) throw ModelYaml.Wrong(level.Line, $"the level of {name.Text} is {level.Text}", "write A (measured in people) to E (supposed)");
        Written = new(name, ModelYaml.Number(value, $"the value of {name.Text}"), Text("unit"), Text("origin")?.Text, level?.Text[0]);
        var words = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        if (ModelFileReader.Node(entry, "words") is { } list)
            foreach (var (word, number) in ModelFileReader.Mapping(list, "words", "write {none: 0, severe: 2}").Children) words[yaml.Line(word, "a word").Text] = ModelYaml.Number(number, "what a word stands for");
        Detail = new(Text("note")?.Text, Range(entry), words);
        Deviation = Spread(entry, name);
    }

    public WrittenParameter Written { get; }

    public ParameterDetail Detail { get; } = new(null, null, new Dictionary<string, double>());

    /// <summary>How it differs between people; the index comes later.</summary>
    public Variation? Deviation { get; }

    private static (double, double)? Range(YamlMappingNode entry)
    {
        if (ModelFileReader.Node(entry, "range") is not { } node) return null;
        if (node is not YamlSequenceNode { Children: [var low, var high] }) throw ModelYaml.Wrong(node, "a range is two numbers", "write range: [0.11, 1.1]");
        return (ModelYaml.Number(low, "the range"), ModelYaml.Number(high, "the range"));
    }

    private Variation? Spread(YamlMappingNode entry, Piece name)
    {
        if (ModelFileReader.Node(entry, "cv") is { } cv)
        {
            var value = ModelYaml.Number(cv, "the cv");
            if (value is < 0 or > 5 || Written.Value <= 0) throw ModelYaml.Wrong(cv, $"{name.Text} cannot have a coefficient of variation of {cv}", "write a share from 0 to 5, as 0.3, of a value above 0");
            return new(0, Math.Sqrt(Math.Log(1 + value * value)));
        }
        if (ModelFileReader.Node(entry, "logit-sd") is not { } logit) return null;
        var sd = ModelYaml.Number(logit, "the logit-sd");
        if (sd is < 0 or > 5 || Written.Value is not (> 0 and < 1)) throw ModelYaml.Wrong(logit, $"{name.Text} cannot have a logit-sd of {logit}", "write a number from 0 to 5, of a share between 0 and 1");
        return new(0, sd, VariationShape.LogitNormal);
    }
}

/// <summary>A model file while it is read, and the ones it stands on.</summary>
internal sealed class WrittenModel
{
    private readonly List<ModelParameterEntry> _parameters = [];
    private readonly List<(string, string, double)> _correlations = [];

    public List<WrittenCompartment> Compartments { get; } = [];

    public List<Piece> Equations { get; } = [];

    public List<WrittenOutput> Outputs { get; } = [];

    public List<ModelPreset> Presets { get; } = [];

    /// <summary>Another parameter, or one of the file below said anew.</summary>
    public void Take(ModelParameterEntry entry)
    {
        var at = _parameters.FindIndex(p => p.Written.Name.Text == entry.Written.Name.Text);
        if (at < 0) _parameters.Add(entry);
        else _parameters[at] = entry;
    }

    public bool Has(string parameter) => _parameters.Exists(p => p.Written.Name.Text == parameter);

    public bool Varies(string parameter) => _parameters.Exists(p => p.Written.Name.Text == parameter && p.Deviation is not null);

    public void Correlate(string a, string b, double r) => _correlations.Add((a, b, r));

    public ModelSource Source(string name, Piece whole) =>
        new() { Name = name, Parameters = [.. _parameters.Select(p => p.Written)], Compartments = Compartments, Equations = Equations, Outputs = Outputs, Whole = whole };

    public Dictionary<string, ParameterDetail> Details() => _parameters.ToDictionary(p => p.Written.Name.Text, p => p.Detail, StringComparer.Ordinal);

    public Dictionary<string, string> Units() =>
        Compartments.Select(c => (c.Name, c.Unit)).Concat(Outputs.Select(o => (o.Name, o.Unit))).Where(u => u.Unit is not null).ToDictionary(u => u.Name.Text, u => u.Unit!.Text, StringComparer.Ordinal);

    public IReadOnlyList<Variation> Variability() => [.. _parameters.Index().Where(p => p.Item.Deviation is not null).Select(p => p.Item.Deviation! with { Parameter = p.Index })];

    public double[]? Correlations()
    {
        if (_correlations.Count == 0) return null;
        string[] names = [.. _parameters.Where(p => p.Deviation is not null).Select(p => p.Written.Name.Text)];
        var matrix = new double[names.Length * names.Length];
        for (var i = 0; i < names.Length; i++) matrix[i * names.Length + i] = 1;
        foreach (var (a, b, r) in _correlations)
        {
            var (i, j) = (Array.IndexOf(names, a), Array.IndexOf(names, b));
            matrix[i * names.Length + j] = matrix[j * names.Length + i] = r;
        }
        return matrix;
    }
}
