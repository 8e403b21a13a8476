using System.Globalization;
using System.Text;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Cli;

/// <summary>A meta-analysis as it is read in a terminal.</summary>
internal static class MetaText
{
    private const int MostStudies = 60, LongestName = 26;

    public static string Of(StudyTable table, MetaAnalysis analysis)
    {
        var (text, fit, scale) = (new StringBuilder(), analysis.Fit, new MetaScale(table));
        text.Paragraph("", $"{scale.Name} ({table.Measure}) · {MetaWords.Studies(fit.K)} · {MetaWords.Method(analysis.Set.Method)} ({analysis.Set.Method}) · {MetaWords.Test(fit.Test)}");
        text.Append('\n');
        text.Paragraph("", MetaWords.Sentence(table, fit));
        if (table.Moderators.Count == 0) text.Paragraph("", $"{(double.IsNaN(fit.Df) ? "z" : $"t with {fit.Df.ToString(CultureInfo.InvariantCulture)} degrees of freedom")} is {MetaScale.Written(fit.Pooled.Statistic)}, p {MetaScale.P(fit.Pooled.P)}.");
        if (MetaWords.Prediction(table, fit) is { } prediction) text.Paragraph("", prediction);
        text.Paragraph("", MetaWords.Differences(analysis));
        Studies(text, table, fit, scale);
        if (table.Moderators.Count > 0) Moderators(text, table, fit);
        if (analysis.Subgroups is { } subgroups) Groups(text, table, subgroups, scale);
        text.Section("Do the small studies agree?", MetaWords.Missing(table, analysis));
        if (analysis.LeaveOneOut.Count > 0) text.Section("Without one study", [Extremes(table, analysis, scale)]);
        text.Section("Bear in mind", MetaWords.Notes(table, analysis));
        return text.ToString();
    }

    private static void Studies(StringBuilder text, StudyTable table, MetaFit fit, MetaScale scale)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{"study",-LongestName}{"effect",10}   {"95% interval",-22}{"weight",8}\n");
        for (var i = 0; i < Math.Min(MostStudies, table.Effects.Count); i++)
        {
            var (y, half) = (table.Effects[i].Estimate, table.Effects[i].HalfWidth);
            Row(text, table.Names[i], scale.Own(y, i), scale.Own(y - half, i), scale.Own(y + half, i), fit.Weights[i].ToString("0.0", CultureInfo.InvariantCulture) + "%");
        }
        if (table.Effects.Count > MostStudies) text.Append(CultureInfo.InvariantCulture, $"… and {table.Effects.Count - MostStudies:#,0} more; --json lists all\n");
        if (table.Moderators.Count == 0) Row(text, "pooled", scale.Pooled(fit.Pooled.Estimate), scale.Pooled(fit.Pooled.Lo), scale.Pooled(fit.Pooled.Hi), "");
    }

    private static void Moderators(StringBuilder text, StudyTable table, MetaFit fit)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{"coefficient",-LongestName}{"estimate",10}   {"95% interval",-22}{"p",8}\n");
        foreach (var (name, own) in table.Moderators.Select(m => m.Name).Prepend("intercept").Zip(fit.Coefficients)) Row(text, name, own.Estimate, own.Lo, own.Hi, MetaScale.P(own.P));
        text.Paragraph("", $"Together: {(double.IsNaN(fit.Moderators.DfBelow) ? "χ²" : "F")} {MetaScale.Written(fit.Moderators.Statistic)}, p {MetaScale.P(fit.Moderators.P)}"
            + (double.IsNaN(fit.R2) ? "." : $"; they explain {MetaWords.Percent(fit.R2)} of the variance between studies."));
    }

    private static void Groups(StringBuilder text, StudyTable table, Subgroups subgroups, MetaScale scale)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{"group",-LongestName}{"effect",10}   {"95% interval",-22}{"studies",8}\n");
        foreach (var (group, fit) in subgroups.Groups)
            Row(text, table.GroupNames[group], scale.Pooled(fit.Pooled.Estimate), scale.Pooled(fit.Pooled.Lo), scale.Pooled(fit.Pooled.Hi), fit.K.ToString(CultureInfo.InvariantCulture));
        if (double.IsFinite(subgroups.Between.Statistic))
            text.Paragraph("", $"Between groups: χ² {MetaScale.Written(subgroups.Between.Statistic)} with {subgroups.Between.Df.ToString(CultureInfo.InvariantCulture)} degrees of freedom, p {MetaScale.P(subgroups.Between.P)}.");
    }

    private static string Extremes(StudyTable table, MetaAnalysis analysis, MetaScale scale)
    {
        var ordered = analysis.LeaveOneOut.Index().OrderBy(f => f.Item.Pooled.Estimate).ToList();
        string Told((int Index, MetaFit Fit) left) => $"{MetaScale.Written(scale.Pooled(left.Fit.Pooled.Estimate))} without {table.Names[left.Index]}";
        return $"The effect would lie between {Told(ordered[0])} and {Told(ordered[^1])}.";
    }

    private static void Row(StringBuilder text, string name, double effect, double lo, double hi, string last) =>
        text.Append(CultureInfo.InvariantCulture, $"{Short(name),-LongestName}{MetaScale.Written(effect),10}   {(double.IsNaN(lo) ? "" : $"{MetaScale.Written(lo)} to {MetaScale.Written(hi)}"),-22}{last,8}\n");

    private static string Short(string name) => name.Length < LongestName ? name : name[..(LongestName - 2)] + "…";
}
