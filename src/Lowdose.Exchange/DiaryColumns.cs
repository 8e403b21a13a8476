using System.Text;

namespace Lowdose.Exchange;

/// <summary>Where each column of a diary stands in the file; −1 where an optional one is absent.</summary>
internal sealed record DiaryColumns(int Count, int Date, int Day, int Dose, int Score, int Arm, int Person, int Period, int Event)
{
    public static (DiaryColumns? Columns, Refusal? Refusal) Find(string[] header, int line, DiaryFormat format)
    {
        var names = header.Select(h => h.Trim()).ToArray();
        if (names.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return (null, new(line, $"the header names \"{DiaryCells.Shown(twice.Key)}\" twice", "rename one of the two columns"));
        return new Header(names, line).Resolve(format);
    }

    private sealed record Header(string[] Names, int Line)
    {
        public (DiaryColumns?, Refusal?) Resolve(DiaryFormat format)
        {
            // A name given as an option settles which of the two is meant.
            var date = format.DayColumn is null || format.DateColumn is not null ? IndexOf(format.DateColumn ?? "date") : -1;
            var day = format.DateColumn is null || format.DayColumn is not null ? IndexOf(format.DayColumn ?? "day") : -1;
            var outcome = format.OutcomeColumn ?? format.Outcome.Name;
            var columns = new DiaryColumns(Names.Length, date, day, IndexOf(format.DoseColumn ?? "dose_mg"), IndexOf(outcome), IndexOf(format.ArmColumn ?? "arm"),
                IndexOf(format.PersonColumn ?? "person"), IndexOf(format.PeriodColumn ?? "period"), IndexOf(format.EventColumn ?? "event"));
            var refusal = Missing(date < 0 && day < 0 && format.DayColumn is null, format.DateColumn ?? "date", "--date-column (or --day-column where days are numbered)")
                ?? Missing(day < 0 && format.DayColumn is not null, format.DayColumn ?? "day", "--day-column")
                ?? Missing(date < 0 && format.DateColumn is not null, format.DateColumn ?? "date", "--date-column")
                ?? (date >= 0 && day >= 0 ? new Refusal(Line, "there are both a date and a day column", "remove one, or say which to use with --date-column or --day-column") : null)
                ?? Missing(columns.Dose < 0, format.DoseColumn ?? "dose_mg", "--dose-column")
                ?? Missing(columns.Score < 0, outcome, "--outcome")
                ?? Missing(columns.Arm < 0 && format.ArmColumn is not null, format.ArmColumn ?? "", "--arm-column")
                ?? Missing(columns.Person < 0 && (format.PersonColumn ?? format.Person) is not null, format.PersonColumn ?? "person", "--person-column")
                ?? Missing(columns.Event < 0 && format.EventColumn is not null, format.EventColumn ?? "", "--event-column")
                ?? Missing(columns.Period < 0 && format.PeriodColumn is not null, format.PeriodColumn ?? "", "--period-column")
                ?? (columns.Period < 0 && format.NeedsPeriods ? new Refusal(Line, $"--randomised needs a period column and there is none (there are: {List()})",
                    "number the blocks 1, 2, … in a column \"period\", or name yours with --period-column") : null);
            return refusal is null ? (columns, null) : (null, refusal);
        }

        private Refusal? Missing(bool missing, string column, string option) => missing
            ? new(Line, $"there is no column \"{column}\" (there are: {List()})", $"name the column with {option}")
            : null;

        private string List() => string.Join(", ", Names.Take(20).Select(DiaryCells.Shown)) + (Names.Length > 20 ? ", …" : "");

        /// <summary>The column of that name; one that differs only in upper and lower case will do where it is the only one.</summary>
        private int IndexOf(string name)
        {
            var exact = Array.IndexOf(Names, name);
            if (exact >= 0) return exact;
            var alike = Enumerable.Range(0, Names.Length).Where(i => Names[i].Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
            return alike.Length == 1 ? alike[0] : -1;
        }
    }

    /// <summary>Where the header plainly uses another delimiter than the one given, says so; looks at bytes, since quotes parse wrongly then.</summary>
    public static Refusal? WrongDelimiter(ReadOnlySpan<byte> utf8, DiaryFormat format)
    {
        var start = utf8.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        var end = utf8[start..].IndexOfAny((byte)'\r', (byte)'\n');
        var header = Encoding.UTF8.GetString(end < 0 ? utf8[start..] : utf8.Slice(start, end));
        string[] expected = [format.DateColumn ?? "date", format.DayColumn ?? "day", format.DoseColumn ?? "dose_mg", format.OutcomeColumn ?? format.Outcome.Name];
        int Known(char delimiter) => header.Split(delimiter).Count(h => expected.Contains(h.Trim().Trim('"'), StringComparer.OrdinalIgnoreCase));
        var other = ((char[])[';', '\t', '|', ',']).MaxBy(Known);
        return Known(other) <= Known(format.Delimiter) ? null
            : new(1, $"the columns are separated by {Named(other)}, not by {Named(format.Delimiter)}", $"give --delimiter \"{Option(other)}\""
                + (other == ';' && format.DecimalMark == '.' ? " (and --decimal \",\" where numbers have a decimal comma)" : ""));
    }

    private static string Named(char delimiter) => delimiter == '\t' ? "tabs" : $"\"{delimiter}\"";

    private static string Option(char delimiter) => delimiter == '\t' ? "tab" : delimiter.ToString();
}
