namespace Lowdose.Evidence;

/// <summary>How a study is built.</summary>
public enum StudyDesign
{
    /// <summary>Chance divides the people into groups.</summary>
    RandomisedParallel = 1,
    /// <summary>Everyone takes both; chance decides the order.</summary>
    RandomisedCrossover,
    /// <summary>Chance divides the people by two drugs at once.</summary>
    RandomisedFactorial,
    /// <summary>Everyone takes both, in the same order.</summary>
    FixedOrderCrossover,
    /// <summary>The same people before and on the drug; no control.</summary>
    BeforeAfter,
    /// <summary>Everyone takes both; we did not read how the order was set.</summary>
    Crossover,
    /// <summary>Several doses are tried to find the right one.</summary>
    DoseFinding,
    /// <summary>Charts read afterwards.</summary>
    Retrospective,
    /// <summary>A register of prescriptions.</summary>
    Register,
    /// <summary>Treated and others side by side, not by chance.</summary>
    Observational,
    /// <summary>People are asked what helped.</summary>
    Survey,
    /// <summary>One or a few patients told.</summary>
    CaseReport,
    /// <summary>Cells or samples of people.</summary>
    Laboratory,
    /// <summary>Animals.</summary>
    Animal,
    /// <summary>Scans.</summary>
    Imaging,
    /// <summary>Several studies pooled.</summary>
    MetaAnalysis,
    /// <summary>Several studies told.</summary>
    Review,
    /// <summary>An idea or a talk.</summary>
    Opinion,
    /// <summary>We did not read it.</summary>
    NotKnown,
}

/// <summary>Who knew what was taken.</summary>
public enum Blinding
{
    /// <summary>Nobody at hand did.</summary>
    DoubleBlind = 1,
    /// <summary>The people did not, the staff did.</summary>
    SingleBlind,
    /// <summary>Everyone did.</summary>
    Open,
    /// <summary>We did not read it.</summary>
    NotKnown,
    /// <summary>There is nothing to be blind to.</summary>
    NotApplicable,
}

/// <summary>Whether a study has a result.</summary>
public enum StudyStatus
{
    /// <summary>Yes.</summary>
    Reported = 1,
    /// <summary>Planned or running; we found no result.</summary>
    NoResult,
    /// <summary>It was called off.</summary>
    Withdrawn,
}

/// <summary>A domain of RoB 2 or ROBINS-I.</summary>
public enum BiasDomain
{
    /// <summary>How chance was used (RoB 2).</summary>
    Randomisation = 1,
    /// <summary>Period and carry-over (RoB 2 for crossovers).</summary>
    PeriodAndCarryover,
    /// <summary>Who is in, and why (ROBINS-I).</summary>
    Selection,
    /// <summary>What else differs (ROBINS-I).</summary>
    Confounding,
    /// <summary>Who counts as treated (ROBINS-I).</summary>
    Classification,
    /// <summary>Departures from the intended treatment, blinding included.</summary>
    Deviations,
    /// <summary>Who was lost.</summary>
    MissingData,
    /// <summary>How it was measured.</summary>
    Measurement,
    /// <summary>What was reported of it.</summary>
    Reporting,
}
