using Lowdose.Quantities;

namespace Lowdose.Evidence;

/// <summary>What a stretch of a design gives.</summary>
public enum DesignArm
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Placebo.</summary>
    Placebo,
    /// <summary>Low-dose naltrexone.</summary>
    Ldn,
}

/// <summary>What is asked of a design's data.</summary>
public enum DesignAnalysis
{
    /// <summary>A verdict on every person.</summary>
    Verdict,
    /// <summary>One model of everyone's days.</summary>
    Pool,
    /// <summary>The mixed model of period means.</summary>
    Crossover,
    /// <summary>The permutation test of period means.</summary>
    Permutation,
}

/// <summary>How the order of blocks is drawn.</summary>
public enum DesignRandom
{
    /// <summary>Each pair by a coin of its own, for each person.</summary>
    Pairs,
    /// <summary>Half of the people begin with the one arm, half with the other, throughout.</summary>
    Sequence,
}

/// <summary>One period of a design.</summary>
/// <param name="Arm">What is given.</param>
/// <param name="Dose">The daily dose; zero where the arm is not the drug.</param>
/// <param name="Days">How long.</param>
/// <param name="Blinded">Nobody knows which arm it is.</param>
public sealed record DesignPeriod(DesignArm Arm, Mass Dose, int Days, bool Blinded);

/// <summary>Two arms in turn, in pairs of blocks.</summary>
/// <param name="Arms">The two.</param>
/// <param name="Dose">The daily dose of the drug.</param>
/// <param name="Days">Days a block.</param>
/// <param name="Pairs">How many pairs.</param>
/// <param name="Random">How their order is drawn.</param>
/// <param name="Blinded">Nobody knows which arm it is.</param>
public sealed record DesignBlocks(IReadOnlyList<DesignArm> Arms, Mass Dose, int Days, int Pairs, DesignRandom Random, bool Blinded);

/// <summary>What is assumed of the people, in points of a 0–10 scale where lower is better. An assumption, not a finding.</summary>
public sealed record DesignTruth
{
    /// <summary>Mean effect of the highest dose; benefit negative.</summary>
    public double Effect { get; init; }
    /// <summary>SD of effects between people.</summary>
    public double EffectSd { get; init; }
    /// <summary>Mean level off drug.</summary>
    public double Level { get; init; } = 6;
    /// <summary>SD of levels between people.</summary>
    public double LevelSd { get; init; }
    /// <summary>Autocorrelation from day to day.</summary>
    public double Rho { get; init; }
    /// <summary>Day-to-day SD.</summary>
    public double Sigma { get; init; }
    /// <summary>The share of that variance that is white.</summary>
    public double WhiteShare { get; init; }
    /// <summary>Time constant of onset and wash-out, days.</summary>
    public double TauDays { get; init; }
    /// <summary>Drift per 28 days.</summary>
    public double TrendPer28Days { get; init; }
    /// <summary>Added on every day something is swallowed.</summary>
    public double Expectation { get; init; }
    /// <summary>The share of days without a score.</summary>
    public double Missing { get; init; }
    /// <summary>The share of people who leave before the end.</summary>
    public double Dropout { get; init; }
    /// <summary>Scores are whole numbers on the scale; null: as the analysis needs it.</summary>
    public bool? Rounded { get; init; }
}

/// <summary>One number of a design, and the values it takes.</summary>
/// <param name="Name">Its key: <c>people</c>, <c>pairs</c>, <c>days</c>, <c>effect</c> …</param>
/// <param name="Values">At least one.</param>
public sealed record DesignVary(string Name, IReadOnlyList<double> Values);

/// <summary>A study as it is planned: who takes what for how long, in which order, and what is asked of the data. It is not a <see cref="Protocol"/>, which says how to dose.</summary>
public sealed record Design
{
    /// <summary>As cited; empty where the file gives none.</summary>
    public string Id { get; init; } = "";
    /// <summary>One line.</summary>
    public string Title { get; init; } = "";
    /// <summary>How many people.</summary>
    public int People { get; init; } = 1;
    /// <summary>Periods in the order written; empty where there are blocks.</summary>
    public IReadOnlyList<DesignPeriod> Periods { get; init; } = [];
    /// <summary>Blocks in random order; null where there are periods.</summary>
    public DesignBlocks? Blocks { get; init; }
    /// <summary>Days on nothing before the first period.</summary>
    public int RunInDays { get; init; }
    /// <summary>Days on nothing between periods.</summary>
    public int WashoutDays { get; init; }
    /// <summary>Days at the start of every period whose scores are left out.</summary>
    public int DiscardDays { get; init; }
    /// <summary>What is asked of the data.</summary>
    public DesignAnalysis Analysis { get; init; }
    /// <summary>The onset that the pool takes for granted, days; null to search it.</summary>
    public double? PoolTauDays { get; init; } = 0;
    /// <summary>What is assumed of the people.</summary>
    public DesignTruth Truth { get; init; } = new();
    /// <summary>How many studies are simulated.</summary>
    public int Replicates { get; init; } = 1000;
    /// <summary>What varies; null where nothing does.</summary>
    public DesignVary? Vary { get; init; }
    /// <summary>What is said besides where it is run as a blinded trial; null where the file says nothing.</summary>
    public DesignTrial? Trial { get; init; }
    /// <summary>Anything else worth saying.</summary>
    public string? Note { get; init; }

