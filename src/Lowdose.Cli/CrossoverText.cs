using System.Globalization;
using System.Text;
using Lowdose.Diary;
using Lowdose.Science.Inference.Crossover;

namespace Lowdose.Cli;

/// <summary>A crossover's comparison as it is read in a terminal.</summary>
internal static class CrossoverText
{
    public static string Of(Comparison comparison, Outcome outcome, int discardDays)
    {
        var text = new StringBuilder();
        text.Paragraph("", $"{outcome.Name}, {Number(outcome.ScaleMin)} to {Number(outcome.ScaleMax)}, {(outcome.HigherIsBetter ? "higher" : "lower")} is better · "
            + $"{(comparison.People == 1 ? "1 person" : comparison.People.ToString("#,0", CultureInfo.InvariantCulture) + " people")}, {comparison.Both} with both treatments"
            + (discardDays > 0 ? $" · the first {Words.Count(discardDays, "day")} of every period left out" : ""));
        text.Append('\n');
        text.Paragraph("", Sentence(comparison));
        text.Append('\n').Append(CultureInfo.InvariantCulture, $"{"Drug − placebo",-24}{"effect",9}{"SE",9}{"df",9}{"p",10}\n");
        var (classical, mixed) = (comparison.Classical, comparison.Mixed);
        Row(text, "classical", classical.Treatment.Effect, classical.Treatment.Se, classical.Treatment.Df, classical.Treatment.P);
        Row(text, "mixed, Satterthwaite", mixed.Effect, mixed.Se, mixed.DfSatterthwaite, mixed.PSatterthwaite);
        Row(text, "mixed, Kenward–Roger", mixed.Effect, mixed.SeKenwardRoger, mixed.DfKenwardRoger, mixed.PKenwardRoger);
        Row(text, "permutation", double.NaN, double.NaN, double.NaN, comparison.Permutation.P);
        text.Append("\nBeside it\n");
        Row(text, "period 2 − 1", classical.Period.Effect, classical.Period.Se, classical.Period.Df, classical.Period.P);
        Row(text, "carryover", classical.Carryover.Effect, classical.Carryover.Se, classical.Carryover.Df, classical.Carryover.P);
        text.Section("Bear in mind", Caveats(comparison));
        return text.ToString();
    }

    private static string Sentence(Comparison comparison)
    {
        var treatment = comparison.Classical.Treatment;
        if (double.IsNaN(treatment.P)) return "There are too few people with both treatments, in too few orders, to test the drug against the placebo.";
        return $"On the drug scores were {Number(Math.Abs(treatment.Effect))} points {(treatment.Effect < 0 ? "lower" : "higher")} than on placebo "
            + $"(95% interval {Number(treatment.Lo)} to {Number(treatment.Hi)}; p {P(treatment.P)}).";
    }

    private static IEnumerable<string> Caveats(Comparison comparison)
    {
        if (comparison.Mixed.VarPerson == 0) yield return "The mixed model found no variance between people (a boundary of the model).";
        yield return "The carryover test has little power, and a choice made by it is biased. Plan a wash-out, or leave days out with --discard-days.";
        var table = comparison.Responders;
        yield return table.People == 0 ? "Nobody has scores before the first period, so a change of 30% cannot be counted."
            : $"Improved by 30% or more: {table.Both + table.DrugOnly} of {table.People} on the drug, {table.Both + table.PlaceboOnly} on placebo (exact McNemar p {P(table.ExactP)}).";
        if (!comparison.Permutation.Exact) yield return $"The permutation p is from {comparison.Permutation.Deals.ToString("#,0", CultureInfo.InvariantCulture)} random deals.";
    }

    private static void Row(StringBuilder text, string what, double effect, double se, double df, double p) =>
        text.Append(CultureInfo.InvariantCulture, $"  {what,-22}{Number(effect),9}{Number(se),9}{(double.IsNaN(df) ? "" : df.ToString("0.0", CultureInfo.InvariantCulture)),9}{P(p),10}\n");

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("0.##", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string P(double p) => double.IsNaN(p) ? "" : p < 0.001 ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);
}
