using System.Runtime.Intrinsics;
using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference;

/// <summary>
/// Deterministic integration of the course model over (w, τ, ρ, σ): for each w Gauss–Legendre nodes over all of ln τ
/// that has mass, at each τ an even lattice in logit ρ, at each ρ Gauss–Hermite nodes about the peak in ln σ.
/// </summary>
/// <remarks>
/// An even lattice (the trapezoid rule) converges as fast as Gauss–Hermite on a bell, follows the ridge between ρ and σ,
/// and keeps the long tail towards ρ = 1 that Hermite nodes miss. Source: docs/methods/course-model.md §3.
/// </remarks>
internal sealed class CourseIntegral
{
    public const int CoarseNodes = 10, FineNodes = 14, FullNodes = 40;

    // A lattice stops where the density is exp(−16) of the slice's peak.
    private const double Negligible = 16;
    // ln τ is integrated where its profile lies within exp(−14) of the peak.
    private const double NegligibleProfile = 14;
    // With few scores ln σ is skewed, and takes more nodes.
    private const int FewScores = 25;
    private const double LogitMin = -12, LogitMax = 14;

    private static readonly QuadratureRule FloorRule = Quadrature.Legendre(20);
    private static readonly QuadratureRule SigmaRule = Quadrature.Hermite(5), SigmaRuleSkewed = Quadrature.Hermite(7);
    private static readonly Dictionary<int, QuadratureRule> TauRules =
        new[] { CoarseNodes, FineNodes, FullNodes }.ToDictionary(n => n, Quadrature.Legendre);

    private readonly CourseModel _model;
    private readonly CoursePoint _point;
    private readonly double[] _eigenvalues, _gradient, _projected;
    private readonly double _logTauMin, _logTauMax;
    private readonly Profile[] _profiles = new Profile[CourseModel.WhiteShares.Length];
    // The lattice of one w: its filters by their leftmost logit ρ and spacing, and all filters ever made, for reuse.
    private readonly Dictionary<(double Leftmost, double Spacing), Whitening> _lattice = [];
    private readonly List<Whitening> _filters = [];
    private double _sigmaStart;

    /// <summary>What the search found for one w: the interval of ln τ that holds its mass, and mode and spread in logit ρ.</summary>
    private readonly record struct Profile(double From, double To, double Logit, double LogitSd);

    public CourseIntegral(CourseModel model)
    {
        _model = model;
        _point = new CoursePoint(model);
        var q = model.Coefficients;
        _eigenvalues = new double[q];
        _gradient = new double[q];
        _projected = new double[q * q];
        _logTauMin = Math.Log(CourseModel.TauMin);
        _logTauMax = Math.Log(model.TauMax);
        _sigmaStart = Math.Log(Math.Max(model.SigmaFloor, 0.6 * model.SigmaScale));
        for (var w = 0; w < _profiles.Length; w++) _profiles[w] = Search(CourseModel.WhiteShares[w]);
    }

    /// <summary>Integrates with n nodes in ln τ for each w.</summary>
    /// <param name="n">One of the three node counts above.</param>
    public CourseNodes Grid(int n)
    {
        var nodes = new CourseNodes(_model.Coefficients);
        var rule = TauRules[n];
        for (var w = 0; w < _profiles.Length; w++)
        {
            var profile = _profiles[w];
            _lattice.Clear();
            double middle = (profile.From + profile.To) / 2, half = (profile.To - profile.From) / 2;
            for (var i = 0; i < rule.X.Length; i++)
                Slice(nodes, CourseModel.WhiteShares[w], middle + half * rule.X[i], rule.LogWeight[i] + Math.Log(half), profile, n);
        }
        return nodes;
    }

