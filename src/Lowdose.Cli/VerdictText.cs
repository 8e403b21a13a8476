using System.Globalization;
using System.Text;
using Lowdose.Diary;
using Lowdose.Science.Inference;

namespace Lowdose.Cli;

/// <summary>A verdict as it is read in a terminal, no wider than 80 columns.</summary>
internal static class VerdictText
{
    private const int Width = 78;

    public static string Of(CourseVerdict verdict)
    {
        var text = new StringBuilder();
        var judgement = verdict.Judgement;
        Paragraph(text, "", Heading(verdict));
        text.Append('\n');
        Paragraph(text, "", verdict.Sentence);
        Section(text, "Because", verdict.Because);
        text.Append('\n').Append(DiaryPlot.Of(verdict));
        if (judgement.Doses.Count > 0) DosesTable(text, judgement);
        if (verdict.Trials is { } trials) Beside(text, judgement, trials);
        Section(text, "Bear in mind", verdict.Warnings.Select(w => w.Text));
        Section(text, "What would settle it", [verdict.Settle]);
        text.Append('\n');
        Paragraph(text, "", "Lowdose does not prescribe. Show this to your prescriber before you change anything.");
        return text.ToString();
    }

    private static string Heading(CourseVerdict verdict)
    {
        var (course, outcome) = (verdict.Judgement.Course, verdict.Diary.Outcome);
        var design = verdict.Judgement.Strength switch
        {
            Strength.Randomised => "randomised",
            Strength.RandomisedShort => "randomised, too short",
            _ => "open label",
        };
        return $"{outcome.Name}, {Words.Score(course.ScaleMin, course.Range)} to {Words.Score(course.ScaleMax, course.Range)}, "
            + $"{(course.HigherIsBetter ? "higher" : "lower")} is better · {Words.Count(course.Days, "day")}, {verdict.Judgement.Observed} scored · {design}";
    }

    private static void DosesTable(StringBuilder text, Judgement judgement)
    {
        var course = judgement.Course;
        var enough = Words.Score(course.Mcid, course.Range);
        text.Append("\nDoses (effect in points with the 95% range; chances)\n");
        text.Append(CultureInfo.InvariantCulture, $"  {"dose",-10}{"days",5}  {"effect",-26}{"any benefit",-14}{enough} or more\n");
        foreach (var dose in judgement.Doses)
        {
            string Score(double value) => Words.Score(value, course.Range).Replace('-', '−');
            var effect = $"{Score(dose.Effect.Mean)} ({Score(dose.Effect.Q025)} to {Score(dose.Effect.Q975)})";
            text.Append(CultureInfo.InvariantCulture, $"  {Words.Dose(dose.Mg),-10}{dose.Days,5}  {effect,-26}{Brief(dose.ProbAnyBenefit),-14}{Brief(dose.ProbMeaningfulBenefit)}\n");
        }
    }

    /// <summary>Each dose's effect from either start, side by side.</summary>
    private static void Beside(StringBuilder text, Judgement judgement, TrialsBeside trials)
    {
        var course = judgement.Course;
        string Effect(DoseJudgement dose) => string.Join(' ', new[] { dose.Effect.Mean, dose.Effect.Q025, dose.Effect.Q975 }.Select((v, i) => (i == 1 ? "(" : i == 2 ? "to " : "") + Words.Score(v, course.Range).Replace('-', '−'))) + ")";
        text.Append("\nWith the trials' evidence beside\n");
        text.Append(CultureInfo.InvariantCulture, $"  {"dose",-10}{"starting from doubt",-28}starting from the trials\n");
        foreach (var (doubt, told) in judgement.Doses.Zip(trials.Doses))
            text.Append(CultureInfo.InvariantCulture, $"  {Words.Dose(doubt.Mg),-10}{Effect(doubt),-28}{Effect(told)}\n");
        foreach (var sentence in trials.Says) Paragraph(text, "  ", sentence);
    }

    private static string Brief(double probability) => Words.Chance(probability).Replace("fewer than ", "< ", StringComparison.Ordinal).Replace("more than ", "> ", StringComparison.Ordinal);

    private static void Section(StringBuilder text, string title, IEnumerable<string> items)
    {
        var any = false;
        foreach (var item in items)
        {
            if (!any) text.Append('\n').Append(title).Append('\n');
            any = true;
            Paragraph(text, "  ", item);
        }
    }

    /// <summary>Wraps at words; lines after the first are indented two further.</summary>
    private static void Paragraph(StringBuilder text, string indent, string words)
    {
        var column = indent.Length;
        text.Append(indent);
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > indent.Length && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(indent);
                if (indent.Length > 0) text.Append("  ");
                column = indent.Length * 2;
            }
            else if (column > indent.Length)
            {
                text.Append(' ');
                column++;
            }
            text.Append(word);
            column += word.Length;
        }
        text.Append('\n');
    }
}
