namespace Lowdose.Science.Inference;

/// <summary>How many days and scores a verdict needs. Source: docs/methods/course-model.md §5.</summary>
public static class VerdictLimits
{
    /// <summary>Days at a dose before it can be judged.</summary>
    public const int CandidateDays = 28;
    /// <summary>Off-drug days (assigned none or placebo) to compare with.</summary>
    public const int OffDrugDays = 14;
    /// <summary>How many of them must have a score.</summary>
    public const int OffDrugScores = 8;
    /// <summary>Placebo days a randomised verdict needs.</summary>
    public const int PlaceboDays = 28;
    /// <summary>Scores a randomised verdict needs.</summary>
    public const int RandomisedScores = 40;
    /// <summary>Days at the verdict dose after which LDN is usually judged, and after which fading is asked about.</summary>
    public const int UsualDays = 56;
    /// <summary>A change of dose that lasts fewer days is a forgotten or doubled tablet.</summary>
    public const int LastingDays = 3;
    /// <summary>The chance of a decisive verdict at which a continuation is named.</summary>
    public const double SettlingChance = 0.8;
}
