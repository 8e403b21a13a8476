namespace Lowdose.Diary;

/// <summary>What free text may be: anything a person types, within bounds and without control characters.</summary>
internal static class Texts
{
    private const int LongestLine = 200, LongestText = 4_000, LongestId = 60;

    /// <summary>One line, 1 to 200 characters, no space at the ends.</summary>
    public static bool IsLine(string text) => text.Length is > 0 and <= LongestLine && text.Trim() == text && !text.Any(char.IsControl) && IsWhole(text);

    /// <summary>Several lines, 1 to 4,000 characters; lines end with a line feed.</summary>
    public static bool IsText(string text) => text.Length is > 0 and <= LongestText && !text.Any(c => char.IsControl(c) && c != '\n') && IsWhole(text);

    /// <summary>A short name: small letters, digits and single hyphens, a letter first.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= LongestId && char.IsAsciiLetterLower(text[0]) && text[^1] != '-'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && !text.Contains("--", StringComparison.Ordinal);

    /// <summary>No half of a pair, which no encoding could keep.</summary>
    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i]))) return false;
        return true;
    }
}
