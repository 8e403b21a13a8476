namespace Lowdose.Evidence;

/// <summary>How far a statement can be trusted about people at these doses. It is not <see cref="Verification"/>, which says whether we read the number ourselves.</summary>
public enum Certainty
{
    /// <summary>Measured in people.</summary>
    A = 1,
    /// <summary>Extrapolated, mostly from higher doses.</summary>
    B,
    /// <summary>Small or uncontrolled studies.</summary>
    C,
    /// <summary>Cells or animals.</summary>
    D,
    /// <summary>Hypothesis or opinion: not measured.</summary>
    E,
}
