using System.Globalization;
using Lowdose.Diary;
using Lowdose.Exchange;

namespace Lowdose.Web.Diaries;

/// <summary>What each column of a diary probably holds, and how the outcome is probably scored: a guess, shown and changeable.</summary>
internal static class ColumnGuess
{
    private static readonly string[] DateNames = ["date", "datum", "day_date", "diary_date"];
    private static readonly string[] DayNames = ["day", "study_day", "day_number", "dag", "tag"];
    private static readonly string[] DoseNames = ["dose_mg", "dose", "ldn_mg", "ldn", "naltrexone_mg", "naltrexone", "mg", "medication", "drug", "taken", "melatonin"];
    private static readonly string[] PersonNames = ["person", "participant", "patient", "subject", "id", "pid", "code", "name"];
    private static readonly string[] ScoreNames = ["pain", "fatigue", "tiredness", "energy", "sleep", "mood", "function", "symptom", "score", "outcome", "severity"];
    private static readonly string[] BetterWhenHigher = ["energy", "mood", "function", "well", "sleep quality", "sleep_quality", "vitality", "capacity", "agency"];

    /// <summary>The format a file most probably has. A column named by the person, where there is such a one, is taken as said.</summary>
    /// <param name="table">The file.</param>
    /// <param name="said">What the person said; empty members are guessed.</param>
    public static DiaryFormat Of(DiaryTable table, SaidFormat said)
    {
        var header = table.Header;
        string? Said(string? name) => name is { Length: > 0 } && header.Contains(name) ? name : null;
        string? Named(IEnumerable<string> names) => names.Select(n => header.FirstOrDefault(h => Same(h, n))).FirstOrDefault(h => h is not null);

        var date = Said(said.Date) is { } d && IsDate(table, d) ? d : Named(DateNames) ?? header.FirstOrDefault(h => IsDate(table, h));
        var day = date is not null ? null : Said(said.Date) ?? Named(DayNames);
        var taken = new HashSet<string>(new[] { date, day }.OfType<string>());
        var dose = Said(said.Dose) ?? Named(DoseNames) ?? header.FirstOrDefault(h => DoseNames.Any(n => h.Contains(n, StringComparison.OrdinalIgnoreCase)) && IsNumeric(table, h));
        if (dose is not null) taken.Add(dose);
        if (Person(table) is { } person) taken.Add(person);
        var free = Numeric(table).Where(h => !taken.Contains(h)).ToList();
        var score = Said(said.Score)
            ?? ScoreNames.Select(n => free.FirstOrDefault(h => h.Contains(n, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(h => h is not null)
            ?? free.FirstOrDefault(h => !Same(h, "period") && !Same(h, "block"));

        var name = score ?? "pain";
        var (min, max) = said.Scale ?? Scale(table, name);
        var higher = said.HigherIsBetter ?? BetterWhenHigher.Any(n => name.Contains(n, StringComparison.OrdinalIgnoreCase));
        return new DiaryFormat
        {
            Outcome = new Outcome(name, min, max, higher, said.MeaningfulChange),
            Delimiter = table.Delimiter,
            DecimalMark = table.DecimalMark,
            DateColumn = date,
            DayColumn = day,
            DoseColumn = dose,
            PeriodColumn = Named(["period", "block"]),
            EventColumn = Named(["event", "events", "note", "notes", "comment"]),
            Person = said.Person is { Length: > 0 } p ? p : (People(table) is [var first, ..] ? first : null),
            NeedsPeriods = said.Randomised,
        };
    }

    /// <summary>The columns of numbers, in the file's order.</summary>
    public static IEnumerable<string> Numeric(DiaryTable table) => table.Header.Where(h => h.Length > 0 && IsNumeric(table, h));

    /// <summary>The column that says whose row it is; null where there seems to be none.</summary>
    public static string? Person(DiaryTable table) => PersonNames.Select(n => table.Header.FirstOrDefault(h => Same(h, n))).FirstOrDefault(h => h is not null);

    /// <summary>The people of a diary with more than one.</summary>
    public static IReadOnlyList<string> People(DiaryTable table)
    {
        var column = Index(table, "person");
        var people = column < 0 ? [] : table.Cells(column).Distinct().ToList();
        return people.Count > 1 ? people : [];
    }

    private static (double Min, double Max) Scale(DiaryTable table, string score)
    {
        var column = Index(table, score);
        if (column < 0 || table.Numbers(column) is not { } scores) return (0, 10);
        var (low, high) = (scores.Min(), scores.Max());
        return low < 0 ? (Math.Floor(low), Math.Ceiling(high)) : high <= 10 ? (0, 10) : high <= 100 ? (0, 100) : (0, Math.Ceiling(high));
    }

    private static bool IsNumeric(DiaryTable table, string name) => Index(table, name) is >= 0 and var column && table.Numbers(column) is not null;

    private static bool IsDate(DiaryTable table, string name) => Index(table, name) is >= 0 and var column
        && table.Cells(column).Take(20).ToList() is { Count: > 0 } cells
        && cells.TrueForAll(c => DateOnly.TryParseExact(c, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    private static int Index(DiaryTable table, string name)
    {
        for (var i = 0; i < table.Header.Count; i++)
            if (Same(table.Header[i], name)) return i;
        return -1;
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
