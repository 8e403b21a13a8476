using System.Globalization;
using Lowdose.Evidence;
using Lowdose.Science.Inference;

namespace Lowdose.Diary;

/// <summary>The same diary read with the trials' evidence as the start instead of doubt: it stands beside the verdict and does not decide it.</summary>
/// <param name="Prior">Where it starts.</param>
/// <param name="Doses">The effect of every dose taken.</param>
public sealed record TrialsBeside(EvidencePrior Prior, IReadOnlyList<DoseJudgement> Doses)
{
    /// <summary>Reads a course that way.</summary>
    /// <param name="course">The course.</param>
    /// <param name="prior">Where to start.</param>
    public static TrialsBeside Of(Course course, EvidencePrior prior)
    {
        ArgumentNullException.ThrowIfNull(prior);
        return new(prior, Judge.AfterTrials(course, prior.Curve));
    }

    /// <summary>What it is, in a few plain sentences.</summary>
    public IReadOnlyList<string> Says =>
    [
        $"The verdict starts from doubt: no effect until the diary shows one. The other columns start from {Words.Count(Prior.Trials.Count, "trial")} of pain in fibromyalgia ({string.Join(", ", Prior.Trials.Select(t => t.Study))}), looked for up to {Prior.Question.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.",
        "The trials say what LDN does on average. They do not say how people differ, so the range is as wide as before.",
        "It holds for pain in fibromyalgia only, and takes your word that this is what the score is.",
    ];
}
