namespace Lowdose.Science.Numerics;

/// <summary>A distribution known by weighted quadrature nodes: exact means, interpolated quantiles.</summary>
public sealed class WeightedNodes
{
    private readonly double[] _values, _cumulative;

    /// <summary>Sorts the nodes.</summary>
    /// <param name="values">Node values, any order.</param>
    /// <param name="weights">Weights that sum to 1, same length.</param>
    public WeightedNodes(double[] values, double[] weights)
    {
        for (var i = 0; i < values.Length; i++) Mean += weights[i] * values[i];
        var variance = 0.0;
        for (var i = 0; i < values.Length; i++) variance += weights[i] * (values[i] - Mean) * (values[i] - Mean);
        Sd = Math.Sqrt(variance);
        _values = [.. values];
        _cumulative = [.. weights];
        Array.Sort(_values, _cumulative);
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
    public double Quantile(double p)
    {
        var i = Array.BinarySearch(_cumulative, p);
        if (i >= 0) return _values[i];
        i = ~i;
        if (i == 0) return _values[0];
        if (i == _values.Length) return _values[^1];
        var t = (p - _cumulative[i - 1]) / (_cumulative[i] - _cumulative[i - 1]);
        return _values[i - 1] + t * (_values[i] - _values[i - 1]);
    }
}
