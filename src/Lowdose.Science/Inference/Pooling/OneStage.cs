using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference.Pooling;

/// <summary>
/// The one-stage fit: τ profiled where asked, then ρ and the people's spread from several starts, then the edges of the
/// model tried one by one, the simpler kept where it loses nothing.
/// </summary>
internal sealed class OneStage
{
    private const double NothingLost = 1e-9, Near = 0.02, Rounding = 1e-12;
    private const int Few = 400;
    private static readonly double[] StartRhos = [-0.85, -0.4, 0, 0.3, 0.6, 0.85, 0.96], StartSpreads = [0.05, 0.3, 1];

    private readonly PooledColumns _columns;
    private readonly GapProducts _products;
    private readonly bool _restricted;
    private readonly List<PoolEdge> _edges = [];

    public OneStage(PooledStudy study)
    {
        _columns = new PooledColumns(study);
        _products = new GapProducts(_columns);
        _restricted = study.Restricted;
        TauDays = study.TauDays ?? (Determined(7) ? 0 : Profile());
        SetTau(TauDays);
        Likelihood = new PooledLikelihood(_columns, _products, Standing(), _restricted);
        Fit();
    }

    public PooledColumns Columns => _columns;
    public double TauDays { get; }
    public PooledLikelihood Likelihood { get; private set; }
    public Spread Best { get; private set; }
    public IReadOnlyList<PoolEdge> Edges => _edges;

    private void SetTau(double tau)
    {
        _columns.SetOnset(tau);
        _products.Fill();
    }

    private bool Determined(double tau)
    {
        SetTau(tau);
        return !Standing().Contains(1);
    }

    /// <summary>The fixed columns that no earlier one determines, by plain sums of products.</summary>
    private int[] Standing()
    {
        var p = _columns.Fixed.Count;
        var probe = new PooledLikelihood(_columns, _products, [.. Enumerable.Range(0, p)], restricted: false);
        var cross = probe.CrossProducts();
        SmallCholesky.Factor(cross, p, out _);
        return [.. Enumerable.Range(0, p).Where(j => cross[j * p + j] > 0)];
    }

    /// <summary>What can be searched at all.</summary>
    private Searched Possible(bool effect)
    {
        var searched = _products.Gaps.Length == 0 ? Searched.Nothing : Searched.Rho;
        if (_columns.People == 1) return searched;
        return searched | Searched.Level | (effect ? Searched.Both | Searched.Effect : 0);
    }

    private void Fit()
    {
        Flag(_columns.People == 1, PoolEdge.OnePerson);
        Flag(_products.Gaps.Length == 0, PoolEdge.NoPairs);
        Flag(!Likelihood.Stand.Contains(1), PoolEdge.EffectDetermined);
        Flag(Enumerable.Range(2, _columns.Fixed.Count - 2).Any(c => !Likelihood.Stand.Contains(c)), PoolEdge.CovariateDetermined);
        Likelihood.At(default);
        if (Likelihood.Df <= 0 || !(Likelihood.Squares > Rounding * _columns.SquareOfScores()))
        {
            _edges.Add(PoolEdge.PerfectFit);
            return;
        }
        var search = new SpreadSearch(Likelihood);
        var possible = Possible(Likelihood.Stand.Contains(1));
        if (IsNoiseless(possible)) return;
        Best = FromStarts(search, possible);
        var kept = AtEdges(search, possible);
        Flag(Math.Abs(Best.Rho) >= SpreadSearch.RhoEdge - 1e-9, PoolEdge.RhoAtEdge);
        Flag(_columns.Study.TauDays is null && (TauDays < CourseModel.TauMin * 1.001 || TauDays > _columns.TauMax / 1.001), PoolEdge.TauAtEdge);
        Flag(search.IsFlat(Best, _edges.Contains(PoolEdge.RhoAtEdge) ? kept & ~Searched.Rho : kept), PoolEdge.Flat);
    }

    /// <summary>Whether everyone's scores lie on a line of their own, where somebody has more of them than a line needs: σ then has no likeliest value.</summary>
    private bool IsNoiseless(Searched possible)
    {
        if (!possible.HasFlag(Searched.Effect) || _columns.Study.People.All(p => p.Days.Length < 3) || Likelihood.SquaresAboutOwnLines() > Rounding * _columns.SquareOfScores()) return false;
        Best = new Spread(0, 1e3, 0, 1e3);
        Likelihood.At(Best);
        _edges.Add(PoolEdge.NoNoise);
        return true;
    }

    private void Flag(bool met, PoolEdge edge)
    {
        if (met) _edges.Add(edge);
    }

