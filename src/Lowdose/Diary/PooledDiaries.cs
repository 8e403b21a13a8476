using Lowdose.Quantities;
using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Diary;

/// <summary>Somebody who is not in a pool.</summary>
/// <param name="Name">How the file calls them.</param>
/// <param name="Why">The reason, as part of a sentence.</param>
public readonly record struct LeftOutPerson(string Name, string Why);

/// <summary>
/// Diaries as a pool sees them: the days on the drug of one contrast, any drug or one dose, against the days off. Scored
/// days at another dose, or without a covariate, are left out and counted.
/// </summary>
/// <param name="Names">Who has a scored day left, in the order given.</param>
/// <param name="Diaries">Their numbers.</param>
/// <param name="LeftOut">Scored days left out.</param>
/// <param name="LeftOutPeople">Who has no scored day left, and why.</param>
/// <param name="Doses">Every dose that somebody took, ascending.</param>
public sealed record PooledDiaries(IReadOnlyList<string> Names, IReadOnlyList<PooledDiary> Diaries, int LeftOut, IReadOnlyList<LeftOutPerson> LeftOutPeople, IReadOnlyList<Mass> Doses)
{
    /// <summary>Everyone's numbers, read one at a time.</summary>
    /// <param name="people">The diaries.</param>
    /// <param name="contrast">The dose compared with none and placebo; null for any.</param>
    public static PooledDiaries Of(IEnumerable<PersonDiary> people, Mass? contrast)
    {
        var (names, diaries, leftOut, absent, doses) = (new List<string>(), new List<PooledDiary>(), 0, new List<LeftOutPerson>(), new SortedSet<Mass>());
        foreach (var person in people)
        {
            foreach (var dose in person.Diary.Doses) if (dose > Mass.Zero) doses.Add(dose);
            var numbers = Numbers(person, contrast, ref leftOut);
            if (numbers.Days.Length == 0)
            {
                absent.Add(new(person.Name, WhyNot(person, contrast)));
                continue;
            }
            names.Add(person.Name);
            diaries.Add(numbers);
        }
        return new(names, diaries, leftOut, absent, [.. doses]);
    }

    private static string WhyNot(PersonDiary person, Mass? contrast)
    {
        int[] scored = [.. Enumerable.Range(0, person.Diary.Days.Count).Where(t => person.Diary.Days[t].Score.HasValue)];
        return scored.Length == 0 ? "no day has a score"
            : Array.TrueForAll(scored, t => IsOther(person.Diary.Doses[t], contrast)) ? $"every day with a score is at another dose than {contrast}"
            : "no day with a score has every covariate asked for";
    }

    private static PooledDiary Numbers(PersonDiary person, Mass? contrast, ref int leftOut)
    {
        var diary = person.Diary;
        var days = new List<int>(diary.Days.Count);
        for (var t = 0; t < diary.Days.Count; t++)
        {
            if (diary.Days[t].Score is null) continue;
            if (IsOther(diary.Doses[t], contrast) || person.Covariates.Any(c => double.IsNaN(c[t]))) leftOut++;
            else days.Add(t);
        }
        var on = new bool[diary.Days.Count];
        for (var t = 0; t < on.Length; t++) on[t] = contrast is { } mg ? diary.Doses[t] == mg : diary.Doses[t] > Mass.Zero;
        return new PooledDiary
        {
            Days = [.. days],
            Scores = [.. days.Select(t => diary.Days[t].Score!.Value)],
            OnDrug = on,
            Covariates = [.. person.Covariates.Select(c => Brief([.. days.Select(t => c[t])]))],
        };
    }

    /// <summary>The course of one contrast: days at another dose have no score and no dose, and all doses that count are one.</summary>
    /// <param name="diary">Whose.</param>
    /// <param name="contrast">The dose compared; null for any.</param>
    /// <returns>A course with at most one dose, of 1 mg in name.</returns>
    public static Course Course(CourseDiary diary, Mass? contrast)
    {
        var course = diary.ToCourse();
        var (scores, doses) = ((double[])course.Scores.Clone(), new double[course.Days]);
        for (var t = 0; t < doses.Length; t++)
        {
            if (IsOther(diary.Doses[t], contrast)) scores[t] = double.NaN;
            else if (diary.Doses[t] > Mass.Zero) doses[t] = 1;
        }
        return course with { Scores = scores, DosesMg = doses };
    }

    private static bool IsOther(Mass dose, Mass? contrast) => contrast is { } mg && dose > Mass.Zero && dose != mg;

    /// <summary>A covariate that is the same all along is the person's.</summary>
    private static double[] Brief(double[] values) => values.Length > 0 && Array.TrueForAll(values, v => v == values[0]) ? [values[0]] : values;
}
