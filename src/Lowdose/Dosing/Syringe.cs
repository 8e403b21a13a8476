using System.Globalization;
using Lowdose.Quantities;
using YamlDotNet.RepresentationModel;

namespace Lowdose.Dosing;

/// <summary>An oral syringe: how much it holds, and how far apart its marks are.</summary>
/// <param name="Capacity">Filled to the last mark; a whole number of marks.</param>
/// <param name="Mark">The volume between two marks.</param>
public sealed record Syringe(Volume Capacity, Volume Mark)
{
    private static readonly Lazy<IReadOnlyList<Syringe>> InTheProgram = new(() =>
    {
        using var file = new StreamReader(typeof(Syringe).Assembly.GetManifestResourceStream("knowledge/syringes/oral.yaml")!);
        return Read(file);
    });

    /// <summary>The syringes of <c>knowledge/syringes</c> as this program was built with, the smallest first.</summary>
    public static IReadOnlyList<Syringe> Known => InTheProgram.Value;

    /// <summary>Reads a list of syringes.</summary>
    /// <param name="yaml">A sequence of <c>{ capacity, mark }</c>, in mL.</param>
    /// <returns>The smallest first.</returns>
    /// <exception cref="InvalidDataException">A syringe is not as described; the message has the line.</exception>
    public static IReadOnlyList<Syringe> Read(TextReader yaml)
    {
        var stream = new YamlStream();
        stream.Load(yaml);
        var list = (YamlSequenceNode)stream.Documents[0].RootNode;
        return [.. list.Children.Cast<YamlMappingNode>().Select(One).OrderBy(s => s.Capacity)];
    }

    private static Syringe One(YamlMappingNode node)
    {
        Volume Millilitres(string name) => node.Children.TryGetValue(name, out var value)
            && decimal.TryParse(value.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var figure)
            && Volume.TryFromMillilitres(figure, out var volume) && volume > Volume.Zero
                ? volume
                : throw new InvalidDataException($"line {node.Start.Line}: {name} is not a number of mL above 0");
        var syringe = new Syringe(Millilitres("capacity"), Millilitres("mark"));
        return syringe.Capacity.Nanolitres % syringe.Mark.Nanolitres == 0
            ? syringe
            : throw new InvalidDataException($"line {node.Start.Line}: the capacity is not a whole number of marks");
    }

    /// <summary>As it is asked for in a shop ("1 mL syringe, marked every 0.01 mL").</summary>
    public override string ToString() => $"{Capacity} syringe, marked every {Mark}";
}
