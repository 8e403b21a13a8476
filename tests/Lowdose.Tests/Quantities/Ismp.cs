using System.Text.RegularExpressions;

namespace Lowdose.Tests.Quantities;

/// <summary>The rules of the Institute for Safe Medication Practices for a written amount, as far as a program can check them.</summary>
internal static class Ismp
{
    private static readonly (Regex Pattern, string Rule)[] Rules =
    [
        (new(@"(?<!\d)\.\d"), "a zero stands before the point"),
        (new(@"\d\.\d*0(?!\d)"), "no zero ends a decimal"),
        (new(@"\d(mg|mL|micrograms?|mcg|g)\b"), "a space stands before the unit"),
        (new(@"\d\s+(ml|ML|Ml|cc|CC|MG|Mg|mcg|ug|mgs|mLs|milligrams?)\b|[µμ]g"), "mg, mL, and micrograms in full"),
        (new(@"(?<![\d,.])\d{4,}(\.\d+)? (mg|mL|micrograms)"), "a comma at a thousand"),
        (new(@"\b(QD|QHS|HS|qd|qhs|U|IU)\b"), "no abbreviations of how often"),
    ];

    /// <summary>Every rule a text breaks, with the place.</summary>
    public static IEnumerable<string> Breaks(string text) =>
        from rule in Rules
        from Match match in rule.Pattern.Matches(text)
        select $"\"{match.Value}\" in \"{text}\": {rule.Rule}";
}
