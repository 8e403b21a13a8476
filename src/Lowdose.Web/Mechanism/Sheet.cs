using System.Globalization;
using Lowdose.Web.Plots;
using Lowdose.Web.Screens;

namespace Lowdose.Web.Mechanism;

/// <summary>Numbers of the models as words and axes.</summary>
internal static class Sheet
{
    /// <summary>A number with two figures that count, or three where it begins with 1, without zeros that say nothing.</summary>
    public static string Short(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return value == 0 ? "0" : "–";
        var size = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var digits = Math.Max(0, (Math.Abs(value) / Math.Pow(10, size) < 2 ? 2 : 1) - size);
        if (size >= 3)
        {
            var last = Math.Pow(10, size - (Math.Abs(value) / Math.Pow(10, size) < 2 ? 2 : 1));
            return (Math.Round(value / last) * last).ToString("#,0", CultureInfo.InvariantCulture).Replace('-', '−');
        }
        return Math.Round(value, Math.Min(digits, 9)).ToString("0.#########", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>A share as whole percent.</summary>
    public static string Percent(double share) => $"{Math.Round(100 * share).ToString("0", CultureInfo.InvariantCulture)} %";

    /// <summary>A change in tone as percent of what it was before the drug.</summary>
    public static string Change(double share)
    {
        var percent = Math.Round(100 * share);
        return percent == 0 ? "0 %" : $"{(percent > 0 ? "+" : "−")}{Math.Abs(percent).ToString("0", CultureInfo.InvariantCulture)} %";
    }

    /// <summary>Hours as days with one decimal.</summary>
    public static string Days(double hours) => Figures.Plain(Math.Round(hours / 24, 1));

    /// <summary>A clock time, hours after the first dose.</summary>
    public static string Clock(Question q, double hours)
    {
        var minutes = (q.AtMinutes + (int)Math.Round(60 * hours)) % 1440;
        return string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}:{minutes % 60:00}");
    }

    /// <summary>The last two days, by the clock.</summary>
    public static Axis LastDays(Answer answer) =>
        new(answer.Hours[0], answer.Hours[^1], [.. Enumerable.Range(0, (int)(answer.Hours[^1] - answer.Hours[0]) / 12 + 1).Select(i => answer.Hours[0] + 12 * i).Select(h => (h, Clock(answer.Question, h)))]);

    /// <summary>What the clock axis measures.</summary>
    public static string LastDaysName(Question q) => q.Days == 1 ? "clock time, day 1" : $"clock time, days {q.Days - 1} and {q.Days}";

    /// <summary>When doses are taken in the last two days.</summary>
    public static IReadOnlyList<(double, string)> Doses(Answer answer) =>
        [.. Enumerable.Range(1, answer.Question.Days).Where(d => !answer.Question.Missed.Contains(d)).Select(d => 24.0 * (d - 1)).Where(h => h >= answer.Hours[0]).Select(h => (h, $"a dose, {Clock(answer.Question, h)}"))];

    /// <summary>Points of a line.</summary>
    public static IReadOnlyList<(double, double)> Points(double[] hours, double[] values) => [.. hours.Zip(values)];

    /// <summary>Points of a band.</summary>
    public static IReadOnlyList<(double, double, double)> Points(double[] hours, (double Low, double High)[] band) => [.. hours.Zip(band, (h, b) => (h, b.Low, b.High))];

    /// <summary>How well a curve is known and where it is from, for who points at it.</summary>
    public static string Told(char level, IEnumerable<string> sources) => $"{level}: {Views.Words(level)}. Sources: {string.Join("; ", Titles(sources))}";

    /// <summary>The sources' titles.</summary>
    public static IEnumerable<string> Titles(IEnumerable<string> sources) =>
        sources.Select(id => Loaded.Knowledge.Sources.TryGetValue(id, out var source) ? $"{source.Id}, {source.Title}{(source.Citation is { } citation ? $" ({citation})" : "")}" : id);

    /// <summary>How well the levels are known: at 16 mg and more they were measured, with healthy kidneys and a liver that was studied.</summary>
    public static char LevelOfLevels(Question q) => q is { DoseMg: >= 16, KidneyMlPerMin: 120, Liver: "none" or "severe" } ? 'A' : 'B';

    /// <summary>How well the model of the tone is known.</summary>
    public static char LevelOfTone(Question q) => Runs.Tones.First(t => t.Word == q.Tone).Level;

    /// <summary>The class of a view's line.</summary>
    public static string Style(View view) => "line-" + view.Word;
}
