using System.Globalization;
using System.Text;
using Lowdose.Evidence;
using Lowdose.Exchange;

namespace Lowdose.Cli;

/// <summary>A power study as it is read in a terminal.</summary>
internal static class PowerText
{
    public static string Of(PowerAnswer answer)
    {
        var (design, points, text) = (answer.Design, answer.Points, new StringBuilder());
        var study = DesignStudies.Study(design, answer.Seed);
        text.Paragraph("", $"{(design.Title.Length > 0 ? design.Title + " · " : "")}{People(design.People)}, {study.Days} days each · {DesignText(design.Analysis)} · true effect {Number(design.Truth.Effect)} of 10 points"
            + $" · {design.Replicates.ToString("#,0", CultureInfo.InvariantCulture)} studies simulated, seed {answer.Seed}");
        if (answer.Search is { } search)
            text.Append('\n').Append(search.Least is { } least ? $"{char.ToUpperInvariant(search.Name[0])}{search.Name[1..]} for a power of {Number(search.Power)}: {least}\n" : $"No number of {search.Name} tried has a power of {Number(search.Power)}.\n");
        text.Append(CultureInfo.InvariantCulture, $"\n{answer.Varied ?? "",-16}{"power",8}{"95% interval",16}{"type I",9}{"coverage",10}{"type S",8}{"type M",8}\n");
        foreach (var (value, point) in points)
            text.Append(CultureInfo.InvariantCulture, $"{(value is { } v ? Number(v) : ""),-16}{Share(point.Power.Estimate),8}{Share(point.Power.Lo) + " to " + Share(point.Power.Hi),16}{Share(point.TypeIError.Estimate),9}{Share(point.Coverage?.Estimate ?? double.NaN),10}{Share(point.TypeS),8}{Number(point.TypeM),8}\n");
        if (points.Any(p => p.Point.Verdicts is not null)) Verdicts(text, answer);
        text.Section("Bear in mind", Remarks(answer));
        return text.ToString();
    }

    private static void Verdicts(StringBuilder text, PowerAnswer answer)
    {
        text.Append('\n');
        foreach (var (value, point) in answer.Points)
        {
            var all = (double)point.Verdicts!.Values.Sum();
            text.Paragraph("", (value is { } v ? $"{answer.Varied} {Number(v)}: " : "") + string.Join(", ", point.Verdicts.Where(c => c.Value > 0).OrderByDescending(c => c.Value).Select(c => $"{VerdictJson.Word(c.Key)} {Share(c.Value / all)}"))
                + $"; {Number(point.ExpectedDaysToVerdict ?? double.NaN)} days to a verdict on average.");
        }
    }

    private static IEnumerable<string> Remarks(PowerAnswer answer)
    {
        var points = answer.Points.Select(p => p.Point).ToArray();
        yield return "The truth is an assumption. Ask what the design shows if people differ more, or forget more days.";
        if (points.Any(p => p.TypeIError.Lo > 0.05) && answer.Design.Analysis != DesignAnalysis.Verdict)
            yield return "Without any effect this analysis finds one more often than 1 time in 20: its power is flattered. See docs/methods/power.md.";
        if (points.Any(p => p.Coverage is { Hi: < 0.95 }) && answer.Design.Truth.TauDays > 0 && answer.Design.Analysis != DesignAnalysis.Verdict)
            yield return "Intervals miss the full effect too often: the drug comes and goes slowly, and days of change are counted. Try discardDays.";
        if (points.Any(p => p.TypeM > 1.5)) yield return "Where this design finds an effect it makes it look over half as large again (type M).";
        if (points.Sum(p => p.Failed) is > 0 and var failed) yield return $"{failed} analyses had too little data for an answer; they count as not showing anything.";
    }

    private static string People(int n) => n == 1 ? "one person" : n.ToString("#,0", CultureInfo.InvariantCulture) + " people";

    private static string DesignText(DesignAnalysis analysis) => analysis switch
    {
        DesignAnalysis.Verdict => "a verdict on each",
        DesignAnalysis.Pool => "pooled, one stage",
        DesignAnalysis.Crossover => "crossover, mixed model of period means",
        _ => "crossover, permutation test",
    };

    private static string Share(double value) => double.IsNaN(value) ? "–" : value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.###", CultureInfo.InvariantCulture).Replace('-', '−');
}
