using System.Globalization;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Pooling;
using Lowdose.Web.Diaries;
using Lowdose.Web.Plots;

namespace Lowdose.Web.Pools;

/// <summary>A pool as it is shown, whichever way it was made.</summary>
/// <param name="Outcome">What was pooled, on which scale.</param>
/// <param name="How">The route, in half a line.</param>
/// <param name="Effect">The mean effect.</param>
/// <param name="NewPerson">In somebody new.</param>
/// <param name="Terms">The fixed effects by name.</param>
/// <param name="Names">Everyone.</param>
/// <param name="People">Their effects.</param>
/// <param name="Shrunken">The share of meaningful benefit.</param>
/// <param name="Raw">The same by everyone's own days.</param>
/// <param name="Remarks">What to bear in mind, a sentence each.</param>
internal sealed record PoolSheet(Outcome Outcome, string How, FixedEffect Effect, NewPerson NewPerson, IReadOnlyList<(string Name, FixedEffect Effect)> Terms,
    IReadOnlyList<string> Names, IReadOnlyList<PersonEffect> People, double Shrunken, double Raw, IReadOnlyList<string> Remarks)
{
    private const int FewPeople = 10;

    /// <summary>The range of the scale, score units.</summary>
    public double Range => Outcome.ScaleMax - Outcome.ScaleMin;

    /// <summary>The smallest change that matters, score units.</summary>
    public double MeaningfulChange => Outcome.MeaningfulChange ?? 0.1 * Range;

    /// <summary>The pool's sheet.</summary>
    public static PoolSheet Of(PostedPool posted) => posted.OneStage is { } one ? Of(one) : Of(posted, posted.TwoStage!);

    private static PoolSheet Of(DiaryPool pool)
    {
        var (effect, analysis, diaries) = (pool.Effect, pool.Analysis, pool.Diaries);
        List<string> remarks = [.. effect.Edges.Select(e => Advice.OnPage(PoolWords.Of(e))), .. LeftOut(diaries.LeftOutPeople)];
        if (diaries.LeftOut > 0) remarks.Add($"{Words.Count(diaries.LeftOut, "day")} with a score {(diaries.LeftOut == 1 ? "was" : "were")} left out: another dose, or something asked for was not written.");
        if (diaries.Names.Count is > 1 and < FewPeople) remarks.Add($"With {diaries.Names.Count} people the spread between them is a guess. Two stages weigh that doubt in: press “pool in two stages”.");
        var how = $"{Words.Count(effect.Observations, "score")} · one stage, {(analysis.Restricted ? "REML" : "ML")} · "
            + (effect.TauDays == 0 ? "the drug acts at once" : $"onset {Figures.Score(effect.TauDays, 10)} days{(analysis.TauDays is null ? " (the likeliest)" : "")}");
        return new(analysis.Outcome, how, effect.Fixed[1], effect.NewPerson, [.. analysis.Terms.Zip(effect.Fixed)], diaries.Names, effect.People, effect.RespondersShrunken, effect.RespondersRaw, remarks);
    }

    private static PoolSheet Of(PostedPool posted, TablePool pool)
    {
        var heading = pool.Heading;
        List<string> remarks = [.. pool.Boundary, .. LeftOut(pool.LeftOut)];
        if (posted.Said.Covariates.Count + posted.Said.Predictors.Count > 0) remarks.Add("Tables carry no further columns, so those ticked were not used.");
        if (posted.Said.Onset.Length > 0) remarks.Add("In tables every onset is weighed in already, so the one given was not used.");
        return new(new Outcome(heading.Outcome, heading.ScaleMin, heading.ScaleMax, heading.HigherIsBetter, posted.Analysis.Outcome.MeaningfulChange), "two stages, Bayes",
            pool.Effect, pool.NewPerson, [("effect", pool.Effect)], pool.Ids, pool.People, pool.RespondersShrunken, pool.RespondersRaw, remarks);
    }

    private static IEnumerable<string> LeftOut(IReadOnlyList<LeftOutPerson> people) => people.Select(p => $"{p.Name} is left out: {p.Why}.");

    /// <summary>How many people.</summary>
    public string Everyone => Names.Count == 1 ? "1 person" : Names.Count.ToString("#,0", CultureInfo.InvariantCulture) + " people";

    /// <summary>The answer in one sentence.</summary>
    public string Sentence => double.IsNaN(Effect.Estimate) ? "The effect of the drug cannot be seen in these diaries."
        : $"On the drug, {Outcome.Name} was {Points(Math.Abs(Effect.Estimate))} {(Effect.Estimate < 0 ? "lower" : "higher")} on average" + (double.IsNaN(Effect.Lo) ? "" : $" (95 % interval {Between(Effect.Lo, Effect.Hi)})");

    /// <summary>What to expect in somebody new.</summary>
    public string? Next => double.IsNaN(NewPerson.Lo) ? null : $"A new person’s effect would lie between {Number(NewPerson.Lo)} and {Number(NewPerson.Hi)}, 19 times of 20.";

    /// <summary>Everyone's effect to be drawn; an interval is 1.96 standard errors each way.</summary>
    public Caterpillar Drawn() => new(Outcome.Name, Outcome.HigherIsBetter, MeaningfulChange, new("Average", Effect.Estimate, Effect.Lo, Effect.Hi, double.NaN),
        new("A new person", NewPerson.Mean, NewPerson.Lo, NewPerson.Hi, double.NaN), [.. Names.Zip(People, (n, p) => new PlottedEffect(n, p.Effect, p.Effect - 1.96 * p.Se, p.Effect + 1.96 * p.Se, p.OwnEffect))]);

    /// <summary>A number in score units, with two figures more than the scale has.</summary>
    public string Number(double value) => Figures.Score(value, Range >= 1 ? Math.Max(1, Range / 10) : Range);

    /// <summary>An interval.</summary>
    public string Between(double lo, double hi) => double.IsNaN(lo) ? "–" : $"{Number(lo)} to {Number(hi)}";

    /// <summary>How many people a share is.</summary>
    public string Share(double share) => double.IsNaN(share) ? "–" : $"{Math.Round(share * Names.Count)} of {Names.Count}";

    private string Points(double value) => Number(value) is var text && text == "1.00" ? "1 point" : text + " points";
}
