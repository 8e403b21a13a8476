using Lowdose.Evidence;
using NodaTime;

namespace Lowdose.Safety;

/// <summary>When naltrexone stops before an operation and when it may restart.</summary>
internal static class SurgeryHold
{
    private const decimal UsualMostMg = 6;

    /// <summary>A finding for each operation that is not over.</summary>
    public static IEnumerable<Finding> Findings(Knowledge knowledge, Rule rule, Hold hold, Profile profile, Taken? course, Questions questions)
    {
        var dose = course is null ? null : OwnCourse.DayMg(course.Medicine);
        foreach (var surgery in profile.Surgeries ?? [])
        {
            if (surgery.OpioidsExpected is null) questions.OpioidsAt(surgery);
            if (surgery.Date is not { } day)
            {
                questions.SurgeryDate();
                yield return rule.Finding(knowledge, "operation, date not known") with { Level = RuleLevel.Prescriber, Do = $"{Days(hold, dose)} {rule.Do}" };
            }
            else if (Restart(day, hold) > profile.AsOf) yield return OnDay(knowledge, rule, hold, surgery, day, profile.AsOf, dose);
        }
    }

    private static Finding OnDay(Knowledge knowledge, Rule rule, Hold hold, Surgery surgery, LocalDate day, LocalDate asOf, decimal? dose)
    {
        var finding = rule.Finding(knowledge, "operation on " + WashOut.Iso(day));
        if (surgery.OpioidsExpected == false)
            return finding with { Level = RuleLevel.Note, Do = "No opioids are expected. Tell the anaesthetist all the same, well before: plans change in the theatre, and naltrexone changes how opioids act." };
        var lastDose = day.PlusDays(-HoldDays(hold, dose) - 1);
        var restart = Restart(day, hold);
        var pause = new Pause(lastDose, restart);
        var stop = $"Last naltrexone on {WashOut.Iso(lastDose)} at the latest: {Days(hold, dose)} Only the anaesthetist or prescriber shortens this. Restart no sooner than {Whole(hold.RestartAfterDays)} full days after the last opioid dose";
        return pause.Delays(asOf)
            ? finding with { Level = RuleLevel.HoldUntil, Until = restart, Pause = pause, Do = $"{stop}: {WashOut.Iso(restart)} if the last opioid is given on the day itself, later otherwise. {rule.Do}" }
            : finding with { Level = RuleLevel.Caution, Pause = pause, Do = $"{stop}. {rule.Do}" };
    }

    private static LocalDate Restart(LocalDate day, Hold hold) => day.PlusDays(Whole(hold.RestartAfterDays) + 1);

    private static string Days(Hold hold, decimal? dose) =>
        $"{HoldDays(hold, dose)} full days without it before the operation{(HoldDays(hold, dose) > Whole(hold.BeforeDays) ? ", because the receptors are slow to come free" : "")}.";

    /// <summary>Days of the hold; of the most any common plan reaches where the dose is not known.</summary>
    private static int HoldDays(Hold hold, decimal? dose) => hold.Days(dose ?? UsualMostMg);

    private static int Whole(Figure days) => (int)Math.Ceiling(days.High);
}