    /// <summary>One (w, τ): lattice nodes in logit ρ outwards from the profile's mode until they are negligible.</summary>
    private void Slice(CourseNodes nodes, double whiteShare, double logTau, double logWeight, Profile profile, int n)
    {
        var tau = Math.Exp(logTau);
        _model.SetOnset(tau);
        nodes.Begin(new CourseNodes.Slice(whiteShare, tau, logWeight));
        var spacing = (n == CoarseNodes ? 1.3 : 1.1) * profile.LogitSd;
        var weight = logWeight + LogTauPrior(logTau) + Math.Log(spacing);
        var first = profile.Logit - 1.5 * spacing;
        var top = double.NegativeInfinity;
        var (left, right) = AddFour(nodes, whiteShare, tau, first, spacing, weight, n, ref top);
        for (var x = first - 4 * spacing; left > top - Negligible && x > LogitMin; x -= 4 * spacing)
            (left, _) = AddFour(nodes, whiteShare, tau, x, spacing, weight, n, ref top);
        for (var x = first + 4 * spacing; right > top - Negligible && x < LogitMax; x += 4 * spacing)
            (_, right) = AddFour(nodes, whiteShare, tau, x, spacing, weight, n, ref top);
    }

    /// <returns>The log marginal at the outermost lattice points.</returns>
    private (double Left, double Right) AddFour(CourseNodes nodes, double whiteShare, double tau, double x, double spacing,
        double logWeight, int n, ref double top)
    {
        var logits = Lattice(x, spacing);
        _point.Set(Filter(x, spacing, whiteShare));
        var rho = Logistic(logits);
        Span<double> s = stackalloc double[32], weights = stackalloc double[32];
        double left = 0, right = 0;
        for (var lane = 0; lane < CoursePoint.Lanes; lane++)
        {
            var node = nodes.Add(new CourseNodes.Node(rho[lane], whiteShare, tau));
            _point.Read(lane, nodes.Eigenvalues(node), nodes.Gradient(node), nodes.Projected(node));
            var scale = Scale(lane, nodes.Eigenvalues(node), nodes.Gradient(node));
            var peak = scale.Peak(_sigmaStart, out var sd);
            _sigmaStart = peak;
            var prior = LogRhoPrior(logits[lane]);
            var count = scale.Nodes(peak, sd, _model.ScoredDays.Length < FewScores ? SigmaRuleSkewed : SigmaRule, FloorRule, s, weights);
            for (var j = 0; j < count; j++)
                nodes.Add(new CourseNodes.Component(node, Math.Exp(s[j]), weights[j] + logWeight + prior));
            right = scale.LogDensity(peak) + Math.Log(sd) + prior;
            if (lane == 0) left = right;
            top = Math.Max(top, right);
        }
        return (left, right);
    }

    /// <summary>Mode and curvature in logit ρ, then the interval of ln τ that has mass.</summary>
    private Profile Search(double whiteShare)
    {
        _lattice.Clear();
        var (logit, logitSd) = SearchRho(whiteShare);
        _lattice.Clear();
        var spread = Math.Min(1, logitSd);
        double Marginal(double logTau)
        {
            _model.SetOnset(Math.Exp(logTau));
            Span<double> four = stackalloc double[4];
            Marginals(whiteShare, logit - 1.5 * spread, spread, four);
            var top = Math.Max(Math.Max(four[0], four[1]), Math.Max(four[2], four[3]));
            var sum = 0.0;
            foreach (var m in four) sum += Math.Exp(m - top);
            return top + Math.Log(sum) + LogTauPrior(logTau);
        }
        var (from, to) = SearchTau(Marginal);
        return new Profile(from, to, logit, logitSd);
    }

    private (double From, double To) SearchTau(Func<double, double> marginal)
    {
        const int points = 12;
        Span<double> value = stackalloc double[points];
        var width = (_logTauMax - _logTauMin) / (points - 1);
        var best = 0;
        for (var i = 0; i < points; i++)
        {
            value[i] = marginal(_logTauMin + i * width);
            if (value[i] > value[best]) best = i;
        }
        int from = best, to = best;
        while (from > 0 && value[from] > value[best] - NegligibleProfile) from--;
        while (to < points - 1 && value[to] > value[best] - NegligibleProfile) to++;
        return (_logTauMin + from * width, _logTauMin + to * width);
    }

