using System.Globalization;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Exchange;

/// <summary>Takes the rows of an event file.</summary>
internal sealed class EventRows(EventColumns columns, ModelFile model)
{
    public List<DoseRecord> Records { get; } = [];

    /// <summary>Takes one row; null where it is in order.</summary>
    public Refusal? Take(string[] fields, int line)
    {
        if (Array.TrueForAll(fields, string.IsNullOrWhiteSpace) && (fields.Length > 1 || columns.Count == 1)) return null;
        if (fields.Length != columns.Count)
            return new(line, $"the row has {fields.Length} field{(fields.Length == 1 ? "" : "s")} where the header has {columns.Count}", "write every field, empty ones too; a decimal comma is not read here");
        int kind = 0, compartment = 1, additional = 0, steady = 0;
        double amount = 0, rate = 0, interval = 0;
        var wrong = Number(fields, "TIME", line, out var time) ?? Number(fields, "AMT", line, out amount) ?? Number(fields, "RATE", line, out rate) ?? Number(fields, "II", line, out interval)
            ?? Whole(fields, "EVID", line, amount != 0 ? 1 : 0, out kind) ?? Compartment(fields, line, out compartment)
            ?? Whole(fields, "ADDL", line, 0, out additional) ?? Whole(fields, "SS", line, 0, out steady);
        if (wrong is not null) return wrong;
        if (Cell(fields, "TIME").Length == 0) return new(line, "TIME is empty", "write the time in hours");
        if (Changes(fields, line, out var changes) is { } odd) return odd;
        var id = columns.Fields.TryGetValue("ID", out var at) ? fields[at].Trim() : "1";
        if (id.Length is 0 or > 100) return new(line, id.Length == 0 ? "ID is empty" : "ID has more than 100 letters", "name whom the record is about");
        Records.Add(new(id, time, kind, amount, compartment, rate, interval, additional, steady, changes, line));
        return null;
    }

    private string Cell(string[] fields, string column)
    {
        // A point alone is NONMEM's way to say that nothing is there.
        if (!columns.Fields.TryGetValue(column, out var at)) return "";
        return fields[at].Trim() is var cell and not "." ? cell : "";
    }

    private Refusal? Number(string[] fields, string column, int line, out double value)
    {
        value = 0;
        var cell = Cell(fields, column);
        if (cell.Length == 0 || Parsed(cell, out value)) return null;
        return new(line, $"{column} \"{DiaryCells.Shown(cell)}\" is not a number",
            column == "TIME" && cell.Contains(':', StringComparison.Ordinal) ? "write hours with a decimal point, as 10.5 for half past ten" : "write a plain number with a decimal point and no unit");
    }

    private Refusal? Whole(string[] fields, string column, int line, int otherwise, out int value)
    {
        value = otherwise;
        var cell = Cell(fields, column);
        if (cell.Length == 0) return null;
        if (!Parsed(cell, out var number) || number != Math.Truncate(number) || Math.Abs(number) > 1e9) return new(line, $"{column} \"{DiaryCells.Shown(cell)}\" is not a whole number", "write a whole number");
        value = (int)number;
        return null;
    }

    private Refusal? Compartment(string[] fields, int line, out int number)
    {
        var cell = Cell(fields, "CMT");
        number = 1 + model.Model.Compartments.Index().FirstOrDefault(c => c.Item.Name.Equals(cell, StringComparison.OrdinalIgnoreCase), (-1, null!)).Index;
        if (number > 0) return null;
        if (cell.Length == 0 || char.IsAsciiDigit(cell[0]) || cell[0] is '-' or '+') return Whole(fields, "CMT", line, 1, out number);
        return new(line, $"there is no compartment {DiaryCells.Shown(cell)}", $"the compartments are {string.Join(", ", model.Model.Compartments.Select((c, i) => FormattableString.Invariant($"{i + 1} {c.Name}")))}");
    }

    private Refusal? Changes(string[] fields, int line, out IReadOnlyDictionary<int, double>? changes)
    {
        Dictionary<int, double>? found = null;
        changes = null;
        foreach (var (column, parameter) in columns.Overrides)
        {
            var cell = fields[column].Trim();
            if (cell is "" or ".") continue;
            var name = model.Model.Parameters[parameter].Name;
            if (!model.TryValue(name, cell, out var value)) return new(line, $"{name} \"{DiaryCells.Shown(cell)}\" is not a number", $"write {model.ValuesOf(name)}, or leave the cell empty to keep what was");
            (found ??= [])[parameter] = value;
        }
        changes = found;
        return null;
    }

    private static bool Parsed(string cell, out double value) =>
        double.TryParse(cell, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
