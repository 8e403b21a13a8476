using Lowdose.Evidence;

namespace Lowdose.Web.Screens;

/// <summary>What Lowdose knows, read once.</summary>
internal static class Loaded
{
    private static readonly Lazy<Knowledge> Read = new(Lowdose.Evidence.Knowledge.BuiltIn);
    private static readonly Lazy<Safety.Screen> Made = new(() => new Safety.Screen(Knowledge));

    /// <summary>Sources, claims, substances, rules, protocols.</summary>
    public static Knowledge Knowledge => Read.Value;
    /// <summary>The screen that knows them.</summary>
    public static Safety.Screen Screen => Made.Value;
}
