using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Plans;

/// <summary>The plan's fields as typed. Every page of the path carries them along unseen, so that going back loses nothing.</summary>
/// <param name="Typed">By name; without those that are empty.</param>
public sealed record CarriedPlan(IReadOnlyDictionary<string, string> Typed)
{
    /// <summary>The names that the plan and the mixing form share, and the mixing form's own.</summary>
    public static readonly IReadOnlyList<string> Mixing = ["tablet", "volume", "vehicle", "store", "mixed"];

    /// <summary>The names of the fields.</summary>
    public static readonly IReadOnlyList<string> Names = ["protocol", "from", "by", "every", "ceiling", "start", "time", "product", .. Mixing];

    /// <summary>Nothing typed.</summary>
    public static CarriedPlan None { get; } = new(new Dictionary<string, string>());

    /// <summary>One field, trimmed; empty where it was not typed.</summary>
    public string this[string field] => Typed.TryGetValue(field, out var text) ? text.Trim() : "";

    /// <summary>Whether a plan was asked for: its form always sends a start day, empty or not.</summary>
    public bool Asked => Typed.ContainsKey("start");

    /// <summary>From a form.</summary>
    public static CarriedPlan From(IFormCollection form) =>
        new(Names.Where(n => form.ContainsKey(n)).ToDictionary(n => n, n => form[n].ToString(), StringComparer.Ordinal));
}
