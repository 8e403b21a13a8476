namespace Lowdose.Science.Inference;

/// <summary>
/// The density of ln σ at one (ρ, w, τ), β integrated out: its value, its peak, and nodes that integrate it. Half-normal
/// prior, truncated below at what rounding alone would give.
/// </summary>
/// <remarks>Every function is of s = ln σ and includes the Jacobian. Source: docs/methods/course-model.md §2.</remarks>
internal ref struct NoiseScale
{
    private const double Negligible = 34;

    public required ReadOnlySpan<double> Eigenvalues { get; init; }
    public required ReadOnlySpan<double> Gradient { get; init; }
    public required double ResidualSquares { get; init; }
    public required double LogDeterminant { get; init; }
    public required int Observed { get; init; }
    public required double PriorScale { get; init; }
    public required double Floor { get; init; }

    /// <summary>ln p(y, σ | ρ, w, τ) + ln σ, without the constants that no parameter enters.</summary>
    public readonly double LogDensity(double s)
    {
        var v = Math.Exp(-2 * s);
        var product = 1.0;
        var logs = 0.0;
        var squares = ResidualSquares;
        for (var k = 0; k < Eigenvalues.Length; k++)
        {
            var ratio = 1 + Eigenvalues[k] * v;
            squares -= Gradient[k] * Gradient[k] * v / ratio;
            product *= ratio;
            if (product > 1e250) (logs, product) = (logs + Math.Log(product), 1);
        }
        return -Observed * s - 0.5 * (LogDeterminant + logs + Math.Log(product) + squares * v + 1 / (v * PriorScale * PriorScale)) + s;
    }

    /// <summary>The peak of <see cref="LogDensity"/> above the floor and the curvature's standard deviation there.</summary>
    /// <param name="start">Where to begin; any finite value.</param>
    /// <param name="sd">−1/√(second derivative); at the floor, of the free curve's slope.</param>
    public readonly double Peak(double start, out double sd)
    {
        var floor = Math.Log(Floor);
        var s = Math.Max(start, floor);
        sd = 1;
        for (var step = 0; step < 60; step++)
        {
            var (slope, curvature) = Derivatives(s);
            sd = 1 / Math.Sqrt(Math.Max(-curvature, 1e-3));
            // Where the curve bends upwards go by the slope alone, at most one unit.
            var move = curvature < -1e-3 ? -slope / curvature : Math.Sign(slope) * 0.5;
            var next = Math.Max(floor, s + Math.Clamp(move, -0.7, 0.7));
            if (Math.Abs(next - s) < 1e-3 * sd) return next;
            s = next;
        }
        return s;
    }

    private readonly (double Slope, double Curvature) Derivatives(double s)
    {
        var v = Math.Exp(-2 * s);
        double slope = 1 - Observed + ResidualSquares * v, curvature = -2 * ResidualSquares * v;
        for (var k = 0; k < Eigenvalues.Length; k++)
        {
            var lv = Eigenvalues[k] * v;
            var d = 1 / (1 + lv);
            var gv = Gradient[k] * v * Gradient[k] * v * d * d;
            slope += lv * d - gv * (2 + lv);
            curvature += -2 * lv * d * d + 2 * gv * (2 + lv) + 4 * gv * d;
        }
        var prior = 1 / (v * PriorScale * PriorScale);
        return (slope - prior, curvature - 2 * prior);
    }

    /// <summary>Nodes in s and log weights that integrate exp(LogDensity) above the floor.</summary>
    /// <param name="peak">From <see cref="Peak"/>.</param>
    /// <param name="sd">From <see cref="Peak"/>.</param>
    /// <param name="hermite">The rule away from the floor.</param>
    /// <param name="legendre">The rule where the floor cuts the density.</param>
    /// <param name="nodes">Receives s; at least as long as either rule.</param>
    /// <param name="logWeights">Receives ln(weight × density).</param>
    /// <returns>How many nodes.</returns>
    public readonly int Nodes(double peak, double sd, Numerics.QuadratureRule hermite, Numerics.QuadratureRule legendre,
        Span<double> nodes, Span<double> logWeights)
    {
        var floor = Math.Log(Floor);
        if (peak - 5.5 * sd > floor)
        {
            var logSd = Math.Log(sd);
            for (var i = 0; i < hermite.X.Length; i++)
            {
                nodes[i] = peak + sd * hermite.X[i];
                logWeights[i] = LogDensity(nodes[i]) + hermite.LogWeight[i] + logSd;
            }
            return hermite.X.Length;
        }
        var top = LogDensity(peak);
        var low = Edge(peak, -0.05, floor, top);
        var high = Edge(peak, 0.01, double.PositiveInfinity, top);
        var logHalf = Math.Log((high - low) / 2);
        for (var i = 0; i < legendre.X.Length; i++)
        {
            nodes[i] = (low + high) / 2 + (high - low) / 2 * legendre.X[i];
            logWeights[i] = LogDensity(nodes[i]) + legendre.LogWeight[i] + logHalf;
        }
        return legendre.X.Length;
    }

    /// <summary>Steps away from the peak, each step half as long again, until the density is negligible or the bound is met.</summary>
    private readonly double Edge(double peak, double step, double bound, double top)
    {
        var s = peak;
        for (var i = 0; i < 60; i++, step *= 1.5)
        {
            s += step;
            if (step < 0 ? s <= bound : s >= bound) return bound;
            if (LogDensity(s) < top - Negligible) return s;
        }
        return s;
    }
}
