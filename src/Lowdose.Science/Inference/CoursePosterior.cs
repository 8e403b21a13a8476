using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference;

/// <summary>
/// The posterior of one course as a mixture: one Gaussian for β at every quadrature node. Every probability is summed
/// over the nodes; no normal is fitted to the whole.
/// </summary>
internal sealed class CoursePosterior
{
    // Components this light are left out; thousands of them could move a probability by 1e-4 at most.
    private const double NegligibleShare = 1e-8;

    private readonly CourseModel _model;
    private readonly CourseNodes _nodes;
    private readonly double[] _weights, _shrink, _pull;
    private readonly CourseNodes.Component[] _components;

    public CoursePosterior(CourseModel model, CourseNodes nodes)
    {
        _model = model;
        _nodes = nodes;
        var top = double.NegativeInfinity;
        foreach (var c in nodes.Components) top = Math.Max(top, c.LogWeight);
        var total = 0.0;
        foreach (var c in nodes.Components) total += Math.Exp(c.LogWeight - top);
        LogEvidence = top + Math.Log(total);
        var kept = 0;
        foreach (var c in nodes.Components) if (Math.Exp(c.LogWeight - LogEvidence) > NegligibleShare) kept++;
        _components = new CourseNodes.Component[kept];
        _weights = new double[kept];
        var q = nodes.Coefficients;
        _shrink = new double[kept * q];
        _pull = new double[kept * q];
        kept = 0;
        total = 0;
        foreach (var c in nodes.Components)
        {
            var weight = Math.Exp(c.LogWeight - LogEvidence);
            if (!(weight > NegligibleShare)) continue;
            _components[kept] = c;
            _weights[kept] = weight;
            total += weight;
            var precision = 1 / (c.Sigma * c.Sigma);
            var eigenvalues = nodes.Eigenvalues(c.Node);
            var gradient = nodes.Gradient(c.Node);
            for (var k = 0; k < q; k++)
            {
                var shrink = 1 / (1 + eigenvalues[k] * precision);
                _shrink[kept * q + k] = shrink;
                _pull[kept * q + k] = shrink * gradient[k] * precision;
            }
            kept++;
        }
        for (var i = 0; i < kept; i++) _weights[i] /= total;
    }

    /// <summary>ln p(y) up to constants that no parameter enters.</summary>
    public double LogEvidence { get; }
    public CourseModel Model => _model;
    public CourseNodes Nodes => _nodes;
    public ReadOnlySpan<CourseNodes.Component> Components => _components;
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The distribution of row · β (in the model's own direction: benefit negative).</summary>
    /// <param name="row">q coefficients.</param>
    public GaussianMixture Of(ReadOnlySpan<double> row)
    {
        var q = _nodes.Coefficients;
        var means = new double[_components.Length];
        var sds = new double[_components.Length];
        Span<double> turned = stackalloc double[q];
        var node = -1;
        var prior = _model.PriorMean(row);
        for (var i = 0; i < _components.Length; i++)
        {
            if (_components[i].Node != node)
            {
                node = _components[i].Node;
                Turn(row, node, turned);
            }
            double mean = prior, variance = 0;
            for (var k = 0; k < q; k++)
            {
                mean += turned[k] * _pull[i * q + k];
                variance += turned[k] * turned[k] * _shrink[i * q + k];
            }
            means[i] = mean;
            sds[i] = Math.Sqrt(variance);
        }
        return new GaussianMixture(_weights, means, sds);
    }

    /// <summary>Mean and SD of τ, days.</summary>
    public (double Mean, double Sd) TauMoments()
    {
        double mean = 0, square = 0;
        for (var i = 0; i < _components.Length; i++)
        {
            var tau = _nodes.Nodes[_components[i].Node].Tau;
            mean += _weights[i] * tau;
            square += _weights[i] * tau * tau;
        }
        return (mean, Math.Sqrt(Math.Max(0, square - mean * mean)));
    }

    /// <summary>(F U)ᵀ row at a node.</summary>
    public void Turn(ReadOnlySpan<double> row, int node, Span<double> turned)
    {
        var q = _nodes.Coefficients;
        var projected = _nodes.Projected(node);
        turned.Clear();
        for (var i = 0; i < q; i++)
        {
            if (row[i] == 0) continue;
            for (var k = 0; k < q; k++) turned[k] += row[i] * projected[i * q + k];
        }
    }

    /// <summary>1/(1 + λ/σ²) for a component's q directions.</summary>
    public ReadOnlySpan<double> Shrink(int component) => _shrink.AsSpan(component * _nodes.Coefficients, _nodes.Coefficients);

    /// <summary>The posterior mean of a component in its q directions, prior units.</summary>
    public ReadOnlySpan<double> Pull(int component) => _pull.AsSpan(component * _nodes.Coefficients, _nodes.Coefficients);

    /// <summary>A row that picks coefficient <paramref name="index"/>, plus <paramref name="share"/> of the off-drug level B = μ (+ π).</summary>
    public double[] Row(int index, double own = 1, double share = 0)
    {
        var row = new double[_nodes.Coefficients];
        row[index] = own;
        row[0] += share;
        if (_model.HasExpectation) row[2] += share;
        return row;
    }

    /// <summary>The row of dose number <paramref name="dose"/>, plus a share of the off-drug level.</summary>
    public double[] DoseRow(int dose, double share = 0) => Row(_model.FirstDose + dose, 1, share);

    /// <summary>The off-drug level B at the middle of the diary.</summary>
    public double[] LevelRow() => Row(0, 0, 1);

    /// <summary>A parameter of the noise or of the onset, as weighted nodes.</summary>
    public WeightedNodes Of(Func<CourseNodes.Node, double, double> parameter)
    {
        var values = new double[_components.Length];
        for (var i = 0; i < values.Length; i++) values[i] = parameter(_nodes.Nodes[_components[i].Node], _components[i].Sigma);
        return new WeightedNodes(values, _weights);
    }
}
