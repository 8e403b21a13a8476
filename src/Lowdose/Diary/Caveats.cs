using Lowdose.Science.Inference;

namespace Lowdose.Diary;

/// <summary>What the reader must bear in mind. The codes are a contract; the order is that of weight.</summary>
internal static class Caveats
{
    private const double ManyAtBounds = 0.25;
    private const double LikelySlow = 0.25;
    private const double UntruncatedTauDays = 90;

    /// <summary>Standard errors from zero at which a drift is called strong (one in ten by chance, two-sided).</summary>
    private const double StrongZ = 1.64;

    public static IEnumerable<Warning> Of(CourseDiary diary, Judgement judgement, WithoutEvents? withoutEvents, string? primary) =>
        OnTheVerdict(judgement, primary)
            .Concat(OnTheDesign(judgement))
            .Concat(OnTheScores(judgement))
            .Concat(OnTheDiary(diary, judgement, withoutEvents));

    private static IEnumerable<Warning> OnTheVerdict(Judgement judgement, string? primary)
    {
        if (primary is not null)
            yield return new("secondary-outcome", $"This is a secondary outcome: {primary} was named primary at the start, and the question is answered there.");
        if (judgement.Borderline)
            yield return new("borderline", "This is a borderline call: a very small change in the numbers would change the verdict.");
        if (judgement.MayMakeWorse)
            yield return new("may-be-making-it-worse", $"It may be making it worse: the chance of that is {Words.Chance(1 - judgement.VerdictDose!.ProbAnyBenefit)}.");
        if (VerdictSentence.IsBeforeUsualTime(judgement))
            yield return new("not-yet-usual-time", "It is not yet the usual time to judge: some people improve later.");
        if (judgement.VerdictDose is { Days: < VerdictLimits.UsualDays } dose)
            yield return new("short-at-verdict-dose", $"LDN is usually judged after 8–10 weeks; this diary has {Words.Count(dose.Days, "day")} at {Words.Dose(dose.Mg)} so far.");
    }

    private static IEnumerable<Warning> OnTheDesign(Judgement judgement)
    {
        if (judgement.Doses.Count == 0) yield break;
        if (judgement.Strength == Strength.RandomisedShort)
            yield return new("randomised-short", "The blinded blocks are too few or too short (two of placebo and two of the drug, each of 14 days or more, are needed), so this is judged as an open diary.");
        if (!judgement.Course.Arms.Contains(Arm.Placebo))
            yield return new("no-placebo", "There are no placebo days, so what expecting to feel better does cannot be told from what the drug does.");
        if (judgement.TauMaxDays < UntruncatedTauDays && judgement.Course.DosesMg.Distinct().Skip(1).Any())
            yield return new("fast-switching", $"The dose changed every few days, so only an effect that shows within {Words.Count(WholeDays(judgement.TauMaxDays), "day")} can be seen here.");
        if (judgement.ProbTauOverHalfBlock > LikelySlow)
            yield return new("slow-for-blocks", $"The drug may act more slowly than the doses changed (chance {Words.Chance(judgement.ProbTauOverHalfBlock)}); longer stretches at one dose would show more.");
    }

    private static IEnumerable<Warning> OnTheScores(Judgement judgement)
    {
        var course = judgement.Course;
        if (judgement.ShareAtBounds > ManyAtBounds)
            yield return new("scores-at-bounds", $"{Percent(judgement.ShareAtBounds)} of the scores are at an end of the scale, where a change can be hidden.");
        var drift = judgement.TrendPer28Days.Mean * course.Days / 28;
        if (Math.Abs(judgement.TrendPer28Days.Mean) >= StrongZ * judgement.TrendPer28Days.Sd && Math.Abs(drift) >= course.Mcid)
            yield return new("strong-trend", $"There is a strong drift over the whole diary (about {Words.Change(judgement.TrendPer28Days.Mean, course)} every 28 days) that is not the drug's; the longer it goes on, the harder the two are to tell apart.");
        if (judgement.Fading is { MayBeFading: true } fading)
            yield return new("fading", $"The benefit may be fading: compared with the early days at this dose, the later ones are {Words.Change(fading.Change, course)}.");
    }

    private static IEnumerable<Warning> OnTheDiary(CourseDiary diary, Judgement judgement, WithoutEvents? withoutEvents)
    {
        var events = DisturbingEvents.In(diary).Days;
        if (events.Count > 0)
            yield return new("event-near-dose-change", EventText(diary, judgement, events, withoutEvents));
        if (diary.AssumedDoses.Count > 0)
            yield return new("assumed-doses", $"The dose was not written on {Words.Count(diary.AssumedDoses.Count, "day")} and is assumed: {DayList.Of(diary, diary.AssumedDoses, diary.UncertainDoses)}."
                + (diary.UncertainDoses.Count > 0 ? " Those marked ? lie between two different doses." : ""));
        if (judgement.Course.AlreadyTaking && judgement.Course.DosesMg[0] == 0)
            yield return new("already-taking-nothing", "The first day has no dose, so being on the drug already changes nothing here.");
    }

    private static string EventText(CourseDiary diary, Judgement judgement, IReadOnlyList<DiaryDay> events, WithoutEvents? without)
    {
        var days = DayList.Of(diary, [.. events.Select(e => e.Day)], []);
        var text = $"Something else happened within {DisturbingEvents.NearDays} days of a dose change ({days}). ";
        if (without is null) return text + (events.Any(e => e.Score.HasValue) ? "Without those days no score is left." : "Those days have no score to leave out.");
        var changed = without.Judgement.Verdict != judgement.Verdict || without.Judgement.VerdictDoseMg != judgement.VerdictDoseMg;
        var answer = changed ? "the answer changes: " + VerdictSentence.Of(diary, without.Judgement) : "the answer stays the same.";
        return text + $"Without {(events.Count == 1 ? "that day's score" : "the scores of those days")} " + answer + ChanceWithout(judgement, without);
    }

    private static string ChanceWithout(Judgement judgement, WithoutEvents without) =>
        CourseVerdict.FocusOf(judgement) is { } with && CourseVerdict.FocusOf(without.Judgement) is { } left && with.Mg == left.Mg
            && (Words.Chance(left.ProbMeaningfulBenefit), Words.Chance(with.ProbMeaningfulBenefit)) is var (without20, with20) && without20 != with20
            ? $" The chance of a benefit that matters is {without20} without, {with20} with."
            : "";

    private static int WholeDays(double days) => Math.Max(1, (int)Math.Round(days));

    private static string Percent(double share) => (share * 100).ToString("0", System.Globalization.CultureInfo.InvariantCulture) + "%";
}
