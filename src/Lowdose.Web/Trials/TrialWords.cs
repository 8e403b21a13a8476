using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Trials;
using Lowdose.Web.Prepare;

namespace Lowdose.Web.Trials;

/// <summary>Sentences about a trial that say nothing of an arm.</summary>
internal static class TrialWords
{
    /// <summary>How far a trial is, and what comes next.</summary>
    public static string Stage(Trial trial) => trial.Stage switch
    {
        TrialStage.Designed => trial.Subjects.Count == 0 ? "Nobody is in it yet. Add the people first." : "Waiting for consent.",
        TrialStage.Consented when trial.IsSearch => "The pharmacist makes the next kit. The people come one after the other.",
        TrialStage.Running when trial.IsSearch => $"It runs. {trial.Records.OfType<TrialRecord.Answered>().Count()} of {trial.Design.People} have answered.",
        TrialStage.Closed when trial.IsSearch => "It is over. Read the answer.",
        TrialStage.Consented => AllConsented(trial) ? "Everybody consented. Seal it next." : "Waiting for consent of the others.",
        TrialStage.Sealed => trial.Kits is null ? "Sealed. The pharmacist makes the kits next." : "The kits are made. The people can begin.",
        TrialStage.Running => "It runs.",
        TrialStage.Closed => "It is over. Open it to learn the answer.",
        _ => "It is over and open.",
    };

    /// <summary>Whether every period of everybody has ended.</summary>
    public static bool IsOver(Trial trial, NodaTime.LocalDate today) => trial.Stage == TrialStage.Running && trial.Remaining(today).Count == 0 && (!trial.IsSearch || trial.Records.OfType<TrialRecord.Answered>().Count() == trial.Design.People);

    /// <summary>Whether everybody who has a place consented.</summary>
    public static bool AllConsented(Trial trial) => trial.Subjects.Count > 0 && trial.Subjects.All(s => HasConsented(trial, s.Id));

    /// <summary>Whether the person in a place consented.</summary>
    public static bool HasConsented(Trial trial, string place) => trial.Records.OfType<TrialRecord.Consented>().Any(c => c.Subject == place);

    /// <summary>How many days of which kind, as "4 periods of 56 days".</summary>
    public static string Periods(Design design)
    {
        var periods = TreatmentPeriod.Of(design, default);
        return $"{periods.Count} {(periods.Count == 1 ? "period" : "periods")} of {periods[0].Days} days"
            + (design.RunInDays > 0 ? $", after {design.RunInDays} days on nothing" : "") + (design.WashoutDays > 0 ? $", with {design.WashoutDays} days on nothing between" : "");
    }

    /// <summary>Days from the first to the last.</summary>
    public static int Days(Design design) => TreatmentPeriod.Of(design, default) is var p ? design.RunInDays + p.Sum(x => x.Days) + (p.Count - 1) * design.WashoutDays : 0;

    /// <summary>A guess in words.</summary>
    public static string Guess(ArmGuess? guess) => guess switch { ArmGuess.Drug => "the drug", ArmGuess.Placebo => "placebo", ArmGuess.DoNotKnow => "did not know", _ => "not asked" };

    /// <summary>Why something was not done, and what to do.</summary>
    public static string Of(Refused refused) => DoseWords.Kept($"{Words.Sentence(refused.What)} {Words.Sentence(refused.Do)}");

    /// <summary>Of these, what one person can run with a friend.</summary>
    public static IReadOnlyList<Design> ForOne => field ??= [.. Designs.Where(d => d.People == 1 && d.TrialOrUsual.Allocation is DesignAllocation.Pairs or DesignAllocation.Balanced or DesignAllocation.Ladder)];

    /// <summary>The designs that a clinic can run from the pages.</summary>
    public static IReadOnlyList<Design> Designs { get; } =
        [.. Screens.Loaded.Knowledge.Designs.Values.Where(d => d.Trial is { } trial && (trial.Allocation == DesignAllocation.UpAndDown || TrialDesign.Wrong(d) is null)).OrderBy(d => d.People).ThenBy(d => d.Title, StringComparer.Ordinal)];
}
