using System.Globalization;
using Lowdose.Diary;
using Lowdose.Quantities;
using Lowdose.Science.Inference;
using NodaTime;

namespace Lowdose.Exchange;

/// <summary>Gathers the rows of several people, refusing the first that cannot be. Rows are kept small: there may be millions.</summary>
internal sealed class PeopleRows(PeopleFormat format)
{
    private const int MostPeople = 10_000_000;

    private readonly record struct Row(int Person, int Day, double Score, Mass? Dose, Arm? Arm, int? Period, int File, int Line);

    private readonly List<Row> _rows = [];
    private readonly List<double>[] _covariates = [.. format.Covariates.Select(_ => new List<double>())];
    private readonly Dictionary<string, int> _people = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly Dictionary<(int Person, int Period), (Arm Arm, int Line)> _arms = [];
    private readonly Dictionary<int, (string Sequence, int Line)> _sequences = [];
    private DiaryFormat _diary = format.Diary;
    private DiaryColumns _columns = null!;
    private ExtraColumns _extra = null!;
    private string? _onlyPerson;
    private int _file = -1;
    private bool? _dated;

    /// <summary>Takes a file's header; null where it is in order.</summary>
    public Refusal? Begin(PeopleFile file, string[] header, int line)
    {
        _file++;
        _diary = file.Format;
        _onlyPerson = format.FilesArePeople && _diary.PersonColumn is null && !header.Any(h => h.Trim().Equals("person", StringComparison.OrdinalIgnoreCase))
            ? Path.GetFileNameWithoutExtension(file.Name) : null;
        var diary = _diary with
        {
            PersonColumn = _onlyPerson is null ? _diary.PersonColumn ?? "person" : null,
            PeriodColumn = _diary.PeriodColumn ?? (format.NeedsPeriods ? "period" : null),
            Person = null,
        };
        var (columns, wrong) = DiaryColumns.Find(header, line, diary);
        if (columns is null) return wrong;
        var (extra, missing) = ExtraColumns.Find(header, line, format with { Diary = _diary });
        if (extra is null) return missing;
        if (_dated is { } dated && dated != columns.Date >= 0)
            return new(line, $"days are {(dated ? "numbered here and dates" : "dates here and numbered")} in an earlier file", "give the files one by one, or write all days alike");
        (_columns, _extra, _dated) = (columns, extra, columns.Date >= 0);
        return null;
    }

    /// <summary>Takes one record; null where it is in order.</summary>
    public Refusal? Take(string[] fields, int line)
    {
        var cells = new DiaryCells(_diary, line);
        if (Array.TrueForAll(fields, string.IsNullOrWhiteSpace) && (fields.Length > 1 || _columns.Count == 1)) return null;
        if (fields.Length < _columns.Count || (fields.Length > _columns.Count && !fields.Skip(_columns.Count).All(string.IsNullOrWhiteSpace)))
            return cells.Wrong($"the row has {fields.Length} field{(fields.Length == 1 ? "" : "s")} where the header has {_columns.Count}",
                "write every field, empty ones too, and put one that contains the delimiter in double quotes");
        var name = _onlyPerson ?? DiaryCells.Cell(fields, _columns.Person);
        if (name.Length == 0) return cells.Wrong("the person is empty", "write on every row whose it is");
        if (!_people.TryGetValue(name, out var person))
        {
            if (_names.Count == MostPeople) return cells.Wrong("there are more than ten million people", "check that the person column names people");
            _people.Add(name, person = _names.Count);
            _names.Add(name);
        }
        if (cells.Day(fields, _columns, out var day) is { } wrong) return wrong;
        var row = new Row(person, day.Day, day.Score ?? double.NaN, day.Dose, day.Arm, day.Period, _file, line);
        return Crossed(fields, cells, row) ?? Keep(fields, cells, row);
    }

