using Lowdose.Science.Inference.Crossover;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Science.Inference.Power;

/// <summary>Draws a replicate's people and asks the house's own analyses for the mean effect.</summary>
/// <param name="study">Design, truth and analysis.</param>
internal sealed class MeanEffect(PowerStudy study)
{
    private readonly VirtualPeople _people = new(study);
    private readonly List<PooledDiary> _diaries = new(study.People);
    private readonly List<PeriodMean> _means = new(study.People * study.Blocks.Count);

    /// <summary>One study.</summary>
    /// <param name="replicate">Which.</param>
    /// <param name="effect">The true mean effect.</param>
    public Finding Of(long replicate, double effect)
    {
        _people.Begin(replicate);
        _diaries.Clear();
        _means.Clear();
        for (var person = 0; person < study.People; person++)
        {
            _people.Draw(person, effect, study.Truth.EffectSd);
            if (study.Analysis == PowerAnalysis.Pool) AddDiary();
            else AddMeans(person);
        }
        return study.Analysis switch
        {
            PowerAnalysis.Pool => Pooled(effect),
            PowerAnalysis.Crossover => Compared(effect),
            _ => Permuted(),
        };
    }

    private Finding Pooled(double effect)
    {
        if (_diaries.Count == 0) return Finding.Nothing;
        var fit = new OneStage(new PooledStudy { People = _diaries, TauDays = study.PoolTauDays });
        var (estimate, se, df) = PooledReport.Effect(fit);
        return Finding.Of(estimate, se, df, effect);
    }

    private Finding Compared(double effect)
    {
        if (_means.Count == 0) return Finding.Nothing;
        var (estimate, se, df) = Mixed.Effect([.. _means]);
        return Finding.Of(estimate, se, df, effect);
    }

    /// <summary>As <c>lowdose crossover</c>: people with both treatments, and its seed.</summary>
    private Finding Permuted()
    {
        PeriodMean[] both = [.. _means.GroupBy(m => m.Person).Where(p => p.Any(m => m.Drug) && p.Any(m => !m.Drug)).SelectMany(p => p)];
        if (both.Length == 0) return Finding.Nothing;
        var p = Dealing.Test(both, 1).P;
        return new(Classical.Of([.. _means], both).Treatment.Effect, p, double.NaN);
    }

    private void AddDiary()
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
        if (scored > 0) _diaries.Add(new PooledDiary { Days = scored == at.Length ? at : at[..scored], Scores = scored == at.Length ? scores : scores[..scored], OnDrug = on });
    }

    private void AddMeans(int person)
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
                if (n > 0) _means.Add(new(person, period, arm == Arm.Ldn, sum / n));
            }
            t = end;
        }
    }
}
