using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Science.Inference.Charts;

/// <summary>How many of how many, with an interval.</summary>
/// <param name="Count">How many.</param>
/// <param name="Of">Of how many; 0 where there is nobody.</param>
/// <remarks>Wilson's score interval (J Am Stat Assoc 22, 1927), which holds up in small groups and near 0.</remarks>
public readonly record struct Share(int Count, int Of)
{
    /// <summary>The share itself; NaN of nobody.</summary>
    public double Value => Of == 0 ? double.NaN : Count / (double)Of;

    /// <summary>Lower end of the 95 % interval; NaN of nobody.</summary>
    public double Lo => Of == 0 ? double.NaN : Math.Max(0, Middle - Reach);

    /// <summary>Upper end.</summary>
    public double Hi => Of == 0 ? double.NaN : Math.Min(1, Middle + Reach);

    private double Middle => (Value + Tails.Z975 * Tails.Z975 / (2 * Of)) / (1 + Tails.Z975 * Tails.Z975 / Of);

    private double Reach => Tails.Z975 / (1 + Tails.Z975 * Tails.Z975 / Of) * Math.Sqrt(Value * (1 - Value) / Of + Tails.Z975 * Tails.Z975 / (4.0 * Of * Of));
}
