using System.Globalization;
using System.Text;
using Lowdose.Diary;
using Lowdose.Quantities;

namespace Lowdose.Cli;

/// <summary>The diary as a small plot in characters: scores, the fitted level, and a band of doses below.</summary>
internal static class DiaryPlot
{
    private const int Rows = 11;
    private const int MostColumns = 66;
    private const int Margin = 8;

    public static string Of(CourseVerdict verdict)
    {
        var (diary, course) = (verdict.Diary, verdict.Judgement.Course);
        var columns = Math.Min(MostColumns, course.Days);
        int ColumnOf(int day) => (int)((long)(day - 1) * columns / course.Days);
        int RowOf(double score) => Math.Clamp((int)Math.Round((course.ScaleMax - score) / course.Range * (Rows - 1)), 0, Rows - 1);

        var canvas = new char[Rows, columns];
        foreach (var day in verdict.Judgement.Fitted) canvas[RowOf(day.Mean), ColumnOf(day.Day)] = '─';
        foreach (var column in diary.Days.Where(d => d.Score.HasValue).GroupBy(d => ColumnOf(d.Day)))
            canvas[RowOf(column.Average(d => d.Score!.Value)), column.Key] = '•';

        var text = new StringBuilder();
        for (var row = 0; row < Rows; row++)
        {
            var label = row is 0 or Rows - 1 or Rows / 2 ? Words.Score(course.ScaleMax - course.Range * row / (Rows - 1), course.Range) : "";
            text.Append(CultureInfo.InvariantCulture, $"{Fitting(label),Margin - 2} │");
            var line = new char[columns];
            for (var c = 0; c < columns; c++) line[c] = canvas[row, c] == default ? ' ' : canvas[row, c];
            text.Append(new string(line).TrimEnd()).Append('\n');
        }
        text.Append(' ', Margin - 1).Append('└').Append('─', columns).Append('\n');
        text.Append("   dose ").Append(DoseBand(diary, columns, ColumnOf)).Append('\n');
        text.Append(' ', Margin).Append(Ends(diary, columns)).Append('\n');
        text.Append("        • score (mean of the days in a column)   ─ fitted level\n");
        return text.ToString();
    }

    /// <summary>Each dose's amount where its stretch begins, and a line as far as it lasts; off the drug is a dot.</summary>
    private static string DoseBand(CourseDiary diary, int columns, Func<int, int> columnOf)
    {
        var doses = new Mass[columns];
        foreach (var column in Enumerable.Range(1, diary.Days.Count).GroupBy(columnOf))
            doses[column.Key] = column.GroupBy(day => diary.Doses[day - 1]).MaxBy(g => g.Count())!.Key;
        var band = new StringBuilder();
        for (var start = 0; start < columns;)
        {
            var end = start;
            while (end < columns && doses[end] == doses[start]) end++;
            var label = doses[start] == Mass.Zero ? "" : doses[start].ToString().Replace(" mg", "", StringComparison.Ordinal);
            var filler = doses[start] == Mass.Zero ? '·' : '▬';
            band.Append(label.Length < end - start ? label.PadRight(end - start, filler) : new string(filler, end - start));
            start = end;
        }
        return band.ToString();
    }

    private static string Ends(CourseDiary diary, int columns)
    {
        var (first, last) = (diary.NameOf(1), diary.NameOf(diary.Days.Count));
        if (first == last) return first;
        return columns > first.Length + last.Length ? first + last.PadLeft(columns - first.Length) : $"{first} to {last}";
    }

    private static string Fitting(string label) => label.Length <= Margin - 2 ? label : "";
}
