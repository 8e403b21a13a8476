using System.Globalization;
using System.Text;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Cli;

/// <summary>A pool as it is read in a terminal.</summary>
internal static class PoolText
{
    private const int MostPeople = 30;

    public static string Of(PooledEffect effect, PooledDiaries diaries, IReadOnlyList<string> terms, PoolRequest request)
    {
        var text = new StringBuilder();
        var outcome = request.Format.Diary.Outcome;
        text.Paragraph("", $"{outcome.Name}, {Number(outcome.ScaleMin)} to {Number(outcome.ScaleMax)} · {People(diaries.Names.Count)}, {Count(effect.Observations)} scores"
            + (diaries.LeftOut > 0 ? $", {Count(diaries.LeftOut)} left out" : "")
            + $" · one stage, {(request.Restricted ? "REML" : "ML")} · {(effect.TauDays == 0 ? "the drug acts at once" : $"onset {Number(effect.TauDays)} days{(request.Tau is null ? " (the likeliest)" : "")}")}");
        text.Append('\n');
        text.Paragraph("", Sentence(effect.Fixed[1], effect.NewPerson));
        text.Append('\n').Append(CultureInfo.InvariantCulture, $"{"",-26}{"estimate",9}{"SE",9}   95% interval\n");
        for (var i = 0; i < terms.Count; i++) Row(text, terms[i], effect.Fixed[i]);
        text.Append(CultureInfo.InvariantCulture, $"\nSpread between people: level {Number(effect.SdIntercept)}, effect {Number(effect.SdEffect)}");
        text.Append(CultureInfo.InvariantCulture, $"{(double.IsNaN(effect.Correlation) ? "" : ", correlation " + Number(effect.Correlation))}\nNoise: SD {Number(effect.Sigma)}, autocorrelation {Number(effect.Rho)}");
        text.Append(CultureInfo.InvariantCulture, $"\nLog-likelihood {effect.LogLikelihood.ToString("0.000", CultureInfo.InvariantCulture).Replace('-', '−')}\n");
        Everyone(text, diaries.Names, effect.People, effect.RespondersShrunken, 1);
        text.Section("Bear in mind", effect.Edges.Select(PoolWords.Of));
        return text.ToString();
    }

    public static string Of(CombinedEffect effect, TableHeading heading, IReadOnlyList<string> ids)
    {
        var text = new StringBuilder();
        text.Paragraph("", $"{heading.Outcome}, {Number(heading.ScaleMin)} to {Number(heading.ScaleMax)} · {People(ids.Count)} · two stages, from tables");
        text.Append('\n');
        var (mean, next) = (PoolJson.Turned(effect.Effect, heading.HigherIsBetter), PoolJson.Turned(effect.NewPerson, heading.HigherIsBetter));
        text.Paragraph("", Sentence(new(mean.Mean, mean.Sd, mean.Q025, mean.Q975), new(next.Mean, next.Q025, next.Q975)));
        text.Append(CultureInfo.InvariantCulture, $"\nSpread of effects between people: {Number(effect.Spread.Mean)} (95% {Number(effect.Spread.Q025)} to {Number(effect.Spread.Q975)})\n");
        Everyone(text, ids, effect.People, effect.RespondersShrunken, heading.HigherIsBetter ? -1 : 1);
        return text.ToString();
    }

    private static string Sentence(FixedEffect effect, NewPerson next) => double.IsNaN(effect.Estimate) ? "The effect of the drug cannot be seen in these diaries."
        : $"On the drug scores were {Number(Math.Abs(effect.Estimate))} points {(effect.Estimate < 0 ? "lower" : "higher")} on average"
            + (double.IsNaN(effect.Lo) ? "." : $" (95% interval {Number(effect.Lo)} to {Number(effect.Hi)}).")
            + (double.IsNaN(next.Lo) ? "" : $" A new person's effect would lie between {Number(next.Lo)} and {Number(next.Hi)}, 19 times of 20.");

    private static void Everyone(StringBuilder text, IReadOnlyList<string> ids, IReadOnlyList<PersonEffect> people, double share, int sign)
    {
        text.Append("\nEach person (drawn towards the others as far as their own days leave it open)\n");
        for (var i = 0; i < Math.Min(people.Count, MostPeople); i++)
            text.Append(CultureInfo.InvariantCulture, $"  {(ids[i].Length > 24 ? ids[i][..23] + "…" : ids[i]),-24}{Number(sign * people[i].Effect),9}{Number(people[i].Se),9}\n");
        if (people.Count > MostPeople) text.Append(CultureInfo.InvariantCulture, $"  and {Count(people.Count - MostPeople)} more; --json lists everyone\n");
        if (!double.IsNaN(share)) text.Append(CultureInfo.InvariantCulture, $"Meaningful benefit: {Math.Round(share * people.Count)} of {Count(people.Count)}\n");
    }

    private static void Row(StringBuilder text, string name, FixedEffect effect) =>
        text.Append(CultureInfo.InvariantCulture, $"  {(name.Length > 24 ? name[..23] + "…" : name),-24}{Number(effect.Estimate),9}{Number(effect.Se),9}   {(double.IsNaN(effect.Lo) ? "" : $"{Number(effect.Lo)} to {Number(effect.Hi)}")}\n");

    private static string People(int n) => n == 1 ? "1 person" : Count(n) + " people";

    private static string Count(int n) => n.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("0.###", CultureInfo.InvariantCulture).Replace('-', '−');
}
