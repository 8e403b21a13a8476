namespace Lowdose.Records.Clinic;

/// <summary>Everything the audit trail can say that somebody did. The list is closed, so that no text of a person ever gets in.</summary>
public enum Act
{
    /// <summary>Came in.</summary>
    SignedIn,
    /// <summary>Was not let in.</summary>
    SignInRefused,
    /// <summary>A session was ended, by its owner or by another of the account's sessions.</summary>
    SessionEnded,
    /// <summary>A passkey, password or second step was added, changed or removed.</summary>
    WayInChanged,
    /// <summary>An organisation was made.</summary>
    OrganisationMade,
    /// <summary>An account was made.</summary>
    AccountMade,
    /// <summary>An account was closed.</summary>
    AccountClosed,
    /// <summary>An account was given a role.</summary>
    RoleGiven,
    /// <summary>A role was taken from an account.</summary>
    RoleTaken,
    /// <summary>An invitation was made.</summary>
    InvitationMade,
    /// <summary>An invitation was taken up.</summary>
    InvitationRedeemed,
    /// <summary>Consent was given.</summary>
    ConsentGiven,
    /// <summary>Consent was withdrawn.</summary>
    ConsentWithdrawn,
    /// <summary>A part of a record was shown.</summary>
    RecordSeen,
    /// <summary>A part of a record was written.</summary>
    RecordWritten,
    /// <summary>A plan was approved.</summary>
    PlanApproved,
    /// <summary>A plan was put on hold.</summary>
    PlanHeld,
    /// <summary>A plan was changed.</summary>
    PlanChanged,
    /// <summary>A record was given out in a file.</summary>
    Exported,
    /// <summary>Many records were shown together, without names.</summary>
    CohortSeen,
    /// <summary>Many records were given out together, without names.</summary>
    CohortExported,
    /// <summary>The code of a blinded trial was broken for one person.</summary>
    CodeBroken,
    /// <summary>A record was deleted.</summary>
    RecordDeleted,
    /// <summary>A backup was made.</summary>
    BackupMade,
}

/// <summary>How an act is written in the trail. These words are hashed: one that was ever used is never changed.</summary>
internal static class ActWords
{
    private static readonly Dictionary<Act, string> Words = new()
    {
        [Act.SignedIn] = "signed in",
        [Act.SignInRefused] = "sign-in refused",
        [Act.SessionEnded] = "session ended",
        [Act.WayInChanged] = "way in changed",
        [Act.OrganisationMade] = "organisation made",
        [Act.AccountMade] = "account made",
        [Act.AccountClosed] = "account closed",
        [Act.RoleGiven] = "role given",
        [Act.RoleTaken] = "role taken",
        [Act.InvitationMade] = "invitation made",
        [Act.InvitationRedeemed] = "invitation redeemed",
        [Act.ConsentGiven] = "consent given",
        [Act.ConsentWithdrawn] = "consent withdrawn",
        [Act.RecordSeen] = "record seen",
        [Act.RecordWritten] = "record written",
        [Act.PlanApproved] = "plan approved",
        [Act.PlanHeld] = "plan held",
        [Act.PlanChanged] = "plan changed",
        [Act.Exported] = "exported",
        [Act.CohortSeen] = "cohort seen",
        [Act.CohortExported] = "cohort exported",
        [Act.CodeBroken] = "code broken",
        [Act.RecordDeleted] = "record deleted",
        [Act.BackupMade] = "backup made",
    };

    private static readonly Dictionary<string, Act> Acts = Words.ToDictionary(w => w.Value, w => w.Key, StringComparer.Ordinal);

    public static string Of(Act act) => Words[act];

    /// <summary>Null: no word of this version's list.</summary>
    public static Act? Read(string word) => Acts.TryGetValue(word, out var act) ? act : null;
}
