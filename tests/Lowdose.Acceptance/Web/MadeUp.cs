using Lowdose.Diary;
using Lowdose.Quantities;
using Lowdose.Science.Inference;
using NodaTime;

namespace Lowdose.Acceptance.Web;

/// <summary>Verdicts made by hand for the pages: the figures are invented, the shapes are what the engine returns.</summary>
internal static class MadeUp
{
    /// <summary>One stretch of a course.</summary>
    internal sealed record Stretch(int Days, double Mg, Arm Arm = Arm.Ldn);

    internal static readonly Summary None = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    internal static Summary Normal(double mean, double sd) => new(mean, sd, mean - 1.96 * sd, mean, mean + 1.96 * sd);

    internal static CourseVerdict ProbablyWorks() => Of(new Outcome("pain"),
        [new(14, 0, Arm.None), new(14, 1.5), new(14, 3), new(56, 4.5)],
        [(1.5, -0.6, 0.7), (3, -1.2, 0.7), (4.5, -1.8, 0.6)], 4.5, Verdict.ProbablyWorks,
        "Low-dose naltrexone probably works for your pain at 4.5 mg. This includes expectation and natural change.", firstDate: new LocalDate(2026, 3, 3));

    internal static CourseVerdict Unclear() => Of(new Outcome("fatigue"),
        [new(28, 0, Arm.None), new(14, 1.5), new(14, 3), new(84, 4.5)],
        [(1.5, -0.2, 0.9), (3, -0.5, 0.8), (4.5, -0.7, 0.7)], 4.5, Verdict.Unclear,
        "This diary cannot tell whether low-dose naltrexone changes your fatigue.");

    internal static CourseVerdict NoDrug() => Of(new Outcome("pain"), [new(20, 0, Arm.None)], [], null, Verdict.TooEarly,
        "It is too early to tell: no dose has been taken yet.");

    internal static CourseVerdict OneDay() => Of(new Outcome("pain"), [new(1, 0, Arm.None)], [], null, Verdict.TooEarly,
        "It is too early to tell.");

    internal static CourseVerdict Mood() => Of(new Outcome("mood", 0, 100, HigherIsBetter: true),
        [.. Enumerable.Range(0, 6).SelectMany(i => new Stretch[] { new(14, 0, Arm.Placebo), new(14, 3) })],
        [(3, 6.3, 4.1)], 3, Verdict.Unclear, "This diary cannot tell whether melatonin changes your mood.", Strength.Randomised,
        firstDate: new LocalDate(2024, 11, 12));

    internal static CourseVerdict NineDoses() => Of(new Outcome("pain"),
        [new(14, 0, Arm.None), .. Enumerable.Range(1, 9).Select(i => new Stretch(i == 9 ? 40 : 14, i * 0.5))],
        [.. Enumerable.Range(1, 9).Select(i => (i * 0.5, -0.2 * i, 0.8))], 4.5, Verdict.ProbablyWorks,
        "Low-dose naltrexone probably works for your pain at 4.5 mg.", firstDate: new LocalDate(2026, 1, 5));

    internal static CourseVerdict Long() => Of(new Outcome("pain"),
        [new(100, 0, Arm.None), new(200, 1.5), new(100, 0, Arm.None), new(300, 3)],
        [(1.5, -0.1, 0.3), (3, 0.1, 0.3)], 3, Verdict.DoesNotWork, "Low-dose naltrexone does not work for your pain at 3 mg.",
        firstDate: new LocalDate(2024, 6, 1));

    internal static CourseVerdict EveryOtherDay() => Of(new Outcome("pain"),
        [.. Enumerable.Range(0, 60).Select(i => new Stretch(1, i % 2 == 0 ? 4.5 : 0, i % 2 == 0 ? Arm.Ldn : Arm.None))],
        [(4.5, 0.2, 0.9)], 4.5, Verdict.Unclear, "This diary cannot tell whether low-dose naltrexone changes your pain.");

    internal static CourseVerdict NothingKnown() => Of(new Outcome("pain"), [new(10, 0, Arm.None), new(5, 1.5)],
        [(1.5, double.NaN, double.NaN)], null, Verdict.TooEarly, "It is too early to tell.", finite: false);

    internal static CourseVerdict Hostile()
    {
        const string bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&lt;b&gt;</style></title>";
        var verdict = Of(new Outcome(bad), [new(14, 0, Arm.None), new(40, 1.5)], [(1.5, -1, 0.5)], 1.5, Verdict.Unclear, bad);
        var days = verdict.Diary.Days.Select(d => d with { Event = d.Day == 20 ? bad : null }).ToList();
        return verdict with
        {
            Diary = new CourseDiary(verdict.Diary.Outcome, days, null),
            Because = [bad],
            Warnings = [new Warning(bad, bad)],
            Settle = bad,
        };
    }

