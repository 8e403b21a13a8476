using System.Globalization;
using System.Text;
using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Cli;

/// <summary>A question of the evidence, pooled, as it is read in a terminal.</summary>
internal static class TopicText
{
    private const int NameWidth = 28;

    public static string Of(Knowledge knowledge, TopicSynthesis topic)
    {
        var (text, table, scale) = (new StringBuilder(), topic.Table, new MetaScale(topic.Table));
        text.Paragraph("", topic.Question.Asks);
        text.Paragraph("", $"{scale.Name}. {topic.Question.Reads}");
        text.Paragraph("", $"Studies looked for up to {topic.Question.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.");
        Head(text, "study");
        for (var i = 0; i < table.Names.Count; i++)
        {
            var (y, half) = (table.Effects[i].Estimate, table.Effects[i].HalfWidth);
            Row(text, Dated(knowledge, table.Names[i]), scale.Own(y, i), scale.Own(y - half, i), scale.Own(y + half, i));
        }
        Head(text, "all together");
        foreach (var model in topic.Models) Row(text, model.Name, scale, model.Analysis.Fit);
        if (table.Names.Count > 1) text.Paragraph("", "DL is DerSimonian–Laird; REML-HK is restricted maximum likelihood with Knapp–Hartung, for few studies; EE assumes one effect in all.");
        var last = topic.Models[^1].Analysis;
        var honest = topic.Models.FirstOrDefault(m => m.Name == "REML-HK")?.Analysis ?? last;
        text.Append('\n');
        if (MetaWords.Prediction(table, honest.Fit) is { } prediction) text.Paragraph("", prediction);
        if (table.Names.Count > 1) text.Paragraph("", MetaWords.Differences(honest));
        if (table.Names.Count > 1) Moves(text, knowledge, topic, scale);
        text.Section("By dose", TopicWords.Doses(topic));
        text.Section("Published meta-analyses, and why they differ", topic.Published.Select(p => $"{p.Study.Id}{TopicWords.Published(p)}"));
        text.Section("Left out", topic.Question.Out(knowledge.Studies.Values).Select(e => $"{e.Study}: {e.Why}"));
        text.Section("Bear in mind", topic.Question.Cautions.Concat(MetaWords.Notes(table, honest)));
        return text.ToString();
    }

    /// <summary>How the answer moved as studies came, and how it moves without some.</summary>
    private static void Moves(StringBuilder text, Knowledge knowledge, TopicSynthesis topic, MetaScale scale)
    {
        var shown = topic.Models[0];
        Head(text, $"as studies came ({shown.Name})");
        for (var i = 0; i < shown.Analysis.Cumulative.Count; i++)
            Row(text, (i == 0 ? "" : "+ ") + Dated(knowledge, topic.Table.Names[shown.Analysis.Order[i]]), scale, shown.Analysis.Cumulative[i]);
        Head(text, $"without one ({shown.Name})");
        for (var i = 0; i < shown.Analysis.LeaveOneOut.Count; i++) Row(text, $"without {topic.Table.Names[i]}", scale, shown.Analysis.LeaveOneOut[i]);
        foreach (var part in topic.Parts.Where(p => p.Table is not null))
        {
            text.Append('\n');
            if (part.Included.Count == topic.Table.Names.Count) text.Paragraph("", $"{part.Says}: all of them.");
            else text.Paragraph("", $"{part.Says} ({string.Join(", ", part.Included)}):");
            if (part.Included.Count == topic.Table.Names.Count) continue;
            foreach (var model in part.Models) Row(text, model.Name, new MetaScale(part.Table!), model.Analysis.Fit);
        }
    }

    private static string Dated(Knowledge knowledge, string id) => $"{id}{(knowledge.Studies[id].Year is { } year && !id.Contains(year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) ? $" {year}" : "")}";

    private static void Head(StringBuilder text, string what) => text.Append(CultureInfo.InvariantCulture, $"\n{what,-NameWidth}{"effect",10}   95% interval\n");

    private static void Row(StringBuilder text, string name, MetaScale scale, MetaFit fit) => Row(text, name, scale.Pooled(fit.Pooled.Estimate), scale.Pooled(fit.Pooled.Lo), scale.Pooled(fit.Pooled.Hi));

    private static void Row(StringBuilder text, string name, double effect, double lo, double hi) =>
        text.Append(CultureInfo.InvariantCulture, $"{name,-NameWidth}{MetaScale.Written(effect),10}   {(double.IsNaN(lo) ? "–" : $"{MetaScale.Written(lo)} to {MetaScale.Written(hi)}")}\n");
}
