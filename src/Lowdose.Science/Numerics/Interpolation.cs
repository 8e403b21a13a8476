namespace Lowdose.Science.Numerics;

/// <summary>Interpolation in a table.</summary>
public static class Interpolation
{
    /// <summary>Linear between points, constant beyond the ends.</summary>
    /// <param name="x">Abscissas, ascending, at least one.</param>
    /// <param name="y">Ordinates, same length.</param>
    /// <param name="at">Where.</param>
    public static double Linear(double[] x, double[] y, double at)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var i = Array.BinarySearch(x, at);
        if (i >= 0) return y[i];
        i = ~i;
        if (i == 0) return y[0];
        if (i == x.Length) return y[^1];
        return y[i - 1] + (at - x[i - 1]) / (x[i] - x[i - 1]) * (y[i] - y[i - 1]);
    }
}