    /// <summary>How it is run as a trial: as the file says, or else as its blocks are dealt.</summary>
    public DesignTrial TrialOrUsual => Trial ?? new() { Allocation = Blocks is null or { Random: DesignRandom.Pairs } ? DesignAllocation.Pairs : DesignAllocation.Sequences };

    /// <summary>What the decision is made on: as the file says, or else p for groups, the verdict for one person, and the mean effect for several.</summary>
    public DesignDecision Decision => TrialOrUsual.Decision ?? (NobodyHasBoth ? DesignDecision.Permutation : People == 1 ? DesignDecision.Verdict : DesignDecision.Mean);

    /// <summary>A benefit also needs a one-sided randomisation p of so many per cent or less: as the file says, or else 5; null, also, for a verdict, whose few orders could not give it.</summary>
    public int? PercentP => TrialOrUsual.PercentP ?? (Decision == DesignDecision.Verdict ? null : 5);

    /// <summary>Each person has one arm, so that arms are compared between people.</summary>
    public bool NobodyHasBoth => TrialOrUsual.Allocation is DesignAllocation.Groups or DesignAllocation.Minimised;

    /// <summary>Why its power is not simulated; null where it is.</summary>
    public string? NotSimulated => Trial?.Allocation switch
    {
        DesignAllocation.Groups or DesignAllocation.Minimised => "in this design each person has one arm only, and power of parallel groups is not simulated",
        DesignAllocation.UpAndDown => "in this design each dose follows from the answer before it, which is not simulated",
        _ => null,
    };

    /// <summary>The periods in the order written, blocks unrolled.</summary>
    public IReadOnlyList<DesignPeriod> Written => Blocks is not { } blocks ? Periods
        : [.. Enumerable.Range(0, 2 * blocks.Pairs).Select(b => blocks.Arms[b % 2]).Select(arm => new DesignPeriod(arm, arm == DesignArm.Ldn ? blocks.Dose : Mass.Zero, blocks.Days, blocks.Blinded))];

    /// <summary>Nobody knows in any period which of placebo and drug it is.</summary>
    public bool Blinded => Written.All(p => p.Blinded);

    /// <summary>Reads one design from YAML.</summary>
    /// <param name="path">What the file is called; the defects name it.</param>
    /// <param name="content">Its UTF-8 bytes; read to the end and closed.</param>
    /// <returns>The design, or what is wrong with it.</returns>
    public static DesignReading Read(string path, Stream content) => KnowledgeReader.ReadDesign(YamlText.Parse(new KnowledgeFile(path, content)));

    /// <summary>The same with one number changed.</summary>
    /// <param name="name">Its key, of <see cref="DesignLimits.Varying"/>.</param>
    /// <param name="value">A value within its limits; whole where the number is.</param>
    /// <returns>Null where the design has no such number.</returns>
    public Design? With(string name, double value) => name switch
    {
        "people" => this with { People = (int)value },
        "runInDays" => this with { RunInDays = (int)value },
        "washoutDays" => this with { WashoutDays = (int)value },
        "discardDays" => this with { DiscardDays = (int)value },
        "pairs" => Blocks is null ? null : this with { Blocks = Blocks with { Pairs = (int)value } },
        "days" => Blocks is null ? null : this with { Blocks = Blocks with { Days = (int)value } },
        "effect" => this with { Truth = Truth with { Effect = value } },
        "effectSd" => this with { Truth = Truth with { EffectSd = value } },
        "level" => this with { Truth = Truth with { Level = value } },
        "levelSd" => this with { Truth = Truth with { LevelSd = value } },
        "rho" => this with { Truth = Truth with { Rho = value } },
        "sigma" => this with { Truth = Truth with { Sigma = value } },
        "whiteShare" => this with { Truth = Truth with { WhiteShare = value } },
        "tauDays" => this with { Truth = Truth with { TauDays = value } },
        "trendPer28Days" => this with { Truth = Truth with { TrendPer28Days = value } },
        "expectation" => this with { Truth = Truth with { Expectation = value } },
        "missing" => this with { Truth = Truth with { Missing = value } },
        "dropout" => this with { Truth = Truth with { Dropout = value } },
        _ => null,
    };
}

/// <summary>What came of reading a design.</summary>
/// <param name="Design">Null where there is any defect.</param>
/// <param name="Defects">Everything found wrong, by line.</param>
public sealed record DesignReading(Design? Design, IReadOnlyList<Defect> Defects);