    private (double Logit, double Sd) SearchRho(double whiteShare)
    {
        _model.SetOnset(Math.Min(CourseModel.TauMedian, _model.TauMax));
        Span<double> four = stackalloc double[4];
        double best = 0, top = double.NegativeInfinity;
        for (var x = -3.0; x < 8; x += 5)
        {
            Marginals(whiteShare, x, 1.25, four);
            for (var lane = 0; lane < 4; lane++)
                if (four[lane] > top) (top, best) = (four[lane], x + 1.25 * lane);
        }
        double spacing = 0.8, sd = 1;
        for (var round = 0; round < 4; round++)
        {
            Marginals(whiteShare, best - 1.5 * spacing, spacing, four);
            // Through four points by least squares: the middle is at 0, the points at ±1/2 and ±3/2 spacings.
            var second = (four[0] - four[1] - four[2] + four[3]) / 4;
            var slope = (-3 * four[0] - four[1] + four[2] + 3 * four[3]) / 10;
            sd = second < -1e-3 ? spacing / Math.Sqrt(-2 * second) : 1.2;
            var move = second < -1e-3 ? -slope / (2 * second) : 2 * Math.Sign(slope);
            best = Math.Clamp(best + Math.Clamp(move, -2, 2) * spacing, -6, 9);
            sd = Math.Clamp(sd, 0.02, 1.2);
            spacing = Math.Clamp(0.8 * sd, 0.03, 0.8);
        }
        return (best, sd);
    }

    /// <summary>ln p(y, ρ | w, τ) with σ integrated out by Laplace, at four lattice points.</summary>
    private void Marginals(double whiteShare, double x, double spacing, Span<double> four)
    {
        var logits = Lattice(x, spacing);
        _point.Set(Filter(x, spacing, whiteShare));
        for (var lane = 0; lane < CoursePoint.Lanes; lane++)
        {
            _point.Read(lane, _eigenvalues, _gradient, _projected);
            var scale = Scale(lane, _eigenvalues, _gradient);
            var peak = scale.Peak(_sigmaStart, out var sd);
            _sigmaStart = peak;
            four[lane] = scale.LogDensity(peak) + Math.Log(sd) + LogRhoPrior(logits[lane]);
        }
    }

    /// <summary>The filter at four lattice points, prepared once for all τ.</summary>
    private Whitening Filter(double x, double spacing, double whiteShare)
    {
        if (_lattice.TryGetValue((x, spacing), out var filter)) return filter;
        filter = _lattice.Count < _filters.Count ? _filters[_lattice.Count] : new Whitening(_model);
        if (_lattice.Count == _filters.Count) _filters.Add(filter);
        filter.Prepare(Logistic(Lattice(x, spacing)), whiteShare);
        _lattice.Add((x, spacing), filter);
        return filter;
    }

    private NoiseScale Scale(int lane, ReadOnlySpan<double> eigenvalues, ReadOnlySpan<double> gradient) => new()
    {
        Eigenvalues = eigenvalues,
        Gradient = gradient,
        ResidualSquares = _point.ResidualSquares(lane),
        LogDeterminant = _point.LogDeterminant(lane),
        Observed = _model.ScoredDays.Length,
        PriorScale = _model.SigmaScale,
        Floor = _model.SigmaFloor,
    };

    private static Vector256<double> Lattice(double x, double spacing) =>
        Vector256.Create(x, x + spacing, x + 2 * spacing, x + 3 * spacing);

    private static Vector256<double> Logistic(Vector256<double> x) =>
        Vector256<double>.One / (Vector256<double>.One + Vector256.Exp(-x));

    /// <summary>ln of the Beta(3, 1.5) density of ρ times dρ/d logit ρ, without its constant.</summary>
    private static double LogRhoPrior(double logit) =>
        -CourseModel.RhoAlpha * Math.Log(1 + Math.Exp(-logit)) - CourseModel.RhoBeta * Math.Log(1 + Math.Exp(logit));

    private static double LogTauPrior(double logTau)
    {
        var z = (logTau - Math.Log(CourseModel.TauMedian)) / CourseModel.TauLogSd;
        return -0.5 * z * z;
    }
}
