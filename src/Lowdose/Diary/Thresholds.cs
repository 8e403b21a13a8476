namespace Lowdose.Diary;

/// <summary>The limits the words mention; the verdict itself is Science's. Source: docs/methods/course-model.md.</summary>
internal static class Thresholds
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
    /// <summary>Days at the verdict dose after which LDN is usually judged.</summary>
    public const int UsualDays = 56;
    /// <summary>How near to a dose change an event disturbs the comparison, days.</summary>
    public const int EventDays = 14;
}