    /// <summary>
    /// The best of searches from a grid. A slow noise can stand for a spread of levels, so every ρ that beats its
    /// neighbours is begun from; with few scores, where the likelihood has more hills, every ρ.
    /// </summary>
    private Spread FromStarts(SpreadSearch search, Searched possible)
    {
        var rhos = possible.HasFlag(Searched.Rho) ? StartRhos : [0];
        var starts = new Spread[rhos.Length];
        var values = new double[rhos.Length];
        Array.Fill(values, double.NegativeInfinity);
        for (var r = 0; r < rhos.Length; r++)
            foreach (var level in possible.HasFlag(Searched.Level) ? StartSpreads : [0])
                foreach (var effect in possible.HasFlag(Searched.Effect) ? StartSpreads : [0])
                {
                    var start = new Spread(rhos[r], level, 0, effect);
                    Likelihood.At(start);
                    if (Likelihood.Value > values[r]) (starts[r], values[r]) = (start, Likelihood.Value);
                }
        var (best, top) = (default(Spread), double.NegativeInfinity);
        for (var r = 0; r < rhos.Length; r++)
        {
            var hill = (r == 0 || values[r] >= values[r - 1]) && (r == rhos.Length - 1 || values[r] > values[r + 1]);
            if (!hill && (_columns.Scored > Few || _columns.People == 1)) continue;
            var found = search.From(starts[r], possible);
            if (Likelihood.Value > top + NothingLost || double.IsNegativeInfinity(top)) (best, top) = (found, Likelihood.Value);
        }
        Likelihood.At(best);
        return best;
    }

    /// <summary>Simpler models where the spread is near one of their edges; returns what is still searched.</summary>
    private Searched AtEdges(SpreadSearch search, Searched possible)
    {
        if (!possible.HasFlag(Searched.Level)) return possible;
        Likelihood.At(Best);
        var top = Likelihood.Value;
        var effects = possible.HasFlag(Searched.Effect);
        var rho = possible & Searched.Rho;
        List<(Searched Kept, bool Try)> simpler =
        [
            (rho, Math.Sqrt(Best.D11) < 20 * Near && Math.Sqrt(Best.D22) < 20 * Near),
            (rho | Searched.Level, effects && Math.Sqrt(Best.D22) < 20 * Near),
            (rho | Searched.Effect, effects && Math.Abs(Best.Level) < 20 * Near),
            (rho | Searched.Level | Searched.Both, effects && Math.Abs(Best.Effect) < Near * Math.Max(1, Math.Sqrt(Best.D22))),
        ];
        var kept = possible;
        foreach (var (keep, trying) in simpler)
        {
            if (!trying) continue;
            var start = Best with
            {
                Level = keep.HasFlag(Searched.Level) ? Best.Level : 0,
                Both = keep.HasFlag(Searched.Both) ? Best.Both : 0,
                Effect = keep.HasFlag(Searched.Effect) ? Math.Sqrt(Best.D22) : 0,
            };
            var found = search.From(start, keep);
            if (Likelihood.Value < top - NothingLost * Math.Max(1, Math.Abs(top) / 1000)) continue;
            (Best, kept) = (found, keep);
            break;
        }
        Best = new Spread(Best.Rho, Math.Abs(Best.Level), Best.Level < 0 ? -Best.Both : Best.Both, Math.Abs(Best.Effect));
        Likelihood.At(Best);
        Flag(!kept.HasFlag(Searched.Level), PoolEdge.NoLevelSpread);
        Flag(effects && !kept.HasFlag(Searched.Effect) && !kept.HasFlag(Searched.Both), PoolEdge.NoEffectSpread);
        Flag(kept.HasFlag(Searched.Both) && !kept.HasFlag(Searched.Effect), PoolEdge.CorrelationAtEdge);
        return kept;
    }

    /// <summary>τ of the highest likelihood (not the restricted one, which does not compare different columns): a grid in ln τ, then golden sections.</summary>
    private double Profile()
    {
        double low = Math.Log(CourseModel.TauMin), high = Math.Log(_columns.TauMax);
        var likelihood = new PooledLikelihood(_columns, _products, Standing(), restricted: false);
        if (likelihood.Df <= 0) return 0;
        var search = new SpreadSearch(likelihood);
        var (spread, possible) = (new Spread(0.4, 0.5, 0, 0.5), Possible(effect: true));
        double Value(double logTau)
        {
            SetTau(Math.Exp(logTau));
            spread = search.From(spread, possible, sameCurvature: true);
            // At an effect spread of exactly 0 no gradient leads away again: the next τ starts beside it.
            if (spread.Effect == 0) spread = spread with { Effect = 0.05 };
            return likelihood.Value;
        }
        const int grid = 9;
        var best = 0;
        var values = new double[grid];
        for (var i = 0; i < grid; i++)
            if ((values[i] = Value(low + (high - low) * i / (grid - 1))) > values[best]) best = i;
        double width = (high - low) / (grid - 1), from = Math.Max(low, low + (best - 1) * width), to = Math.Min(high, low + (best + 1) * width);
        return Math.Exp(Golden.Maximum(Value, from, to, 1e-6));
    }
}
