using System.Text;
using Lowdose.Exchange;

namespace Lowdose.Cli;

/// <summary>A review of charts as it is read in a terminal.</summary>
internal static class ChartText
{
    public static string Of(ChartReview review)
    {
        var text = new StringBuilder();
        Add(text, review.All);
        foreach (var group in review.Groups)
        {
            text.Append('\n');
            text.Paragraph("", $"Group {group.Name}");
            Add(text, group);
        }
        if (review.Times is { } times) text.Section("Between groups", [ChartWords.Difference(times)]);
        text.Section("What such data cannot tell", ChartReview.Limits);
        return text.ToString();
    }

    private static void Add(StringBuilder text, ChartGroup group)
    {
        text.Paragraph("", ChartWords.Sentence(group));
        text.Section("Response", group.ResponseOfKnown.Of == 0 ? [] : [$"Of all, {ChartWords.Of(group.Response)}", $"Of those known, {ChartWords.Of(group.ResponseOfKnown)}", $"None, of all, {ChartWords.Of(group.NoResponse)}"]);
        text.Section("Side effects", group.SideEffect.Of == 0 ? [] : [$"Any, {ChartWords.Of(group.SideEffect)}", .. group.SideEffects.Select(e => $"{e.What}, {ChartWords.Of(e.Share)}")]);
        text.Section("Stopped", group.StoppedUnknown == group.People ? [] : [$"Any reason, of all, {ChartWords.Of(group.Stopped)}{(group.StoppedUnknown == 0 ? "" : $"; not known of {group.StoppedUnknown}")}", .. group.Reasons.Select(r => $"{r.Why}, of all, {ChartWords.Of(r.Share)}")]);
        if (group.OnDrug is { } curve)
            text.Section("Still on the drug", [.. ChartGroup.ToldDays.Select(d => $"After {ChartWords.Span(d)}: {ChartWords.At(curve, d)}"), ChartWords.Median(curve), .. group.WithoutTime == 0 ? (string[])[] : [$"Without a time on the drug, and so not in this: {group.WithoutTime}."]]);
    }
}
