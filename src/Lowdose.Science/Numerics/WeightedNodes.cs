namespace Lowdose.Science.Numerics;

/// <summary>A distribution known by weighted quadrature nodes: exact means, interpolated quantiles.</summary>
public sealed class WeightedNodes
{
    private readonly double[] _values, _cumulative;

    /// <summary>Sorts the nodes and joins equal ones.</summary>
    /// <param name="values">Node values, any order.</param>
    /// <param name="weights">Weights that sum to 1, same length.</param>
    public WeightedNodes(double[] values, double[] weights)
    {
        ArgumentNullException.ThrowIfNull(values);
        for (var i = 0; i < values.Length; i++) Mean += weights[i] * values[i];
        var variance = 0.0;
        for (var i = 0; i < values.Length; i++) variance += weights[i] * (values[i] - Mean) * (values[i] - Mean);
        Sd = Math.Sqrt(variance);
        double[] sorted = [.. values], mass = [.. weights];
        Array.Sort(sorted, mass);
        var kept = 0;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[kept]) mass[kept] += mass[i];
            else (sorted[++kept], mass[kept]) = (sorted[i], mass[i]);
        }
        _values = sorted[..(kept + 1)];
        _cumulative = mass[..(kept + 1)];
        // A node stands for the mass around it: the distribution reaches its middle there.
        var below = 0.0;
        for (var i = 0; i < _cumulative.Length; i++)
        {
            var weight = _cumulative[i];
            _cumulative[i] = below + weight / 2;
            below += weight;
        }
    }

    /// <summary>The mean.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation.</summary>
    public double Sd { get; }

    /// <summary>The quantile, linear between nodes.</summary>
    /// <param name="p">A probability in (0, 1).</param>
    public double Quantile(double p) => Interpolation.Linear(_cumulative, _values, p);
}
