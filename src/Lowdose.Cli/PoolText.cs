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

    public static string Of(DiaryPool pool)
    {
        var text = new StringBuilder();
        var (analysis, diaries, effect, outcome) = (pool.Analysis, pool.Diaries, pool.Effect, pool.Analysis.Outcome);
        text.Paragraph("", $"{outcome.Name}, {Number(outcome.ScaleMin)} to {Number(outcome.ScaleMax)} · {People(diaries.Names.Count)}, {Count(effect.Observations)} scores"
            + (diaries.LeftOut > 0 ? $", {Count(diaries.LeftOut)} left out" : "")
            + $" · one stage, {(analysis.Restricted ? "REML" : "ML")} · {(effect.TauDays == 0 ? "the drug acts at once" : $"onset {Number(effect.TauDays)} days{(analysis.TauDays is null ? " (the likeliest)" : "")}")}");
        text.Append('\n');
        text.Paragraph("", Sentence(effect.Fixed[1], effect.NewPerson));
        text.Append('\n').Append(CultureInfo.InvariantCulture, $"{"",-26}{"estimate",9}{"SE",9}   95% interval\n");
        for (var i = 0; i < analysis.Terms.Count; i++) Row(text, analysis.Terms[i], effect.Fixed[i]);
        text.Append(CultureInfo.InvariantCulture, $"\nSpread between people: level {Number(effect.SdIntercept)}, effect {Number(effect.SdEffect)}");
        text.Append(CultureInfo.InvariantCulture, $"{(double.IsNaN(effect.Correlation) ? "" : ", correlation " + Number(effect.Correlation))}\nNoise: SD {Number(effect.Sigma)}, autocorrelation {Number(effect.Rho)}");
        text.Append(CultureInfo.InvariantCulture, $"\nLog-likelihood {effect.LogLikelihood.ToString("0.000", CultureInfo.InvariantCulture).Replace('-', '−')}\n");
        Everyone(text, diaries.Names, effect.People, effect.RespondersShrunken);
        text.Section("Bear in mind", effect.Edges.Select(PoolWords.Of).Concat(Absent(diaries.LeftOutPeople)));
        return text.ToString();
    }

    public static string Of(TablePool pool)
    {
        var text = new StringBuilder();
        text.Paragraph("", $"{pool.Heading.Outcome}, {Number(pool.Heading.ScaleMin)} to {Number(pool.Heading.ScaleMax)} · {People(pool.Ids.Count)} · two stages, from tables");
        text.Append('\n');
        text.Paragraph("", Sentence(pool.Effect, pool.NewPerson));
        text.Append(CultureInfo.InvariantCulture, $"\nSpread of effects between people: {Number(pool.Spread.Mean)} (95% {Number(pool.Spread.Q025)} to {Number(pool.Spread.Q975)})\n");
        Everyone(text, pool.Ids, pool.People, pool.RespondersShrunken);
        text.Section("Bear in mind", pool.Boundary.Concat(Absent(pool.LeftOut)));
        return text.ToString();
    }

    private static IEnumerable<string> Absent(IReadOnlyList<LeftOutPerson> people) =>
        people.Take(MostPeople).Select(p => $"{p.Name} is left out: {p.Why}.").Concat(people.Count > MostPeople ? [$"{Count(people.Count - MostPeople)} more are left out; --json lists everyone."] : []);

    private static string Sentence(FixedEffect effect, NewPerson next) => double.IsNaN(effect.Estimate) ? "The effect of the drug cannot be seen in these diaries."
        : $"On the drug scores were {Number(Math.Abs(effect.Estimate))} points {(effect.Estimate < 0 ? "lower" : "higher")} on average"
            + (double.IsNaN(effect.Lo) ? "." : $" (95% interval {Number(effect.Lo)} to {Number(effect.Hi)}).")
            + (double.IsNaN(next.Lo) ? "" : $" A new person's effect would lie between {Number(next.Lo)} and {Number(next.Hi)}, 19 times of 20.");

    private static void Everyone(StringBuilder text, IReadOnlyList<string> ids, IReadOnlyList<PersonEffect> people, double share)
    {
        text.Append("\nEach person (drawn towards the others as far as their own days leave it open)\n");
        for (var i = 0; i < Math.Min(people.Count, MostPeople); i++)
            text.Append(CultureInfo.InvariantCulture, $"  {(ids[i].Length > 24 ? ids[i][..23] + "…" : ids[i]),-24}{Number(people[i].Effect),9}{Number(people[i].Se),9}\n");
        if (people.Count > MostPeople) text.Append(CultureInfo.InvariantCulture, $"  and {Count(people.Count - MostPeople)} more; --json lists everyone\n");
        if (!double.IsNaN(share)) text.Append(CultureInfo.InvariantCulture, $"Meaningful benefit: {Math.Round(share * people.Count)} of {Count(people.Count)}\n");
    }

    private static void Row(StringBuilder text, string name, FixedEffect effect) =>
        text.Append(CultureInfo.InvariantCulture, $"  {(name.Length > 24 ? name[..23] + "…" : name),-24}{Number(effect.Estimate),9}{Number(effect.Se),9}   {(double.IsNaN(effect.Lo) ? "" : $"{Number(effect.Lo)} to {Number(effect.Hi)}")}\n");

    private static string People(int n) => n == 1 ? "1 person" : Count(n) + " people";

    private static string Count(int n) => n.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("0.###", CultureInfo.InvariantCulture).Replace('-', '−');
}
