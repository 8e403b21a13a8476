// Public members without a word, so that the rule is seen to fail.
#pragma warning disable CS1591, CA1052, CA1822

namespace Lowdose.Tests.HouseRules.Synthetic;

public sealed class Mute
{
    public int Empty { get; init; }
    public void Said(int once) => _ = once;
    public void Said(string twice) => _ = twice;
}

public static class Verb
{
    public static double Do(double doseMg) => doseMg;
}
