namespace Lowdose.Quantities;

/// <summary>What the exact quantities share.</summary>
internal static class Fraction
{
    /// <summary>The fraction to the 28 digits of a decimal. The whole part is taken first, so that no digit is spent on it twice.</summary>
    /// <exception cref="OverflowException">A part, reduced, is beyond a decimal: more than 10^28.</exception>
    public static decimal AsDecimal(Int128 numerator, Int128 denominator)
    {
        var common = Common(Int128.Abs(numerator), denominator);
        (numerator, denominator) = (numerator / common, denominator / common);
        var (whole, rest) = Int128.DivRem(numerator, denominator);
        return (decimal)whole + ((decimal)rest / (decimal)denominator);
    }

    private static Int128 Common(Int128 left, Int128 right)
    {
        while (left != 0) (left, right) = (right % left, left);
        return right;
    }
}