    internal static CourseVerdict Of(Outcome outcome, IReadOnlyList<Stretch> stretches, (double Mg, double Mean, double Sd)[] effects,
        double? verdictDose, Verdict verdict, string sentence, Strength strength = Strength.OpenLabel, LocalDate? firstDate = null, bool finite = true)
    {
        var doses = stretches.SelectMany(s => Enumerable.Repeat(s.Mg, s.Days)).ToArray();
        var arms = stretches.SelectMany(s => Enumerable.Repeat(s.Arm, s.Days)).ToArray();
        var range = outcome.ScaleMax - outcome.ScaleMin;
        var level = outcome.ScaleMin + (outcome.HigherIsBetter ? 0.45 : 0.62) * range;
        double Effect(double mg) => effects.Where(e => e.Mg == mg).Select(e => e.Mean).FirstOrDefault() is var e && double.IsNaN(e) ? 0 : e;

        var noise = new double[doses.Length];
        var fit = new double[doses.Length];
        double carried = 0, seed = 12345;
        for (var t = 0; t < doses.Length; t++)
        {
            seed = (seed * 16807) % 2147483647;
            noise[t] = (0.5 * (t > 0 ? noise[t - 1] : 0)) + ((seed / 2147483647 - 0.5) * 0.35 * range);
            carried += (Effect(doses[t]) - carried) * 0.14;
            fit[t] = level + carried;
        }
        var scores = fit.Select((f, t) => t % 9 == 4 || t is > 30 and < 34 ? double.NaN
            : Math.Clamp(Math.Round(f + noise[t]), outcome.ScaleMin, outcome.ScaleMax)).ToArray();
        var written = scores.Select((s, t) => new DiaryDay(t + 1, double.IsNaN(s) ? null : s,
            Mass.FromMilligrams((decimal)doses[t]), arms[t], null, t == 40 ? "a cold" : null)).ToList();
        var course = new Course
        {
            Scores = scores, DosesMg = doses, Arms = arms, ScaleMin = outcome.ScaleMin, ScaleMax = outcome.ScaleMax,
            HigherIsBetter = outcome.HigherIsBetter,
        };
        Summary Known(double mean, double sd) => finite ? Normal(mean, sd) : None;
        var judgement = new Judgement
        {
            Course = course, Observed = scores.Count(s => !double.IsNaN(s)), Baseline = new Baseline(level, 0.12 * range, 14),
            OffDrugLevel = Known(level, 0.04 * range), Expectation = null, TrendPer28Days = Known(-0.01 * range, 0.02 * range),
            Doses = [.. effects.Select(e => Dose(e, doses, course))],
            Rho = Known(0.5, 0.1), Sigma = Known(0.15 * range, 0.01 * range), WhiteShare = Known(0.4, 0.2), TauDays = Known(8, 4),
            VerdictDoseMg = verdictDose, Best = [.. effects.Select(e => new BestDose(e.Mg, 1.0 / effects.Length))],
            Verdict = verdict, Strength = strength, Borderline = false, MayMakeWorse = false,
            Fitted = finite ? [.. fit.Select((f, t) => new FittedDay(t + 1, f, f - 0.06 * range, f + 0.06 * range))] : [],
            WouldSettle = null, Fading = null, Residuals = new ResidualChecks(0.03, 0.01), MedianBlockDays = stretches[0].Days, ProbTauOverHalfBlock = 0.1,
            TauMaxDays = 90, ShareAtBounds = 0.02, Engine = new Engine(9, false),
        };
        return new CourseVerdict(new CourseDiary(outcome, written, firstDate), judgement, sentence,
            ["On 4.5 mg your score is about 1.8 points lower than without it (19 times in 20 between 0.6 and 3.0 lower).",
             "In 18 of 20 equally likely answers the change is a point or more.", "The method allowed for 8 days of onset and for bad spells that last."],
            [new("open-label", "You knew what you took, and hope alone can move a score."), new("early", "LDN is usually judged after 8–10 weeks; this diary has 8 weeks at 4.5 mg.")],
            "Two blinded pairs of 28 days, drug and placebo, would settle it with a chance of 17 of 20.", null);
    }

    private static DoseJudgement Dose((double Mg, double Mean, double Sd) e, double[] doses, Course course)
    {
        var sign = course.HigherIsBetter ? -1 : 1;
        double Below(double x) => double.IsNaN(e.Sd) ? double.NaN : 1 / (1 + Math.Exp(-1.702 * (x - (sign * e.Mean)) / e.Sd));
        return new(e.Mg, doses.Count(d => d == e.Mg), Normal(e.Mean, e.Sd), Below(0), Below(-course.Mcid), 1 - Below(course.Mcid),
            course.HigherIsBetter ? null : 0.4, course.HigherIsBetter ? null : 0.1, 0.2 * course.Range);
    }
}
