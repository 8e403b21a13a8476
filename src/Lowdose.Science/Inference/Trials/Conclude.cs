using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Science.Inference.Trials;

/// <summary>What a trial's decision is made on.</summary>
public enum TrialRule
{
    /// <summary>One person's verdict by the course model.</summary>
    Verdict,
    /// <summary>The 95 % interval of the mean effect in several people, each of whom had drug and placebo.</summary>
    Mean,
    /// <summary>The randomisation p alone, in the direction of the difference.</summary>
    Permutation,
}

/// <summary>What was settled before the first dose about how the trial would be read.</summary>
public sealed record TrialPlan
{
    /// <summary>What the decision is made on.</summary>
    public TrialRule Rule { get; init; }

    /// <summary>Days at the start of every period left out of its mean; the course model keeps every day.</summary>
    public int AnalyticWashOutDays { get; init; } = 14;

    /// <summary>What the randomisation test compares.</summary>
    public TrialContrast Contrast { get; init; }

    /// <summary>A benefit also needs a randomisation p at or below this; null where p is shown and does not decide, as where no data could reach it.</summary>
    public double? PermutationLevel { get; init; }

    /// <summary>That p is one-sided, towards benefit.</summary>
    public bool OneSided { get; init; } = true;
}

/// <summary>What the rule says that was planned.</summary>
public enum TrialDecision
{
    /// <summary>The trial does not answer.</summary>
    Undecided,
    /// <summary>A benefit.</summary>
    Benefit,
    /// <summary>No benefit that matters.</summary>
    NoBenefit,
    /// <summary>A worsening that matters.</summary>
    Harm,
}

/// <summary>One person's trial, read.</summary>
/// <param name="Decision">By the verdict; a p decides too where the plan is of one person and asks for it.</param>
/// <param name="Judgement">The course model on every day.</param>
/// <param name="Periods">Every period.</param>
/// <param name="Randomisation">The randomisation test of this person alone; null where they were not randomised alone.</param>
/// <param name="Adjusted">The sensitivity to what was guessed; null where nothing was.</param>
public sealed record PersonConclusion(TrialDecision Decision, Judgement Judgement, IReadOnlyList<TrialPeriod> Periods, RandomisationTest? Randomisation, GuessAdjusted? Adjusted);

/// <summary>A whole trial, read.</summary>
/// <param name="Decision">By the rule that was planned; undecided where too few or too many could be analysed for it.</param>
/// <param name="People">Everybody, in the order given.</param>
/// <param name="Randomisation">The randomisation test of all together.</param>
/// <param name="Blinding">What the guesses of all say of the blinding.</param>
/// <param name="Pooled">The mean effect of any dose, by the hierarchy over everybody's table; null of one person and of groups. Benefit is negative.</param>
/// <param name="CannotDecide">No data could have given a p at the level that was planned.</param>
public sealed record TrialConclusion(TrialDecision Decision, IReadOnlyList<PersonConclusion> People, RandomisationTest Randomisation, BlindingIndices Blinding, CombinedEffect? Pooled, bool CannotDecide);

