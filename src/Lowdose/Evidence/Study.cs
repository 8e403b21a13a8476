namespace Lowdose.Evidence;

/// <summary>One study or one report of it: what was done, to whom, and every number we have of it.</summary>
public sealed record Study
{
    /// <summary>As cited, e.g. <c>YOUNGER2013</c>; its first source has the same id.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, in few words.</summary>
    public required string Title { get; init; }

    /// <summary>Year it was published; null where it was not, or not known.</summary>
    public int? Year { get; init; }

    /// <summary>How it was built.</summary>
    public StudyDesign Design { get; init; }

    /// <summary>Who knew what was taken.</summary>
    public Blinding Blinding { get; init; }

    /// <summary>Whether there is a result.</summary>
    public StudyStatus Status { get; init; }

    /// <summary>Condition ids; none where it is of no one's illness.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>Who took part; null where not known.</summary>
    public string? Population { get; init; }

    /// <summary>People taken in: randomised where there was chance; planned where nothing was reported.</summary>
    public Figure? Enrolled { get; init; }

    /// <summary>People the result rests on.</summary>
    public Figure? Analysed { get; init; }

    /// <summary>Studies pooled or told, in a meta-analysis or review.</summary>
    public Figure? Trials { get; init; }

    /// <summary>Naltrexone, mg a day: the lowest and the highest dose meant for a person.</summary>
    public Figure? DoseMg { get; init; }

    /// <summary>How the dose was given, in words.</summary>
    public string? Dosing { get; init; }

    /// <summary>Weeks on the drug, or of follow-up.</summary>
    public Figure? Weeks { get; init; }

    /// <summary>What it was compared with; null: nothing.</summary>
    public string? Comparator { get; init; }

    /// <summary>Number in a trial register.</summary>
    public string? Registration { get; init; }

    /// <summary>Who paid; null where we did not read it.</summary>
    public string? Funding { get; init; }

    /// <summary>The study of which this is a further report, so that nobody counts its people twice.</summary>
    public string? ReportOf { get; init; }

    /// <summary>What it found beyond the numbers.</summary>
    public required IReadOnlyList<string> Found { get; init; }

    /// <summary>What was measured for benefit.</summary>
    public required IReadOnlyList<Outcome> Outcomes { get; init; }

    /// <summary>What was counted as harm.</summary>
    public required IReadOnlyList<Outcome> Adverse { get; init; }

    /// <summary>What a text says that bears on bias. Every other domain is not assessed.</summary>
    public required IReadOnlyList<BiasFact> BiasFacts { get; init; }

    /// <summary>How we know what is said here of its making.</summary>
    public required Mark Mark { get; init; }

    /// <summary>What must be said beside it, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Chance decided who took what when.</summary>
    public bool IsRandomised => Design is StudyDesign.RandomisedParallel or StudyDesign.RandomisedCrossover or StudyDesign.RandomisedFactorial;

    /// <summary>The tool by which its bias would be judged; null where neither fits.</summary>
    public string? BiasTool => IsRandomised ? "RoB 2"
        : Design is StudyDesign.FixedOrderCrossover or StudyDesign.Crossover or StudyDesign.BeforeAfter or StudyDesign.DoseFinding or StudyDesign.Retrospective or StudyDesign.Register or StudyDesign.Observational ? "ROBINS-I"
        : null;

    /// <summary>The domains of <see cref="BiasTool"/>.</summary>
    public IReadOnlyList<BiasDomain> BiasDomains => BiasTool switch
    {
        "RoB 2" => [BiasDomain.Randomisation, .. Design == StudyDesign.RandomisedCrossover ? [BiasDomain.PeriodAndCarryover] : Array.Empty<BiasDomain>(),
            BiasDomain.Deviations, BiasDomain.MissingData, BiasDomain.Measurement, BiasDomain.Reporting],
        "ROBINS-I" => [BiasDomain.Confounding, BiasDomain.Selection, BiasDomain.Classification, BiasDomain.Deviations, BiasDomain.MissingData, BiasDomain.Measurement, BiasDomain.Reporting],
        _ => [],
    };
}

/// <summary>A fact about a study's making that somebody who judges its bias needs. It is no judgement.</summary>
/// <param name="Domain">Where it belongs.</param>
/// <param name="Fact">What is so.</param>
/// <param name="Mark">How we know it.</param>
public sealed record BiasFact(BiasDomain Domain, string Fact, Mark Mark);
