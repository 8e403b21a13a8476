using System.Text;
using Lowdose.Web.Layout;

namespace Lowdose.Web.Diaries;

/// <summary>A diary to try Lowdose with.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Title">What a link to it says.</param>
/// <param name="About">Where it comes from.</param>
internal sealed record Example(string Name, string Title, string About)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Example> All { get; } =
    [
        new("probably-works", "It probably works", "A made-up diary of pain, 18 weeks."),
        new("cannot-tell", "It cannot tell", "A made-up diary of pain, 16 weeks."),
        new("does-not-work", "It does not work", "A made-up diary of pain."),
        new("melatonin", "A real one: melatonin and mood", "One adult, 70 days, melatonin or nothing by lot each day. From the n-of-1-melatonin-study of haomeng797-ship-it, CC BY."),
    ];

    /// <summary>Its CSV.</summary>
    public string Text { get; } = Encoding.UTF8.GetString(Resource.Bytes($"examples/{Name}.csv") ?? []);
}