/// <summary>Reads a trial after it was opened, by the rule that was planned. Source: docs/methods/trial-analysis.md §6.</summary>
public static class Conclude
{
    /// <summary>The whole of a trial.</summary>
    /// <param name="people">Everybody who was allocated and has a day in a diary; at least one, all with the same outcome and scale.</param>
    /// <param name="restriction">What the randomisation could have dealt to them.</param>
    /// <param name="plan">What was settled before.</param>
    /// <returns>Effects in score units, probabilities and p in [0, 1].</returns>
    /// <exception cref="ArgumentException">Nobody, or a trial, course or restriction that contradicts itself.</exception>
    public static TrialConclusion Trial(IReadOnlyList<TrialCourse> people, Restriction restriction, TrialPlan plan)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(restriction);
        ArgumentNullException.ThrowIfNull(plan);
        TrialPeriod[][] periods = [.. people.Select((p, i) => PeriodMeans.Of(p, plan.AnalyticWashOutDays, i))];
        var worse = people.Any(p => p.Course.HigherIsBetter);
        var together = Randomisation.Test(periods, restriction, plan.Contrast, worse);
        PersonConclusion[] each = [.. people.Select((p, i) => One(p, periods[i], Alone(periods, restriction, i, plan, worse, together), plan))];
        var cannot = plan.PermutationLevel is { } level && !((plan.OneSided ? together.LeastOneSided : together.LeastTwoSided) <= level);
        var blinding = Blinding.Of(GuessTable.Of(periods.SelectMany(p => p)));
        // Where nobody has both treatments there is no effect of one's own to pool.
        var pooled = people.Count > 1 && plan.Contrast == TrialContrast.WithinPeople ? Pooled(people) : null;
        var decision = plan.Rule switch
        {
            TrialRule.Verdict when people.Count == 1 => each[0].Decision,
            TrialRule.Mean when pooled is not null => Decide(pooled, people[0].Course.Mcid, together, plan),
            TrialRule.Permutation => Decide(together, worse, plan),
            _ => TrialDecision.Undecided,
        };
        return new(decision, each, together, blinding, pooled, cannot);
    }

    /// <summary>What the rule says of one verdict and one p.</summary>
    /// <param name="verdict">The course model's.</param>
    /// <param name="p">The randomisation p; NaN where there is none.</param>
    /// <param name="plan">What was settled before.</param>
    /// <returns>The decision.</returns>
    public static TrialDecision Decide(Verdict verdict, double p, TrialPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return verdict switch
        {
            Verdict.Harms => TrialDecision.Harm,
            Verdict.Works or Verdict.ProbablyWorks => plan.PermutationLevel is not { } level || p <= level ? TrialDecision.Benefit : TrialDecision.Undecided,
            Verdict.DoesNotWork or Verdict.ProbablyDoesNotWork => TrialDecision.NoBenefit,
            _ => TrialDecision.Undecided,
        };
    }

    /// <summary>Of many: the 95 % interval of the mean effect lies beyond 0, or short of what matters, and p is small enough.</summary>
    internal static TrialDecision Decide(CombinedEffect pooled, double mcid, RandomisationTest test, TrialPlan plan)
    {
        if (pooled.Effect.Q025 > 0) return TrialDecision.Harm;
        if (pooled.Effect.Q975 < 0) return plan.PermutationLevel is not { } level || P(test, plan) <= level ? TrialDecision.Benefit : TrialDecision.Undecided;
        return pooled.Effect.Q025 > -mcid ? TrialDecision.NoBenefit : TrialDecision.Undecided;
    }

    /// <summary>The randomisation p alone, in the direction of the difference.</summary>
    private static TrialDecision Decide(RandomisationTest test, bool higherIsBetter, TrialPlan plan)
    {
        if (plan.PermutationLevel is not { } level) return TrialDecision.Undecided;
        if (test.Difference < 0 != higherIsBetter && P(test, plan) <= level) return TrialDecision.Benefit;
        return test.Difference < 0 == higherIsBetter && test.TwoSided <= level ? TrialDecision.Harm : TrialDecision.Undecided;
    }

    private static double P(RandomisationTest? test, TrialPlan plan) => test is null ? double.NaN : plan.OneSided ? test.OneSided : test.TwoSided;

    private static PersonConclusion One(TrialCourse trial, TrialPeriod[] periods, RandomisationTest? alone, TrialPlan plan)
    {
        var judgement = Judge.OneCourse(trial.Course);
        var mg = judgement.VerdictDoseMg ?? trial.Course.DosesMg.Max();
        // A level for everybody's p together is none for one person's.
        var own = plan.Rule == TrialRule.Verdict ? plan : plan with { PermutationLevel = null };
        return new(Decide(judgement.Verdict, P(alone, plan), own), judgement, periods, alone, mg > 0 ? Belief.Adjusted(trial, mg) : null);
    }

    /// <summary>The test of one person, where they were randomised by themselves.</summary>
    private static RandomisationTest? Alone(TrialPeriod[][] periods, Restriction restriction, int person, TrialPlan plan, bool higherIsBetter, RandomisationTest together)
    {
        if (periods.Length == 1) return together;
        if (plan.Contrast == TrialContrast.BetweenPeople || restriction.Lots.FirstOrDefault(l => l.People.Count == 1 && l.People[0] == person) is not { } own) return null;
        return Randomisation.Test([periods[person]], restriction with { Lots = [own with { People = [0] }] }, plan.Contrast, higherIsBetter);
    }

    /// <summary>Any dose against none: the doses are made one, as <c>lowdose pool --contrast any</c>.</summary>
    internal static CombinedEffect Pooled(IReadOnlyList<TrialCourse> people)
    {
        PersonTable[] tables = [.. people.Select(p => Pool.Table(p.Course with { DosesMg = [.. p.Course.DosesMg.Select(mg => mg > 0 ? 1.0 : 0)] }))];
        return Pool.TwoStage(new TableStudy(people[0].Course.Range, tables) { MeaningfulChange = people[0].Course.Mcid });
    }
}
