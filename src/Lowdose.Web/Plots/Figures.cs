using System.Globalization;
using Lowdose.Quantities;
using Lowdose.Science.Inference;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Plots;

/// <summary>Numbers as they are written on screen: a true minus sign, one denominator, doses with their unit.</summary>
public static class Figures
{
    private static readonly LocalDatePattern Long = LocalDatePattern.CreateWithInvariantCulture("d MMM uuuu");
    private static readonly LocalDatePattern Short = LocalDatePattern.CreateWithInvariantCulture("d MMM");

    /// <summary>A coordinate for SVG: at most two decimals, never scientific.</summary>
    public static string At(double coordinate) => coordinate.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A percentage coordinate for SVG.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    /// <summary>A figure in score units with as many decimals as the scale deserves; a dash where there is none.</summary>
    /// <param name="value">Score units.</param>
    /// <param name="range">The range of the scale, score units.</param>
    public static string Score(double value, double range)
    {
        if (!double.IsFinite(value)) return "–";
        var text = value.ToString(range >= 10 ? "0.0" : range >= 1 ? "0.00" : "0.0000", CultureInfo.InvariantCulture);
        if (text.TrimStart('-').All(c => c is '0' or '.')) text = text.TrimStart('-');
        return text.Replace('-', '−');
    }

    /// <summary>A change in score units, its sign always written.</summary>
    public static string Change(double value, double range)
    {
        var text = Score(value, range);
        return value > 0 && text.Any(c => c is > '0' and <= '9') ? "+" + text : text;
    }

    /// <summary>A number as it was written: no decimals that are not there.</summary>
    public static string Plain(double value) =>
        double.IsFinite(value) ? value.ToString("0.######", CultureInfo.InvariantCulture).Replace('-', '−') : "–";

    /// <summary>A number as it is typed into a field.</summary>
    public static string Typed(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>"4.5 mg".</summary>
    public static string Dose(double mg) => Mass.FromMilligrams(Math.Round((decimal)mg, 6)).ToString();

    /// <summary>"4.5", where the unit stands beside.</summary>
    public static string DoseNumber(double mg) => Dose(mg).Replace(" mg", "", StringComparison.Ordinal);

    /// <summary>How many of twenty equally likely answers, for a probability.</summary>
    public static int InTwenty(double probability) => (int)Math.Clamp(Math.Round(20 * probability, MidpointRounding.AwayFromZero), 0, 20);

    /// <summary>"15 of 20"; never "0 of 20", which would be a promise.</summary>
    public static string OfTwenty(double probability) => !double.IsFinite(probability) ? "–" : InTwenty(probability) switch
    {
        0 => "fewer than 1 of 20",
        20 => "more than 19 of 20",
        var n => $"{n} of 20",
    };

    /// <summary>A probability for those who want the figure: two decimals, never 0 or 1.</summary>
    public static string Probability(double? p) => p is not { } value || !double.IsFinite(value) ? "–"
        : value < 0.005 ? "< 0.01" : value > 0.995 ? "> 0.99" : value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>"1 day", "14 days".</summary>
    public static string Days(int n) => n == 1 ? "1 day" : $"{n} days";

    /// <summary>"Day 12", or "Day 12, 14 Mar 2026" where the diary has dates.</summary>
    public static string Day(LocalDate? first, int day) => first is { } f ? $"Day {day}, {Long.Format(f.PlusDays(day - 1))}" : $"Day {day}";

    /// <summary>A tick on the time axis.</summary>
    public static string Tick(LocalDate? first, int day) => first is { } f ? Short.Format(f.PlusDays(day - 1)) : $"day {day}";

    /// <summary>"14 Mar 2026".</summary>
    public static string Date(LocalDate date) => Long.Format(date);

    /// <summary>A range of days as they are listed: "3, 7–9".</summary>
    public static string List(IReadOnlyList<int> days)
    {
        var parts = new List<string>();
        for (var i = 0; i < days.Count;)
        {
            var j = i;
            while (j + 1 < days.Count && days[j + 1] == days[j] + 1) j++;
            parts.Add(j == i ? $"{days[i]}" : $"{days[i]}–{days[j]}");
            i = j + 1;
        }
        return string.Join(", ", parts);
    }

    /// <summary>What the design can bear, in one sentence.</summary>
    public static string Of(Strength strength) => strength switch
    {
        Strength.Randomised => "Randomised and blinded: expectation and natural change are held apart from the drug.",
        Strength.RandomisedShort => "Told randomised, but with too few or too short blocks: judged as if it were open.",
        _ => "Open label: you knew what you took. Expectation and natural change are part of this.",
    };

    /// <summary>The verdict in two or three words.</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.TooEarly => "too early to tell",
        Verdict.Works => "works",
        Verdict.ProbablyWorks => "probably works",
        Verdict.ProbablyDoesNotWork => "probably does not work",
        Verdict.DoesNotWork => "does not work",
        Verdict.Harms => "does harm",
        _ => "unclear",
    };
}
