using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Evidence;

/// <summary>
/// The prior that our own synthesis gives: where one person's answer starts from when it starts from the trials of pain in fibromyalgia instead of from doubt.
/// It is shown beside a verdict and never decides it.
/// </summary>
/// <remarks>Source: docs/methods/evidence-prior.md.</remarks>
/// <param name="Question">The question the trials answer.</param>
/// <param name="Trials">Those that enter, by year.</param>
/// <param name="Curve">What they say of any dose, on a scale of 0 to 10.</param>
public sealed record EvidencePrior(Question Question, IReadOnlyList<TrialAtDose> Trials, DoseCurve Curve)
{
    /// <summary>The question whose studies make it.</summary>
    public const string Topic = "fibromyalgia-pain";

    /// <summary>The one outcome it is for, as a diary's column has it.</summary>
    public const string Outcome = "pain";

    /// <summary>The one condition it is for.</summary>
    public const string Condition = "fibromyalgia";

    /// <summary>The scale on which every trial of the question gives its effect.</summary>
    public const string Scale = "NRS 0 to 10";

    private static readonly Lazy<EvidencePrior> Carried = new(() => Of(Knowledge.BuiltIn()) ?? throw new InvalidOperationException($"this build's evidence does not answer {Topic}"));

    /// <summary>That of the evidence in this program; worked out when first asked for.</summary>
    public static EvidencePrior BuiltIn => Carried.Value;

    /// <summary>Works it out from the studies. The dose of a trial is the highest that it meant for a person.</summary>
    /// <param name="knowledge">Where the studies are.</param>
    /// <returns>Null where no trial answers the question.</returns>
    /// <exception cref="InvalidOperationException">A trial of the question has no dose, no standard error or another scale, which a test does not let through.</exception>
    public static EvidencePrior? Of(Knowledge knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        var trials = (from study in knowledge.Studies.Values
                      from outcome in study.Outcomes
                      where outcome.Pools == Topic
                      orderby study.Year ?? int.MaxValue, study.Id
                      select Trial(study, outcome)).ToArray();
        return trials.Length == 0 || !knowledge.Questions.TryGetValue(Topic, out var question) ? null
            : new(question, trials, Synthesise.OverDoses([.. trials.Select(t => t.Mg)], [.. trials.Select(t => new StudyEffect(t.Estimate, t.Se * t.Se))], 10));
    }

    private static TrialAtDose Trial(Study study, Outcome outcome) =>
        study.DoseMg is { } dose && outcome is { Scale: Scale, Better: Better.Lower, Effect: { Kind: EffectKind.MeanDifference, Pooled: { } estimate, StandardError: { } se } }
            ? new(study.Id, (double)dose.High, estimate, se)
            : throw new InvalidOperationException($"{study.Id} answers {Topic}, but not as a difference on {Scale} with a standard error at a known dose");
}

/// <summary>One trial as the prior reads it.</summary>
/// <param name="Study">Its id.</param>
/// <param name="Mg">The highest dose meant for a person, mg a day.</param>
/// <param name="Estimate">LDN minus placebo, points of 0 to 10; below 0 is better on LDN.</param>
/// <param name="Se">Standard error.</param>
public sealed record TrialAtDose(string Study, double Mg, double Estimate, double Se);
