using System.Globalization;
using Lowdose.Diary;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Exchange;

/// <summary>Gathers the rows of a diary, refusing the first that cannot be.</summary>
internal sealed class DiaryRows(DiaryColumns columns, DiaryFormat format)
{
    private readonly Dictionary<int, (DiaryDay Day, int Line)> _days = [];
    private readonly Dictionary<Mass, int> _doses = [];
    private string? _person;
    private (int Number, int Line) _first = (int.MaxValue, 0), _last = (int.MinValue, 0);

    /// <summary>Takes one record; null where it is in order.</summary>
    public Refusal? Take(string[] fields, int line)
    {
        var cells = new DiaryCells(format, line);
        if (Array.TrueForAll(fields, string.IsNullOrWhiteSpace) && (fields.Length > 1 || columns.Count == 1)) return null;
        if (fields.Length < columns.Count)
            return cells.Wrong($"the row has {Fields(fields.Length)} where the header has {columns.Count}", "write every field, empty ones too; between two delimiters nothing is a missing value");
        if (fields.Length > columns.Count && !fields.Skip(columns.Count).All(string.IsNullOrWhiteSpace))
            return cells.Wrong($"the row has {Fields(fields.Length)} where the header has {columns.Count}", "put a field that contains the delimiter in double quotes"
                + (format is { Delimiter: ',', DecimalMark: '.' } ? "; for decimal commas save with another delimiter and give --delimiter and --decimal" : ""));
        if (columns.Person >= 0)
        {
            var person = DiaryCells.Cell(fields, columns.Person);
            if (format.Person is not null && person != format.Person) return null;
            if (person != (_person ??= person))
                return cells.Wrong($"a second person, \"{DiaryCells.Shown(person)}\", after \"{DiaryCells.Shown(_person)}\"", "a verdict is on one person: give --person NAME, or a file for each");
        }
        if (cells.Day(fields, columns, out var day) is { } wrong) return wrong;
        var happened = DiaryCells.Cell(fields, columns.Event);
        return Keep(new(day.Day, day.Score, day.Dose, day.Arm, day.Period, happened.Length == 0 ? null : happened), line);
    }

    /// <summary>The diary, or why there is none.</summary>
    public DiaryReading Finish()
    {
        if (_days.Count == 0)
            return DiaryCsv.Refuse(format.Person is null ? new(1, "there is no row with a day", "give one row a day below the header")
                : new(1, $"there is no row of the person \"{format.Person}\"", "check the name given with --person"));
        LocalDate? firstDate = columns.Date >= 0 ? DiaryCells.Epoch.PlusDays(_first.Number) : null;
        return new(new CourseDiary(format.Outcome, [.. _days.Values.Select(d => d.Day)], firstDate), null) { LineOf = date => _days[Period.DaysBetween(DiaryCells.Epoch, date)].Line };
    }

    private Refusal? Keep(DiaryDay day, int line)
    {
        if (_days.TryGetValue(day.Day, out var earlier))
            return new(line, $"{NameOf(day.Day)} is here and on line {earlier.Line} too", "keep one row a day");
        _days.Add(day.Day, (day, line));
        if (day.Dose is { } dose && dose > Mass.Zero && _doses.TryAdd(dose, line) && _doses.Count > DiaryCsv.MostDoses)
            return new(line, $"this is the {_doses.Count}st different dose; a course has at most {DiaryCsv.MostDoses}", "check that the dose column holds doses, or name it with --dose-column");
        if (day.Day < _first.Number) _first = (day.Day, line);
        if (day.Day > _last.Number) _last = (day.Day, line);
        var span = (long)_last.Number - _first.Number + 1;
        if (span <= DiaryCsv.LongestSpanDays) return null;
        var other = line == _first.Line ? _last : _first;
        return new(line, string.Create(CultureInfo.InvariantCulture, $"{NameOf(day.Day)} is {span:#,0} days from {NameOf(other.Number)} on line {other.Line}; a diary spans at most {DiaryCsv.LongestSpanDays:#,0}"),
            "check the year, or give the diary in parts");
    }

    private string NameOf(int number) => columns.Date >= 0
        ? DiaryCells.Epoch.PlusDays(number).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)
        : "day " + number.ToString(CultureInfo.InvariantCulture);

    private static string Fields(int n) => n == 1 ? "1 field" : $"{n} fields";
}
