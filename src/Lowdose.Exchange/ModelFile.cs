using System.Globalization;
using System.Reflection;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Exchange;

/// <summary>A model as a file under <c>models/</c> or of somebody's own says it: the model, and what the language does not need: presets, words for values, differences between people.</summary>
/// <param name="Model">What the engine runs, with the usual values.</param>
/// <param name="Version">The file's own version.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Details">What the file says of a parameter beside value and unit, by name.</param>
/// <param name="Units">The units of compartments and outputs, by name; those that have none are not there.</param>
/// <param name="Presets">Named sets of values.</param>
/// <param name="Variability">How parameters differ between people.</param>
/// <param name="Correlations">How those differences hang together, row by row; null: they do not.</param>
public sealed record ModelFile(
    CompartmentModel Model, string Version, string Title, IReadOnlyDictionary<string, ParameterDetail> Details, IReadOnlyDictionary<string, string> Units, IReadOnlyList<ModelPreset> Presets,
    IReadOnlyList<Variation> Variability, double[]? Correlations)
{
    private const int LargestFileBytes = 1 << 20;

    private static readonly Assembly Own = typeof(ModelFile).Assembly;

    /// <summary>The models that need no file, by name.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } =
    [
        .. BuiltInModels.All.Select(m => m.Name),
        .. Own.GetManifestResourceNames().Where(n => n.StartsWith("models/", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!,
    ];

    /// <summary>A model of ours.</summary>
    /// <param name="name">One of <see cref="BuiltIn"/>.</param>
    /// <exception cref="ArgumentException">There is none of that name, or its file has a defect.</exception>
    public static ModelFile Named(string name) =>
        TryNamed(name) is { } reading ? reading.File ?? throw new ArgumentException($"models/{name}.yaml:{reading.Refusal!.Line}: {reading.Refusal.What}", nameof(name))
        : throw new ArgumentException($"there is no model {name}", nameof(name));

    /// <summary>A model by the name of one of ours, or from a file.</summary>
    /// <param name="nameOrPath">The name, or the path.</param>
    public static ModelFileReading Read(string nameOrPath)
    {
        if (!File.Exists(nameOrPath) && TryNamed(nameOrPath) is { } ours) return ours;
        try
        {
            return new FileInfo(nameOrPath) is { Exists: true, Length: > LargestFileBytes }
                ? new(null, new(1, "the file is larger than 1 MiB", "a model is a page or two of text"))
                : Read(nameOrPath, File.ReadAllBytes(nameOrPath));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(null, new(1, "there is no such file, and no model of that name", $"check the path, or name one of {string.Join(", ", BuiltIn)}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new(null, Directory.Exists(nameOrPath) ? new(1, "this is a folder", "name the file in it") : new(1, "the file cannot be opened", "check that you may read it"));
        }
    }

    /// <summary>Reads bytes already in memory.</summary>
    /// <param name="name">The file's name; the model's, where it says none.</param>
    /// <param name="utf8">Its bytes.</param>
    public static ModelFileReading Read(string name, byte[] utf8) => ModelFileReader.Read(Path.GetFileNameWithoutExtension(name), utf8);

    /// <summary>The same with other usual values.</summary>
    /// <param name="values">By parameter; names that are not there are left alone.</param>
    public ModelFile With(IReadOnlyDictionary<string, double> values) =>
        this with { Model = Model with { Parameters = [.. Model.Parameters.Select(p => values.TryGetValue(p.Name, out var value) ? p with { Value = value } : p)] } };

    /// <summary>A value of a parameter as people write it: a number, or one of its words.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="text">What is written.</param>
    /// <param name="value">The number.</param>
    public bool TryValue(string parameter, string text, out double value) =>
        (Details.TryGetValue(parameter, out var detail) && detail.Words.TryGetValue(text, out value))
        || (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) && double.IsFinite(value));

    /// <summary>What may be written for a parameter, in words.</summary>
    /// <param name="parameter">The parameter.</param>
    public string ValuesOf(string parameter) =>
        Details.TryGetValue(parameter, out var detail) && detail.Words.Count > 0 ? $"one of {string.Join(", ", detail.Words.Keys)}" : "a number with a decimal point and no unit";

    internal static ModelFileReading? TryNamed(string name)
    {
        if (BuiltInModels.All.FirstOrDefault(m => m.Name == name) is { } coded)
            return new(new(coded, "1", coded.Name, new Dictionary<string, ParameterDetail>(), new Dictionary<string, string>(), [], [], null), null);
        using var resource = Own.GetManifestResourceStream($"models/{name}.yaml");
        if (resource is null) return null;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return Read(name, bytes.ToArray());
    }
}

/// <summary>A model file that was read, or why not.</summary>
/// <param name="File">The model; null where it cannot be read.</param>
/// <param name="Refusal">The first thing wrong; null where nothing is.</param>
public sealed record ModelFileReading(ModelFile? File, Refusal? Refusal);

/// <summary>What a file says of a parameter beside its value, unit, origin and level.</summary>
/// <param name="Note">In words; null where nothing.</param>
/// <param name="Range">The lowest and highest value that was published; null where none.</param>
/// <param name="Words">Values with a name, as severe: 2.</param>
public sealed record ParameterDetail(string? Note, (double Low, double High)? Range, IReadOnlyDictionary<string, double> Words);

/// <summary>A named set of values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="About">What it stands for.</param>
/// <param name="Values">By parameter.</param>
public sealed record ModelPreset(string Name, string About, IReadOnlyDictionary<string, double> Values);
