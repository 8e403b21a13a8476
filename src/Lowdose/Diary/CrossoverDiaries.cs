using Lowdose.Quantities;
using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Crossover;

namespace Lowdose.Diary;

/// <summary>
/// The diaries of a crossover as period means. A period is of drug where a day of it was assigned the drug, else of placebo
/// where one was assigned that; without a word on arms, the doses of most of its days decide. Days assigned none are run-in
/// or wash-out, unless no period of the trial is of placebo: then none is what the drug is compared with.
/// </summary>
public static class CrossoverDiaries
{
    private enum Treatment { None, Placebo, Drug }

    private sealed record Stretch(int Person, int Period, Treatment Treatment, bool SaysArms, IReadOnlyList<DiaryDay> Days);

    /// <summary>The numbers Science compares.</summary>
    /// <param name="people">Everyone, with periods.</param>
    /// <param name="discardDays">Calendar days left out at the start of every period.</param>
    /// <param name="higherIsBetter">The direction of improvement.</param>
    /// <param name="seed">Of the permutation test.</param>
    /// <returns>The study; null where no period can be told to be of drug or of what it is compared with.</returns>
    public static CrossoverStudy? Of(IReadOnlyList<PersonDiary> people, int discardDays, bool higherIsBetter, ulong seed)
    {
        Stretch[] stretches = [.. people.SelectMany((p, i) => StretchesOf(p.Diary, i))];
        var withPlacebo = stretches.Any(s => s.Treatment == Treatment.Placebo);
        Stretch[] compared = [.. stretches.Where(s => s.Treatment != Treatment.None || !withPlacebo)];
        if (compared.Length == 0) return null;
        int[] periods = [.. compared.Select(s => s.Period).Distinct().Order()];
        return new CrossoverStudy
        {
            Means = [.. compared.Select(s => new PeriodMean(s.Person, Array.IndexOf(periods, s.Period) + 1, s.Treatment == Treatment.Drug, Mean(s, discardDays)))],
            Baselines = [.. people.Select((p, i) => Baseline(p.Diary, compared.Where(s => s.Person == i)))],
            HigherIsBetter = higherIsBetter,
            Seed = seed,
        };
    }

    private static IEnumerable<Stretch> StretchesOf(CourseDiary diary, int person) =>
        from day in diary.Days
        where day.Period.HasValue
        group day by day.Period!.Value into days
        let list = days.ToList()
        select new Stretch(person, days.Key, TreatmentOf(list), list.Any(d => d.Arm.HasValue), list);

    private static Treatment TreatmentOf(List<DiaryDay> days)
    {
        if (days.Exists(d => d.Arm == Arm.Ldn)) return Treatment.Drug;
        if (days.Exists(d => d.Arm == Arm.Placebo)) return Treatment.Placebo;
        return !days.Exists(d => d.Arm.HasValue) && 2 * days.Count(d => d.Dose > Mass.Zero) > days.Count(d => d.Dose.HasValue) ? Treatment.Drug : Treatment.None;
    }

    private static double Mean(Stretch stretch, int discardDays)
    {
        var start = stretch.Days.Min(d => d.Day);
        var counted = stretch.Days.Where(d => d.Day - start >= discardDays && d.Score.HasValue
            && (d.Arm != Arm.None || !stretch.SaysArms || stretch.Treatment == Treatment.None)).Select(d => d.Score!.Value).ToList();
        return counted.Count == 0 ? double.NaN : counted.Average();
    }

    private static double Baseline(CourseDiary diary, IEnumerable<Stretch> compared)
    {
        var first = compared.SelectMany(s => s.Days).Select(d => d.Day).DefaultIfEmpty(0).Min();
        var before = diary.Days.Where(d => d.Day < first && d.Score.HasValue && diary.Doses[d.Day - 1] == Mass.Zero).Select(d => d.Score!.Value).ToList();
        return before.Count == 0 ? double.NaN : before.Average();
    }
}
