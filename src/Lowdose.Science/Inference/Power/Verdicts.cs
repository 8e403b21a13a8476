namespace Lowdose.Science.Inference.Power;

/// <summary>A verdict on every person of a replicate, and when the first one came.</summary>
/// <param name="study">Design and truth.</param>
internal sealed class Verdicts(PowerStudy study)
{
    private const int BetweenLooks = 28;

    private readonly VirtualPeople _people = new(study);

    /// <summary>The share that counts as shown: a benefit seen where the truth is benefit or nothing, a harm where it harms.</summary>
    private bool Shows(Verdict verdict) => study.Truth.Effect > 0 ? verdict == Verdict.Harms : Benefit(verdict);

    private static bool Benefit(Verdict verdict) => verdict is Verdict.Works or Verdict.ProbablyWorks;

    /// <summary>One replicate, added to a tally.</summary>
    public void Add(long replicate, Tally tally, CancellationToken stop)
    {
        _people.Begin(replicate);
        for (var person = 0; person < study.People; person++)
        {
            stop.ThrowIfCancellationRequested();
            _people.Draw(person);
            _people.Give(study.Truth.Effect, study.Truth.EffectSd);
            Judged(tally);
            _people.Give(0, 0);
            tally.NullAnalysed++;
            if (Shows(Last(out _, out _))) tally.NullShown++;
        }
    }

    private void Judged(Tally tally)
    {
        var verdict = Last(out var inference, out var dose);
        tally.Analysed++;
        tally.Verdicts[(int)verdict]++;
        if (Shows(verdict)) tally.Shown++;
        if (study.CountsDays) tally.Days += FirstDay(verdict);
        if (inference is null || dose < 0) return;
        var (effect, truth) = (inference.Effects[dose], _people.EffectAt(inference.Model.DosesMg[dose]));
        tally.Intervals++;
        if (effect.Quantile(0.025) <= truth && truth <= effect.Quantile(0.975)) tally.Covered++;
        if (!Benefit(verdict) && verdict != Verdict.Harms) return;
        tally.Called++;
        tally.Size += Math.Abs(effect.Mean);
        if (truth > 0 == Benefit(verdict)) tally.WrongSign++;
    }

    /// <summary>At the end of the course.</summary>
    private Verdict Last(out CourseInference? inference, out int dose)
    {
        (inference, dose) = (null, -1);
        if (_people.Stayed == 0) return Verdict.TooEarly;
        var course = Until(_people.Stayed);
        var design = CourseDesign.Of(course);
        dose = design.VerdictDose;
        inference = CourseInference.Of(course);
        return VerdictTable.Decide(design, Judge.Chances(inference));
    }

    /// <summary>The days after which one looks: every 28 of a block, and its end.</summary>
    private IEnumerable<int> Looks()
    {
        var start = 0;
        for (var b = 0; b < _people.Blocks.Length; b++)
        {
            var end = start + _people.Blocks[b].Days;
            for (var day = start + BetweenLooks; day < end; day += BetweenLooks) yield return day;
            yield return start = end;
        }
    }

    /// <summary>When a verdict other than too early or unclear stood first; looks before the last use the coarser grid.</summary>
    private int FirstDay(Verdict last)
    {
        foreach (var day in Looks())
        {
            if (day >= _people.Stayed) break;
            var course = Until(day);
            var design = CourseDesign.Of(course);
            if (design.VerdictDose < 0) continue;
            var model = new CourseModel(course);
            if (VerdictTable.Decide(design, Judge.Chances(CourseInference.On(model, new CourseIntegral(model), CourseIntegral.CoarseNodes))) is not (Verdict.TooEarly or Verdict.Unclear)) return day;
        }
        return last is Verdict.TooEarly or Verdict.Unclear ? study.Days : _people.Stayed;
    }

    private Course Until(int days) => new()
    {
        Scores = _people.Days.Scores[..days], DosesMg = _people.Days.DosesMg[..days], Arms = _people.Days.Arms[..days], Blocks = _people.Days.Blocks[..days],
        ToldRandomised = study.Blinded && study.Order != BlockOrder.AsWritten,
    };
}
