using Lowdose.Exchange;
using Lowdose.Science.Pharmacology;
using Lowdose.Science.Pharmacology.Language;

namespace Lowdose.Cli;

/// <summary>What the command line says in the model's own words: its preset, its parameters, and doses in its units.</summary>
internal static class SimulateValues
{
    /// <summary>The model with the preset and the values asked for.</summary>
    public static Misuse? Set(SimulateRequest ask, ModelFile read, out ModelFile model)
    {
        model = read;
        if (ask.Preset is { } name)
        {
            var preset = read.Presets.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (preset is null) return new($"the model {read.Model.Name} has no preset {name}", read.Presets.Count == 0 ? "leave --preset out" : $"give one of {string.Join(", ", read.Presets.Select(p => p.Name))}");
            model = model.With(preset.Values);
        }
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var text in ask.Values)
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2) return new($"--param \"{text}\" sets nothing", "write NAME=VALUE, as CL=120");
            var parameter = read.Model.Parameters.FirstOrDefault(p => p.Name.Equals(parts[0].Trim(), StringComparison.OrdinalIgnoreCase));
            if (parameter is null) return new($"the model {read.Model.Name} has no parameter {parts[0].Trim()}", $"it has {string.Join(", ", read.Model.Parameters.Select(p => p.Name))}");
            if (!read.TryValue(parameter.Name, parts[1].Trim(), out var value)) return new($"--param \"{text}\" is not a value", $"write {read.ValuesOf(parameter.Name)}{(parameter.Unit is null or "1" ? "" : $" (in {parameter.Unit})")}");
            if (!values.TryAdd(parameter.Name, value)) return new($"--param sets {parameter.Name} twice", "give it once");
        }
        model = model.With(values);
        return null;
    }

    /// <summary>The records that --dose, --every and --days stand for.</summary>
    public static Misuse? Doses(SimulateRequest ask, ModelFile model, out IReadOnlyList<DoseRecord> records)
    {
        records = [];
        double amount;
        if (model.Units.TryGetValue(model.Model.Compartments[0].Name, out var unit))
        {
            if (!Amount(ask.Dose!, unit, out amount)) return new($"--dose \"{ask.Dose}\" is not a dose in {unit}", "give it with its unit, as 4.5mg");
        }
        // A model without units takes the number as it stands.
        else if (!DiaryOptions.Number(Parts(ask.Dose!).Number, out amount)) return new($"--dose \"{ask.Dose}\" is not a dose", "give a number, in the unit of the model");
        var count = (int)Math.Ceiling(24 * ask.Days / ask.EveryHours - 1e-9);
        records = [new("1", 0, 1, amount, IntervalHours: count > 1 ? ask.EveryHours : 0, Additional: count - 1)];
        return null;
    }

    /// <summary>A number with its unit, in another unit of the same kind.</summary>
    public static bool Amount(string text, string unit, out double value)
    {
        var (number, own) = Parts(text);
        var factor = own.Length == 0 ? null : ModelLanguage.Factor(own, unit);
        // Dividing by a whole factor rounds once: 250 micrograms are 0.25 mg to the last digit.
        value = DiaryOptions.Number(number, out var read) && factor is { } f ? (f < 1 ? read / (1 / f) : read * f) : double.NaN;
        return double.IsFinite(value);
    }

    private static (string Number, string Unit) Parts(string text)
    {
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or '-' or '+')) end++;
        var unit = text[end..].Trim();
        return (text[..end], unit is "micrograms" or "microgram" ? "ug" : unit);
    }
}
