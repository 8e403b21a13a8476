namespace Lowdose.Science.Inference;

/// <summary>The words the verdict table can say, from statistics alone.</summary>
public enum Verdict
{
    /// <summary>Not enough days on or off the drug to say anything.</summary>
    TooEarly,
    /// <summary>A meaningful benefit, shown under randomisation.</summary>
    Works,
    /// <summary>A meaningful benefit is likely.</summary>
    ProbablyWorks,
    /// <summary>The data cannot tell.</summary>
    Unclear,
    /// <summary>A meaningful benefit is unlikely.</summary>
    ProbablyDoesNotWork,
    /// <summary>A meaningful benefit is very unlikely.</summary>
    DoesNotWork,
    /// <summary>A meaningful worsening is more likely than not.</summary>
    Harms,
}

/// <summary>What the design of the course can bear.</summary>
public enum Strength
{
    /// <summary>Not blinded in random order: expectation and natural change are part of the effect.</summary>
    OpenLabel,
    /// <summary>Told randomised, but with too few or too short blocks; judged as open label.</summary>
    RandomisedShort,
    /// <summary>At least two placebo and two drug blocks of at least 14 days in random order.</summary>
    Randomised,
}

/// <summary>A posterior in brief, in score units (or as stated). Not finite where the diary says nothing of it.</summary>
/// <param name="Mean">Posterior mean.</param>
/// <param name="Sd">Posterior standard deviation.</param>
/// <param name="Q025">2.5 % quantile.</param>
/// <param name="Q50">Median.</param>
/// <param name="Q975">97.5 % quantile.</param>
public readonly record struct Summary(double Mean, double Sd, double Q025, double Q50, double Q975);

/// <summary>What the course says of one dose.</summary>
/// <param name="Mg">The dose, mg.</param>
/// <param name="Days">Days taken, assumed days included.</param>
/// <param name="Effect">The effect in score units with the outcome's own sign.</param>
/// <param name="ProbAnyBenefit">P(any benefit).</param>
/// <param name="ProbMeaningfulBenefit">P(benefit of at least the smallest change that matters).</param>
/// <param name="ProbMeaningfulHarm">P(worsening of at least the smallest change that matters).</param>
/// <param name="Prob30">P(improvement of at least 30 % of the off-drug level); null unless the scale starts at 0 and lower is better.</param>
/// <param name="Prob50">The same for 50 %.</param>
/// <param name="PriorSd">Prior standard deviation of the effect, score units: beside <c>Effect.Sd</c> it says how much the data moved the prior.</param>
/// <param name="PriorMean">Prior mean of the effect in score units with the outcome's own sign; 0 under the sceptical prior.</param>
public sealed record DoseJudgement(double Mg, int Days, Summary Effect, double ProbAnyBenefit, double ProbMeaningfulBenefit,
    double ProbMeaningfulHarm, double? Prob30, double? Prob50, double PriorSd, double PriorMean = 0);

/// <summary>The probability that a dose is the best of those tried (descriptive).</summary>
/// <param name="Mg">The dose, mg.</param>
/// <param name="Prob">P(its effect is the most beneficial).</param>
public readonly record struct BestDose(double Mg, double Prob);

/// <summary>The fitted course on one day, score units.</summary>
/// <param name="Day">Calendar day, 1 first.</param>
/// <param name="Mean">Posterior mean of the level without day-to-day noise.</param>
/// <param name="Lo">2.5 % quantile.</param>
/// <param name="Hi">97.5 % quantile.</param>
public readonly record struct FittedDay(int Day, double Mean, double Lo, double Hi);

/// <summary>Raw scores on days with arm none before the first drug day; not finite where there are too few.</summary>
/// <param name="Mean">Mean, score units.</param>
/// <param name="Sd">Standard deviation (n − 1), score units.</param>
/// <param name="N">How many scores.</param>
public readonly record struct Baseline(double Mean, double Sd, int N);

/// <summary>A way to go on that would probably settle the question.</summary>
public enum Continuation
{
    /// <summary>28 more days as now.</summary>
    AsNow28,
    /// <summary>56 more days as now.</summary>
    AsNow56,
    /// <summary>84 more days as now.</summary>
    AsNow84,
    /// <summary>28 days off, then 56 on.</summary>
    Off28On56,
    /// <summary>Two blinded pairs of 28 days, drug and placebo.</summary>
    TwoBlindedPairs,
    /// <summary>Three blinded pairs of 28 days, drug and placebo.</summary>
    ThreeBlindedPairs,
}

/// <summary>What would settle it: a continuation, how many days it adds, and the probability of a decisive verdict at its end.</summary>
/// <param name="Plan">The continuation.</param>
/// <param name="Days">Days added.</param>
/// <param name="Probability">Probability, under the posterior, of a decisive verdict.</param>
/// <param name="Mg">The dose of the days on drug, mg; of all its days where the plan is to go on as now, so 0 where nothing is taken now.</param>
public sealed record Settling(Continuation Plan, int Days, double Probability, double Mg);

