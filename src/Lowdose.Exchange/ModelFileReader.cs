using Lowdose.Science.Pharmacology.Language;
using YamlDotNet.RepresentationModel;

namespace Lowdose.Exchange;

/// <summary>Makes a <see cref="ModelFile"/> of YAML; the first thing wrong is the answer.</summary>
internal sealed class ModelFileReader
{
    /// <summary>A file may stand on another of ours, and that on a third.</summary>
    private const int MostAncestors = 5;

    private static readonly string[] Keys = ["name", "version", "title", "about", "extends", "parameters", "compartments", "equations", "rates", "outputs", "presets", "correlations"];

    private readonly string _name;
    private readonly ModelYaml _yaml;
    private readonly YamlMappingNode _root;
    private readonly WrittenModel _model;

    private ModelFileReader(string name, byte[] utf8, int ancestors)
    {
        _yaml = new(utf8);
        (_name, _root) = (name, _yaml.Root);
        Known(_root, Keys, "a model");
        _model = Text(_root, "extends") is { } other ? Base(other, ancestors) : new();
    }

    public static ModelFileReading Read(string name, byte[] utf8)
    {
        try
        {
            var reader = new ModelFileReader(name, utf8, 0);
            reader.TakeAll();
            return reader.Finish();
        }
        catch (RefusalException wrong)
        {
            return new(null, wrong.Refusal);
        }
    }

    /// <summary>What another file says, before this one adds to it.</summary>
    private static WrittenModel Base(Piece other, int ancestors)
    {
        if (ancestors >= MostAncestors) throw ModelYaml.Wrong(other.Line, "the models extend one another without end", "let one of them stand alone");
        var bytes = Resource(other.Text) ?? throw ModelYaml.Wrong(other.Line, $"there is no model {other.Text} of ours to extend",
            $"name one of {string.Join(", ", ModelFile.BuiltIn.Where(n => Resource(n) is not null))}");
        var reader = new ModelFileReader(other.Text, bytes, ancestors + 1);
        reader.TakeAll();
        return reader._model;
    }

    private static byte[]? Resource(string name)
    {
        using var resource = typeof(ModelFile).Assembly.GetManifestResourceStream($"models/{name}.yaml");
        if (resource is null) return null;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }

    private void TakeAll()
    {
        foreach (var (key, value) in Members("parameters")) _model.Take(new ModelParameterEntry(_yaml, key, value));
        foreach (var (key, value) in Members("compartments")) _model.Compartments.Add(Compartment(key, value));
        if (Node(_root, "equations") is { } equations) _model.Equations.AddRange(_yaml.Lines(equations, "equations"));
        foreach (var (key, value) in Members("rates"))
        {
            // Written as the line it stands for, moved so that columns point into the file.
            var (rate, head) = (_yaml.Line(value, "a rate"), $"d({key.Text})/dt = ");
            _model.Equations.Add(rate with { Text = head + rate.Text, Column = rate.Column - head.Length });
        }
        foreach (var (key, value) in Members("outputs")) _model.Outputs.Add(Output(key, value));
        foreach (var (key, value) in Members("presets")) _model.Presets.Add(Preset(key, value));
        if (Node(_root, "correlations") is { } pairs) Correlations(pairs);
    }

    private ModelFileReading Finish()
    {
        var name = Text(_root, "name") ?? new(_name);
        var source = _model.Source(name.Text, new("", (int)Math.Max(1, _root.Start.Line)));
        var (model, faults) = ModelLanguage.Compile(source);
        if (model is null) return new(null, new(Math.Max(1, faults[0].Line), $"column {Math.Max(1, faults[0].Column)}: {faults[0].What}", faults[0].Do));
        return new(new(model, Text(_root, "version")?.Text ?? "1", Text(_root, "title")?.Text ?? name.Text, _model.Details(), _model.Units(), _model.Presets, _model.Variability(), _model.Correlations()), null);
    }

    private WrittenCompartment Compartment(Piece name, YamlNode node)
    {
        var entry = Mapping(node, $"the compartment {name.Text}", "write {unit: mg}");
        Known(entry, ["unit", "initial", "bioavailability", "lag", "duration", "rate", "dosed-with", "about"], $"the compartment {name.Text}");
        return new(name, Text(entry, "unit"), Text(entry, "initial"), Text(entry, "bioavailability"), Text(entry, "lag"), Text(entry, "duration"), Text(entry, "rate"), Text(entry, "dosed-with"));
    }

    private WrittenOutput Output(Piece name, YamlNode node)
    {
        var entry = Mapping(node, $"the output {name.Text}", "write {unit: ng/mL, is: CENT/V}");
        Known(entry, ["unit", "is", "about"], $"the output {name.Text}");
        return new(name, Text(entry, "unit"), Text(entry, "is"));
    }

    private ModelPreset Preset(Piece name, YamlNode node)
    {
        var entry = Mapping(node, $"the preset {name.Text}", "write {about: what it stands for, values: {F: 0.2}}");
        Known(entry, ["about", "values"], $"the preset {name.Text}");
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (key, value) in Members(entry, "values"))
        {
            if (!_model.Has(key.Text)) throw ModelYaml.Wrong(key.Line, $"the preset {name.Text} sets {key.Text}, which is no parameter", "name a parameter");
            values[key.Text] = ModelYaml.Number(value, $"the value of {key.Text}");
        }
        return new(name.Text, Text(entry, "about")?.Text ?? "", values);
    }

    private void Correlations(YamlNode node)
    {
        foreach (var pair in node is YamlSequenceNode list ? list.Children : throw ModelYaml.Wrong(node, "correlations are a list", "write - [CL, V1, 0.3]"))
        {
            if (pair is not YamlSequenceNode { Children: [YamlScalarNode a, YamlScalarNode b, var r] }) throw ModelYaml.Wrong(pair, "a correlation names two parameters", "write - [CL, V1, 0.3]");
            foreach (var name in (YamlScalarNode[])[a, b])
                if (!_model.Varies(name.Value!)) throw ModelYaml.Wrong(name, $"{name.Value} does not differ between people", "give the parameter a cv or a logit-sd, or take the correlation away");
            var value = ModelYaml.Number(r, "a correlation");
            if (Math.Abs(value) >= 1 || a.Value == b.Value) throw ModelYaml.Wrong(pair, "a correlation is between two parameters and between -1 and 1", "mend it");
            _model.Correlate(a.Value!, b.Value!, value);
        }
    }

    private IEnumerable<(Piece Key, YamlNode Value)> Members(string key) => Members(_root, key);

    private IEnumerable<(Piece Key, YamlNode Value)> Members(YamlMappingNode of, string key)
    {
        if (Node(of, key) is not { } node) yield break;
        foreach (var (name, value) in Mapping(node, key, "write one name a line, each with what it is").Children) yield return (_yaml.Line(name, "a name"), value);
    }

    private Piece? Text(YamlMappingNode of, string key) => Node(of, key) is { } node ? _yaml.Line(node, key) : null;

    internal static YamlNode? Node(YamlMappingNode of, string key) => of.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    internal static YamlMappingNode Mapping(YamlNode node, string what, string @do) => node as YamlMappingNode ?? throw ModelYaml.Wrong(node, $"{what} is not a list of keys and values", @do);

    internal static void Known(YamlMappingNode of, string[] keys, string what)
    {
        foreach (var key in of.Children.Keys)
            if (key is not YamlScalarNode { Value: { } text } || !keys.Contains(text)) throw ModelYaml.Wrong(key, $"{what} has no key {key}", $"the keys are {string.Join(", ", keys)}");
    }
}