    /// <summary>What only a crossover asks: one treatment a period, one sequence a person.</summary>
    private Refusal? Crossed(string[] fields, DiaryCells cells, Row row)
    {
        if (!format.NeedsPeriods) return null;
        if (row is { Period: { } period, Arm: Arm.Placebo or Arm.Ldn } && !_arms.TryAdd((row.Person, period), (row.Arm.Value, cells.Line))
            && _arms[(row.Person, period)] is var before && before.Arm != row.Arm)
            return cells.Wrong($"period {period} of \"{DiaryCells.Shown(_names[row.Person])}\" is assigned {Word(row.Arm.Value)} here and {Word(before.Arm)} on line {before.Line}", "give each period one arm, or number it as two");
        if (DiaryCells.Cell(fields, _extra.Sequence) is { Length: > 0 } sequence && !_sequences.TryAdd(row.Person, (sequence, cells.Line)) && _sequences[row.Person] is var other && other.Sequence != sequence)
            return cells.Wrong($"the sequence of \"{DiaryCells.Shown(_names[row.Person])}\" is \"{DiaryCells.Shown(sequence)}\" here and \"{DiaryCells.Shown(other.Sequence)}\" on line {other.Line}", "a person has one sequence");
        return null;
    }

    private Refusal? Keep(string[] fields, DiaryCells cells, Row row)
    {
        for (var c = 0; c < _covariates.Length; c++)
        {
            if (_extra.Number(fields, c, cells, out var value) is { } bad) return bad;
            _covariates[c].Add(value);
        }
        _rows.Add(row);
        return null;
    }

    /// <summary>The diaries, or why there are none.</summary>
    public PeopleReading Finish(IReadOnlyList<string> files)
    {
        if (_rows.Count == 0) return new(null, new(1, "there is no row with a day", "give one row a person and day below the header"), files[0]);
        var order = new int[_rows.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        var rows = _rows;
        Array.Sort(order, (a, b) => (rows[a].Person, rows[a].Day, a).CompareTo((rows[b].Person, rows[b].Day, b)));
        var first = 0;
        for (var i = 1; i < order.Length; i++)
        {
            var (earlier, later) = (rows[order[i - 1]], rows[order[i]]);
            if (earlier.Person != later.Person)
            {
                first = i;
                continue;
            }
            var name = $"{NameOf(later.Day)} of \"{DiaryCells.Shown(_names[later.Person])}\"";
            if (earlier.Day == later.Day)
                return new(null, new(later.Line, $"{name} is here and on line {earlier.Line}{(earlier.File == later.File ? "" : " of " + files[earlier.File])} too", "keep one row a person and day"), files[later.File]);
            if (later.Day - rows[order[first]].Day >= DiaryCsv.LongestSpanDays)
                return new(null, new(later.Line, $"{name} is more than {DiaryCsv.LongestSpanDays} days after their first", "check the year"), files[later.File]);
        }
        return new(Diaries(rows, order), null, null);
    }

    private IEnumerable<PersonDiary> Diaries(List<Row> rows, int[] order)
    {
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end < order.Length && rows[order[end]].Person == rows[order[start]].Person) end++;
            yield return Diary(rows, order.AsSpan(start, end - start));
            start = end;
        }
    }

    private PersonDiary Diary(List<Row> rows, ReadOnlySpan<int> own)
    {
        var written = new DiaryDay[own.Length];
        for (var i = 0; i < own.Length; i++)
        {
            var row = rows[own[i]];
            written[i] = new DiaryDay(row.Day, double.IsNaN(row.Score) ? null : row.Score, row.Dose, row.Arm, row.Period, null);
        }
        LocalDate? first = _dated == true ? DiaryCells.Epoch.PlusDays(written[0].Day) : null;
        var diary = new CourseDiary(format.Diary.Outcome, written, first);
        var covariates = new double[_covariates.Length][];
        for (var c = 0; c < covariates.Length; c++)
        {
            covariates[c] = new double[diary.Days.Count];
            Array.Fill(covariates[c], double.NaN);
            for (var i = 0; i < own.Length; i++) covariates[c][written[i].Day - written[0].Day] = _covariates[c][own[i]];
        }
        return new PersonDiary(_names[rows[own[0]].Person], diary, covariates);
    }

    private string NameOf(int number) => _dated == true
        ? DiaryCells.Epoch.PlusDays(number).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)
        : "day " + number.ToString(CultureInfo.InvariantCulture);

    private static string Word(Arm arm) => arm.ToString().ToLowerInvariant();
}
