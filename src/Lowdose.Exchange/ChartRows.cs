using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Exchange;

/// <summary>Gathers the rows of a file of treated patients, refusing the first that cannot be.</summary>
internal sealed class ChartRows
{
    private const double MostDays = 36_525;

    private readonly ChartFormat _format;
    private readonly Dictionary<string, int> _places;
    private readonly int _count, _by;
    private readonly List<ChartPatient> _patients = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    private ChartRows(ChartFormat format, Dictionary<string, int> places, int count, int by) => (_format, _places, _count, _by) = (format, places, count, by);

    public IReadOnlyList<ChartPatient> Patients => _patients;

    public static (ChartRows? Rows, Refusal? Refusal) Of(string[] header, int line, ChartFormat format)
    {
        string[] names = [.. header.Select(h => h.Trim())];
        if (StrictCsv.Twice(names, line) is { } twice) return (null, twice);
        Refusal Missing(string column, string option) => new(line, $"there is no column \"{DiaryCells.Shown(column)}\" (there are: {StrictCsv.Listed(names)})", $"name the column with {option}");
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in ChartFormat.ColumnNames)
            if (StrictCsv.IndexOf(names, format.NameOf(column)) is >= 0 and var at) places.Add(column, at);
            else if (format.Columns.TryGetValue(column, out var told)) return (null, Missing(told, Option(column)));
        if (!places.ContainsKey("response") && !places.ContainsKey("stopped") && !places.ContainsKey("side_effects"))
            return (null, new(line, $"there is no column \"response\", \"stopped\" or \"side_effects\" (there are: {StrictCsv.Listed(names)})", "name one with --response-column, --stopped-column or --side-effects-column"));
        if (places.ContainsKey("started") != places.ContainsKey("last")) return (null, Missing(places.ContainsKey("started") ? "last" : "started", places.ContainsKey("started") ? "--last-column" : "--started-column"));
        if (places.ContainsKey("days") && places.ContainsKey("started")) return (null, new(line, "time on the drug is told twice, by \"days\" and by two dates", "leave one of them out"));
        if ((places.ContainsKey("days") || places.ContainsKey("started")) && !places.ContainsKey("stopped")) return (null, Missing(format.NameOf("stopped"), "--stopped-column"));
        var by = format.By is { } group ? StrictCsv.IndexOf(names, group) : -1;
        return format.By is { } wanted && by < 0 ? (null, Missing(wanted, "--by")) : (new(format, places, names.Length, by), null);
    }

    /// <summary>The option that names a column.</summary>
    public static string Option(string column) => $"--{column.Replace('_', '-')}-column";

    /// <summary>Takes one record; null where it is in order.</summary>
    public Refusal? Take(string[] fields, int line)
    {
        if (Array.TrueForAll(fields, string.IsNullOrWhiteSpace) && (fields.Length > 1 || _count == 1)) return null;
        if (StrictCsv.WrongWidth(fields, _count, line) is { } width) return width;
        bool? stopped = null, response = null;
        double? days = null;
        if ((Person(fields, line) ?? YesNo(fields, "stopped", line, out stopped) ?? YesNo(fields, "response", line, out response) ?? Days(fields, line, out days)) is { } wrong) return wrong;
        if (days is not null && stopped is null) return new(line, $"{Named("stopped")} is empty beside a time on the drug", "write yes where it was stopped then, no where it went on");
        var reason = Cell(fields, "reason") is { Length: > 0 } why ? why : null;
        if (reason is not null && stopped != true) return new(line, $"a reason to stop is given (\"{DiaryCells.Shown(reason)}\"), but {Named("stopped")} is {(stopped is null ? "empty" : "no")}", "write yes there, or leave the reason empty");
        var group = _by < 0 ? null : fields[_by].Trim();
        if (group is "") return new(line, $"the group {_format.By} is empty", "write a group for every patient, such as \"not known\"");
        _patients.Add(new(days, stopped, reason, response, SideEffects(fields), group));
        return null;
    }

    private string Cell(string[] fields, string column) => _places.TryGetValue(column, out var at) ? fields[at].Trim() : "";

    private string Named(string column) => _format.NameOf(column);

    private Refusal? Person(string[] fields, int line)
    {
        if (Cell(fields, "person") is not { Length: > 0 } name || _lines.TryAdd(name, line)) return null;
        return new(line, $"the person {DiaryCells.Shown(name)} stands already in line {_lines[name].ToString(CultureInfo.InvariantCulture)}", "give one row a patient");
    }

    private Refusal? YesNo(string[] fields, string column, int line, out bool? value)
    {
        var cell = Cell(fields, column);
        value = cell.ToLowerInvariant() switch { "yes" or "y" or "1" or "true" => true, "no" or "n" or "0" or "false" => false, _ => null };
        return value is not null || cell.Length == 0 ? null : new(line, $"{Named(column)} is \"{DiaryCells.Shown(cell)}\"", "write yes or no, or leave it empty where the chart does not say");
    }

    private Refusal? Days(string[] fields, int line, out double? days)
    {
        days = null;
        if (Cell(fields, "days") is { Length: > 0 } cell)
        {
            if (!double.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || !(number > 0 && number <= MostDays))
                return new(line, $"{Named("days")} is \"{DiaryCells.Shown(cell)}\"", "write days above 0 with a decimal point, 1 for one who stopped on the first day; empty where it is not known");
            days = number;
        }
        var (started, last) = (Cell(fields, "started"), Cell(fields, "last"));
        if (started.Length == 0 || last.Length == 0) return null;
        var to = default(LocalDate);
        if ((Date(started, "started", line, out var from) ?? Date(last, "last", line, out to)) is { } wrong) return wrong;
        if (to < from) return new(line, $"{Named("last")} {last} is before {Named("started")} {started}", "mend one of the two dates");
        // Whoever stopped on the first day was on it for a day.
        days = Math.Max(1, Period.DaysBetween(from, to));
        return null;
    }

    private Refusal? Date(string cell, string column, int line, out LocalDate date)
    {
        var parsed = LocalDatePattern.Iso.Parse(cell);
        date = parsed.Success ? parsed.Value : default;
        return parsed.Success ? null : new(line, $"{Named(column)} \"{DiaryCells.Shown(cell)}\" is not a date", "write it as year-month-day, such as 2026-03-01");
    }

    /// <summary>Divided at semicolons; "none" is none, an empty cell is not known.</summary>
    private string[]? SideEffects(string[] fields)
    {
        var cell = Cell(fields, "side_effects");
        return cell.Length == 0 ? null : cell.Equals("none", StringComparison.OrdinalIgnoreCase) ? []
            : [.. cell.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(e => e.ToLowerInvariant()).Distinct()];
    }
}
