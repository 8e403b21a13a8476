namespace Lowdose.Science.Inference.Synthesis;

/// <summary>Everything that is said of one set of studies.</summary>
public sealed record MetaAnalysis
{
    /// <summary>The studies and how they were pooled.</summary>
    public required StudySet Set { get; init; }

    /// <summary>The pooled answer.</summary>
    public required MetaFit Fit { get; init; }

    /// <summary>The 95 % Q-profile interval of τ²; NaN where there is none.</summary>
    public required (double Lo, double Hi) TauInterval { get; init; }

    /// <summary>Egger's test; null where it cannot be done.</summary>
    public required EggerTest? Egger { get; init; }

    /// <summary>Trim and fill; null where it cannot be done.</summary>
    public required TrimmedAndFilled? TrimmedAndFilled { get; init; }

    /// <summary>Without each study in turn; empty where that cannot be done.</summary>
    public required IReadOnlyList<MetaFit> LeaveOneOut { get; init; }

    /// <summary>The order in which studies were added up.</summary>
    public required IReadOnlyList<int> Order { get; init; }

    /// <summary>After each study in that order; empty where that cannot be done.</summary>
    public required IReadOnlyList<MetaFit> Cumulative { get; init; }

    /// <summary>The groups side by side; null without groups.</summary>
    public required Subgroups? Subgroups { get; init; }

    /// <summary>The sentences that a careful reader would add.</summary>
    public IReadOnlyList<MetaCaveat> Caveats
    {
        get
        {
            var caveats = new List<MetaCaveat>();
            if (Fit.K == 1) caveats.Add(MetaCaveat.OneStudy);
            else if (Fit.K < 5 && Set.Method != TauMethod.EE) caveats.Add(MetaCaveat.FewStudies);
            if (Egger is not null && Fit.K < 10) caveats.Add(MetaCaveat.EggerOfFew);
            if (Set.Moderators.Count > 0 && Fit.K < 10 * Set.Moderators.Count) caveats.Add(MetaCaveat.ManyModerators);
            if (Fit.Coefficients.Any(c => double.IsNaN(c.Estimate))) caveats.Add(MetaCaveat.Redundant);
            if (Set.Moderators.Count == 0 && Fit.K > Synthesise.MostRefits) caveats.Add(MetaCaveat.TooManyToRefit);
            return caveats;
        }
    }
}

/// <summary>What to bear in mind about a meta-analysis.</summary>
public enum MetaCaveat
{
    /// <summary>One study: nothing is pooled.</summary>
    OneStudy,

    /// <summary>Fewer than five studies: the variance between them is hardly known.</summary>
    FewStudies,

    /// <summary>Egger's test with fewer than ten studies says little.</summary>
    EggerOfFew,

    /// <summary>Fewer than ten studies a moderator.</summary>
    ManyModerators,

    /// <summary>A moderator is determined by those before it and has no coefficient.</summary>
    Redundant,

    /// <summary>Too many studies to leave each out in turn.</summary>
    TooManyToRefit,
}
