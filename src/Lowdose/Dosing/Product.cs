using Lowdose.Quantities;

namespace Lowdose.Dosing;

/// <summary>What is taken: a liquid of known strength, or capsules.</summary>
public abstract record Product
{
    private Product()
    {
    }

    /// <summary>A liquid drawn up by volume.</summary>
    /// <param name="Strength">What makes a dose a volume.</param>
    public sealed record Liquid(Concentration Strength) : Product;

    /// <summary>Capsules from a pharmacy.</summary>
    public sealed record Capsules : Product;
}
