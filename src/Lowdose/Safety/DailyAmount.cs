using System.Globalization;
using System.Text.RegularExpressions;

namespace Lowdose.Safety;

/// <summary>How much of a medicine a person writes that they take a day. Where a text can be read in two ways, it is the larger amount.</summary>
internal static partial class DailyAmount
{
    private const string Day = @"\s*(?:/|a|per|each|every|in a|in 1)?\s*(?:days?|d|daily|24\s*h(?:ours)?)\b";

    [GeneratedRegex(@"(?<n>\d+(?:[.,]\d+)*)\s*(?<unit>mg|milligrams?|milligrammes?|g|grams?|grammes?)\b(?<day>" + Day + ")?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mass();

    [GeneratedRegex(@"(?<![\d.,])(?<n>\d{1,4})\s*(?:tablets?|tabs?|capsules?|caps?|pills?|pieces|of them)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pieces();

    [GeneratedRegex(@"(?<![\d.,])(?<n>\d{1,4})\s*(?:times|x)\b|\bx\s*(?<n>\d{1,4})(?!\d)|(?<![\d.,])(?<n>\d{1,4})" + Day, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Times();

    [GeneratedRegex(@"\b(?:twice|bid)\b|\b(?<three>thrice|tid)\b|\b(?<four>qid)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InWords();

    [GeneratedRegex(@"\b(?:every|each|q)\s*(?<h>\d{1,2})?\s*h(?:ours?|rs?|rly)?\b|\b(?<h>\d{1,2})?[\s-]*hourly\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hours();

    [GeneratedRegex(@"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Spelt();

    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "", "", "fifteen", "", "", "", "", "twenty"];

    /// <summary>The amount a day.</summary>
    /// <param name="text">As the person wrote it.</param>
    /// <param name="pieceMg">What a tablet or capsule holds where no mass is written, mg.</param>
    /// <returns>mg; null where the text gives no amount.</returns>
    public static decimal? Milligrams(string text, decimal pieceMg)
    {
        text = Spelt().Replace(text, m => Array.IndexOf(Numbers, m.Value.ToLowerInvariant()).ToString(CultureInfo.InvariantCulture));
        var masses = Mass().Matches(text);
        var whole = masses.Where(m => m.Groups["day"].Success).Select(InMilligrams).DefaultIfEmpty().Max();
        if (whole > 0) return whole;
        var rest = Mass().Replace(text, " ");
        var pieces = Largest(Pieces().Matches(rest));
        var times = Largest(Times().Matches(rest)) ?? Every(Hours().Match(rest)) ?? Said(InWords().Match(rest));
        if (masses.Count == 0 && (pieces ?? times) is null) return null;
        var each = masses.Count > 0 ? masses.Max(InMilligrams) : pieceMg;
        return each * (pieces ?? 1) * (times ?? 1);
    }

    private static decimal? Largest(MatchCollection numbers) => numbers.Count == 0 ? null : numbers.Max(m => decimal.Parse(m.Groups["n"].Value, CultureInfo.InvariantCulture));

    // Every 5 hours is five times a day on most days; every 0 hours is no interval.
    private static decimal? Every(Match hours) => !hours.Success ? null
        : !hours.Groups["h"].Success ? 24
        : int.Parse(hours.Groups["h"].Value, CultureInfo.InvariantCulture) is > 0 and var h ? Math.Max(1, decimal.Ceiling(24m / h)) : null;

    private static decimal? Said(Match words) => !words.Success ? null : words.Groups["four"].Success ? 4 : words.Groups["three"].Success ? 3 : 2;

    // 1,000 mg is a thousand, 1,5 mg is one and a half.
    private static decimal InMilligrams(Match match)
    {
        var written = match.Groups["n"].Value;
        var plain = Thousands().IsMatch(written) ? written.Replace(",", "", StringComparison.Ordinal) : written.Replace(',', '.');
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1_000_000) number = 1_000_000;
        return match.Groups["unit"].ValueSpan[0] is 'm' or 'M' ? number : number * 1000;
    }

    [GeneratedRegex(@"^\d{1,3}(?:,\d{3})+$")]
    private static partial Regex Thousands();
}
