using Lowdose.Diary;
using Lowdose.Quantities;
using Lowdose.Science.Inference;

namespace Lowdose.Tests.Diary;

/// <summary>Diaries and judgements with invented figures, so that each word can be tested by itself.</summary>
internal static class MadeUp
{
    public static Summary Around(double mean, double sd = 1) => new(mean, sd, mean - 1.96 * sd, mean, mean + 1.96 * sd);

    /// <summary>28 days off, then 70 at 4.5 mg, every day scored.</summary>
    public static CourseDiary OffThenOn(int off = 28, int on = 70, Arm offArm = Arm.None, Outcome? outcome = null) => new(outcome ?? new Outcome("pain"),
        [.. Enumerable.Range(1, off + on).Select(d => new DiaryDay(d, 5, d <= off ? Mass.Zero : Mass.FromMilligrams(4.5m), d <= off ? offArm : Arm.Ldn, null, null))], null);

    public static DoseJudgement Dose(double mg = 4.5, int days = 70, double effect = -1.8, double any = 0.99, double benefit = 0.87, double harm = 0.01) =>
        new(mg, days, Around(effect, 0.5), any, benefit, harm, null, null, 2);

    public static Judgement Judgement(CourseDiary diary, Verdict verdict, params DoseJudgement[] doses) => new()
    {
        Course = diary.ToCourse(),
        Observed = diary.Days.Count(d => d.Score.HasValue),
        Baseline = new(6, 1, 28),
        OffDrugLevel = Around(6.2, 0.4),
        Doses = doses,
        Expectation = null,
        TrendPer28Days = Around(0, 0.2),
        Rho = Around(0.5, 0.1),
        Sigma = Around(1.2, 0.1),
        WhiteShare = Around(0.4, 0.1),
        TauDays = Around(7, 3),
        VerdictDoseMg = doses.Where(d => d.Days >= 28).MaxBy(d => d.Days)?.Mg,
        Best = [],
        Verdict = verdict,
        Strength = Strength.OpenLabel,
        Borderline = false,
        MayMakeWorse = false,
        Fitted = [],
        WouldSettle = null,
        Fading = null,
        Residuals = new(0, 0),
        MedianBlockDays = 28,
        ProbTauOverHalfBlock = 0.1,
        TauMaxDays = 90,
        ShareAtBounds = 0,
        Engine = new(7, false),
    };

    public static CourseVerdict Words(Judgement judgement, CourseDiary? diary = null, WithoutEvents? without = null, string? primary = null) =>
        CourseVerdict.InWords(diary ?? OffThenOn(), judgement, without, primary);

    public static CourseVerdict Words(Verdict verdict, Func<Judgement, Judgement> change, params DoseJudgement[] doses) =>
        Words(change(Judgement(OffThenOn(), verdict, doses.Length > 0 ? doses : [Dose()])));
}
