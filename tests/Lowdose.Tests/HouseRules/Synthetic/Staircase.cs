// Code that breaks the staircase on purpose, so that the rule is seen to fail.
#pragma warning disable CA1812, CA1823, CA1852, CS0169, IDE0051 // nothing calls these

namespace Lowdose.Tests.HouseRules.Synthetic.Pharmacology
{
    internal sealed record Clearance(double LitresPerHour)
    {
        public static Clearance Usual() => new(Numerics.Digits.Sum(1, 2));
    }
}

namespace Lowdose.Tests.HouseRules.Synthetic.Inference
{
    internal static class AsksInACall
    {
        public static double Answer() => Pharmacology.Clearance.Usual().LitresPerHour;
    }

    internal sealed class AsksInAField
    {
        private readonly List<Pharmacology.Clearance>? clearances;
    }

    internal static class AsksInALambda
    {
        public static double Answer(double[] numbers) => numbers.Sum(n => new Pharmacology.Clearance(n).LitresPerHour);
    }
}

namespace Lowdose.Tests.HouseRules.Synthetic.Numerics
{
    internal static class Digits
    {
        public static double Sum(double a, double b) => a + b;
    }

    internal abstract class AsksInASignature
    {
        public abstract Inference.AsksInAField? Answer();

        public static double Call() => Inference.AsksInACall.Answer();
    }
}

namespace Lowdose.Tests.HouseRules.Synthetic.Attic
{
    internal sealed class Forgotten;
}

namespace Lowdose.Tests.HouseRules.Synthetic.House.Diary
{
    internal static class EntersByTheWindow
    {
        public static double Answer() => Numerics.Digits.Sum(1, 2);
    }
}
