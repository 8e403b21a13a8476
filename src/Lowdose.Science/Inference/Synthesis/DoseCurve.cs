namespace Lowdose.Science.Inference.Synthesis;

/// <summary>
/// What trials at some doses say of the mean effect of any dose. Benefit is negative. At a dose the trials are pooled, each with its weight in the random-effects
/// model times how near its own dose is; away from every dose that was tried the mean fades to no effect, and its spread grows to that of the sceptical prior.
/// </summary>
/// <remarks>
/// With W_i = 1/(v_i + τ²) and k the course model's smooth kernel in ln mg: r(d) = max_i k(d, D_i), the mean r Σ W k y / Σ W k, its variance
/// r² Σ W k² / (Σ W k)² + (1 − r²) (0.2 R)². A weighted mean cannot leave the range of what was seen, as a slope through three trials would.
/// Source: docs/methods/evidence-prior.md.
/// </remarks>
public sealed class DoseCurve
{
    private readonly double[] _dosesMg, _weights;
    private readonly IReadOnlyList<StudyEffect> _effects;

    internal DoseCurve(IReadOnlyList<double> dosesMg, IReadOnlyList<StudyEffect> effects, double tau2, double range)
    {
        (_dosesMg, _effects, Range, Tau2) = ([.. dosesMg], effects, range, tau2);
        _weights = [.. effects.Select(e => 1 / (e.Variance + tau2))];
    }

    /// <summary>The range of the scale on which the trials were read, points.</summary>
    public double Range { get; }

    /// <summary>The variance between trials, points squared.</summary>
    public double Tau2 { get; }

    /// <summary>What is believed of one person's effect before their diary: the SD of the sceptical prior, points. The trials do not make it narrower.</summary>
    public double PersonSd => DoseKernel.SdOfRange * Range;

    /// <summary>The mean effect of a dose and its standard deviation, points of <see cref="Range"/>.</summary>
    /// <param name="mg">The dose, mg, above 0.</param>
    public (double Mean, double Sd) At(double mg)
    {
        double reach = 0, weight = 0, effect = 0, square = 0;
        for (var i = 0; i < _dosesMg.Length; i++)
        {
            var near = DoseKernel.Smooth(mg, _dosesMg[i]);
            reach = Math.Max(reach, near);
            weight += _weights[i] * near;
            effect += _weights[i] * near * _effects[i].Estimate;
            square += _weights[i] * near * near;
        }
        // Beyond any dose that was tried: nothing is known of it.
        if (!(weight > 0)) return (0, PersonSd);
        return (reach * effect / weight, Math.Sqrt(reach * reach * square / (weight * weight) + (1 - reach * reach) * PersonSd * PersonSd));
    }
}
