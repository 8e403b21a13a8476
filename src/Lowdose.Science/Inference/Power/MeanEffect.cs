using Lowdose.Science.Inference.Crossover;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Science.Inference.Power;

/// <summary>Draws a replicate's people and asks the house's own analyses for the mean effect.</summary>
/// <param name="study">Design, truth and analysis.</param>
internal sealed class MeanEffect(PowerStudy study)
{
    private readonly VirtualPeople _people = new(study);
    /// <summary>The studies with the effect and without it: the same people, the same days, the same noise.</summary>
    private readonly Study _with = new(study), _without = new(study);

    private sealed class Study(PowerStudy study)
    {
        public List<PooledDiary> Diaries { get; } = new(study.People);
        public List<PeriodMean> Means { get; } = new(study.People * study.Blocks.Count);
    }

    /// <summary>One study, with the effect and without it.</summary>
    /// <param name="replicate">Which.</param>
    public (Finding With, Finding Without) Of(long replicate)
    {
        var truth = study.Truth;
        _people.Begin(replicate);
        foreach (var one in (ReadOnlySpan<Study>)[_with, _without])
        {
            one.Diaries.Clear();
            one.Means.Clear();
        }
        for (var person = 0; person < study.People; person++)
        {
            _people.Draw(person);
            _people.Give(truth.Effect, truth.EffectSd);
            Add(person, _with);
            if (truth.Effect == 0) continue;
            _people.Give(0, truth.EffectSd);
            Add(person, _without);
        }
        var with = Asked(_with, truth.Effect);
        return (with, truth.Effect == 0 ? with : Asked(_without, 0));
    }

    /// <summary>The diaries of one pool, with the effect.</summary>
    public List<PooledDiary> Diaries(long replicate)
    {
        Of(replicate);
        return _with.Diaries;
    }

    /// <summary>The period means of one crossover, with the effect.</summary>
    public PeriodMean[] Periods(long replicate)
    {
        Of(replicate);
        return [.. _with.Means];
    }

    private void Add(int person, Study to)
    {
        if (study.Analysis == PowerAnalysis.Pool) AddDiary(to.Diaries);
        else AddMeans(person, to.Means);
    }

    private Finding Asked(Study of, double effect) => study.Analysis switch
    {
        PowerAnalysis.Pool => Pooled(of.Diaries, effect),
        PowerAnalysis.Crossover => Compared(of.Means, effect),
        _ => Permuted(of.Means),
    };

    private Finding Pooled(List<PooledDiary> diaries, double effect)
    {
        if (diaries.Count == 0) return Finding.Nothing;
        var fit = new OneStage(new PooledStudy { People = diaries, TauDays = study.PoolTauDays });
        var (estimate, se, df) = PooledReport.Effect(fit);
        return Finding.Of(estimate, se, df, effect);
    }

    private static Finding Compared(List<PeriodMean> means, double effect)
    {
        if (means.Count == 0) return Finding.Nothing;
        var (estimate, se, df) = Mixed.Effect([.. means]);
        return Finding.Of(estimate, se, df, effect);
    }

    /// <summary>As <c>lowdose crossover</c>: people with both treatments, and its seed.</summary>
    private static Finding Permuted(List<PeriodMean> means)
    {
        PeriodMean[] both = [.. means.GroupBy(m => m.Person).Where(p => p.Any(m => m.Drug) && p.Any(m => !m.Drug)).SelectMany(p => p)];
        if (both.Length == 0) return Finding.Nothing;
        var p = Dealing.Test(both, 1).P;
        return new(Classical.Of([.. means], both).Treatment.Effect, p, double.NaN);
    }

    private void AddDiary(List<PooledDiary> diaries)
    {
        var days = _people.Days;
        var scored = 0;
        var on = new bool[study.Days];
        var scores = new double[study.Days];
        var at = new int[study.Days];
        for (int block = 0, t = 0; block < _people.Blocks.Length; block++)
        {
            var (_, mg, length) = _people.Blocks[block];
            var left = _people.At.Contains(block) ? study.DiscardDays : 0;
            for (var day = 0; day < length; day++, t++)
            {
                on[t] = mg > 0;
                if (t >= _people.Stayed || double.IsNaN(days.Scores[t]) || day < left) continue;
                scores[scored] = days.Scores[t];
                at[scored++] = t;
            }
        }
        // Who has no score is not in a pool.
        if (scored > 0) diaries.Add(new PooledDiary { Days = scored == at.Length ? at : at[..scored], Scores = scored == at.Length ? scores : scores[..scored], OnDrug = on });
    }

    private void AddMeans(int person, List<PeriodMean> means)
    {
        var scores = _people.Days.Scores;
        for (int block = 0, period = 0, t = 0; block < _people.Blocks.Length; block++)
        {
            var (arm, _, length) = _people.Blocks[block];
            var end = t + length;
            if (period < _people.At.Length && _people.At[period] == block)
            {
                period++;
                double sum = 0, n = 0;
                for (var day = t + study.DiscardDays; day < Math.Min(end, _people.Stayed); day++)
                    if (!double.IsNaN(scores[day])) (sum, n) = (sum + scores[day], n + 1);
                if (n > 0) means.Add(new(person, period, arm == Arm.Ldn, sum / n));
            }
            t = end;
        }
    }
}
