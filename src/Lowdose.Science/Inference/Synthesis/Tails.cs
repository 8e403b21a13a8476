using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Lowdose.Science.Inference.Synthesis;

/// <summary>Tails and quantiles of the distributions that tests are read off; tails keep their digits far out.</summary>
internal static class Tails
{
    /// <summary>The 97.5 % point of the standard normal.</summary>
    public const double Z975 = 1.9599639845400542;

    /// <summary>P(|Z| ≥ |z|).</summary>
    public static double Normal(double z) => double.IsNaN(z) ? double.NaN : SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>P(|T| ≥ |t|) with df degrees of freedom; NaN without any.</summary>
    public static double Student(double t, double df) => !(df > 0) || double.IsNaN(t) ? double.NaN : double.IsInfinity(t) ? 0 : SpecialFunctions.BetaRegularized(df / 2, 0.5, df / (df + t * t));

    /// <summary>The 97.5 % point of Student's t.</summary>
    public static double Student975(double df) => df > 0 ? StudentT.InvCDF(0, 1, df, 0.975) : double.NaN;

    /// <summary>P(χ² ≥ q).</summary>
    public static double ChiSquared(double q, double df) => !(df > 0) || double.IsNaN(q) ? double.NaN : q <= 0 ? 1 : double.IsInfinity(q) ? 0 : SpecialFunctions.GammaUpperRegularized(df / 2, q / 2);

    /// <summary>P(F ≥ f).</summary>
    public static double F(double f, double df1, double df2) => !(df1 > 0 && df2 > 0) || double.IsNaN(f) ? double.NaN : f <= 0 ? 1 : double.IsInfinity(f) ? 0 : SpecialFunctions.BetaRegularized(df2 / 2, df1 / 2, df2 / (df2 + df1 * f));

    /// <summary>A quantile of χ², polished by Newton's steps on the distribution itself.</summary>
    public static double ChiSquaredQuantile(double share, double df)
    {
        var q = MathNet.Numerics.Distributions.ChiSquared.InvCDF(df, share);
        for (var step = 0; step < 3; step++)
        {
            var density = MathNet.Numerics.Distributions.ChiSquared.PDF(df, q);
            var miss = share < 0.5 ? SpecialFunctions.GammaLowerRegularized(df / 2, q / 2) - share : 1 - share - SpecialFunctions.GammaUpperRegularized(df / 2, q / 2);
            if (!(density > 0) || !(q - miss / density > 0)) break;
            q -= miss / density;
        }
        return q;
    }
}