/// <summary>Early days at the verdict dose against late ones.</summary>
/// <param name="Change">Late minus early, score units, in the outcome's own sign.</param>
/// <param name="Z">Loss of benefit in standard errors; positive is fading.</param>
/// <param name="MayBeFading">True only above the threshold whose false-alarm rate is published in docs/methods.</param>
public sealed record Fading(double Change, double Z, bool MayBeFading);

/// <summary>Standardised one-step-ahead errors at the posterior mean of (rho, sigma, white share, tau).</summary>
/// <param name="Lag1">Their lag-1 autocorrelation; near 0 where the noise model fits.</param>
/// <param name="ShareBeyond3">The share beyond ±3.</param>
public readonly record struct ResidualChecks(double Lag1, double ShareBeyond3);

/// <summary>How the integral was computed.</summary>
/// <param name="GridNodes">Nodes an axis in ln tau of the grid that was used.</param>
/// <param name="Fallback">True where the two usual grids disagreed and a dense one was used.</param>
public readonly record struct Engine(int GridNodes, bool Fallback);

/// <summary>The judgement of one course: posterior, probabilities, verdict. Numbers only; the words are the diary's.</summary>
public sealed record Judgement
{
    /// <summary>The course judged.</summary>
    public required Course Course { get; init; }
    /// <summary>How many days have a score.</summary>
    public required int Observed { get; init; }
    /// <summary>Raw scores before the first drug day.</summary>
    public required Baseline Baseline { get; init; }
    /// <summary>The off-drug level B at the middle of the diary (with expectation where it is in the model), score units.</summary>
    public required Summary OffDrugLevel { get; init; }
    /// <summary>Every dose taken, ascending.</summary>
    public required IReadOnlyList<DoseJudgement> Doses { get; init; }
    /// <summary>The expectation effect in the outcome's own sign; null where it cannot be told from the drug or the level.</summary>
    public required Summary? Expectation { get; init; }
    /// <summary>Drift per 28 days in the outcome's own sign, score units.</summary>
    public required Summary TrendPer28Days { get; init; }
    /// <summary>Day-to-day autocorrelation of the slow noise.</summary>
    public required Summary Rho { get; init; }
    /// <summary>Total day-to-day standard deviation, score units.</summary>
    public required Summary Sigma { get; init; }
    /// <summary>The share of the variance that is white.</summary>
    public required Summary WhiteShare { get; init; }
    /// <summary>Time constant of onset and wash-out, days.</summary>
    public required Summary TauDays { get; init; }
    /// <summary>The candidate dose with most days (ties: the higher), mg; null where none has 28 days.</summary>
    public required double? VerdictDoseMg { get; init; }
    /// <summary>The probability of each dose being the best.</summary>
    public required IReadOnlyList<BestDose> Best { get; init; }
    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }
    /// <summary>What the design can bear.</summary>
    public required Strength Strength { get; init; }
    /// <summary>The verdict would change if some probability moved by 0.005.</summary>
    public required bool Borderline { get; init; }
    /// <summary>A higher dose than the verdict dose whose P(meaningful benefit) ≥ 0.30 kept the verdict from being negative, mg.</summary>
    public double? HigherDoseStillOpenMg { get; init; }
    /// <summary>A higher candidate dose with P(meaningful benefit) ≥ 0.85 while the verdict is unclear or negative, mg.</summary>
    public double? HigherDosePromisingMg { get; init; }
    /// <summary>The dose the verdict <see cref="Verdict.Harms"/> speaks of, mg; null for any other verdict.</summary>
    public double? HarmingDoseMg { get; init; }
    /// <summary>The verdict is does-not-work and P(worse) ≥ 0.80.</summary>
    public required bool MayMakeWorse { get; init; }
    /// <summary>The level fitted to every day.</summary>
    public required IReadOnlyList<FittedDay> Fitted { get; init; }
    /// <summary>What would settle it; null when the verdict is decisive already or none of the listed continuations would.</summary>
    public required Settling? WouldSettle { get; init; }
    /// <summary>Early against late days at the verdict dose; null with fewer than 56 days there.</summary>
    public required Fading? Fading { get; init; }
    /// <summary>One-step-ahead errors.</summary>
    public required ResidualChecks Residuals { get; init; }
    /// <summary>The median length of runs of equal doses over days, b; below 7 is fast switching.</summary>
    public required double MedianBlockDays { get; init; }
    /// <summary>P(tau &gt; half a block).</summary>
    public required double ProbTauOverHalfBlock { get; init; }
    /// <summary>The longest tau the prior allows, days: 90, or less under fast switching.</summary>
    public required double TauMaxDays { get; init; }
    /// <summary>The share of scores on either end of the scale.</summary>
    public required double ShareAtBounds { get; init; }
    /// <summary>How the integral was computed.</summary>
    public required Engine Engine { get; init; }

    /// <summary>The judgement of the verdict dose; null where there is none.</summary>
    public DoseJudgement? VerdictDose => Doses.FirstOrDefault(d => d.Mg == VerdictDoseMg);
}
