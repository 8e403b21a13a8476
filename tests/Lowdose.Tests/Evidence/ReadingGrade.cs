using System.Text.RegularExpressions;

namespace Lowdose.Tests.Evidence;

/// <summary>
/// The school grade of a text by Flesch and Kincaid: 0.39 words per sentence + 11.8 syllables per word - 15.59.
/// Only full stops, question and exclamation marks end a sentence, and the end of a paragraph does; colons and semicolons do not.
/// A number or the name of a medicine is one word of one syllable: a reader takes it in as one thing, and cannot be told it in other words.
/// </summary>
internal static class ReadingGrade
{
    /// <summary>The grade of paragraphs taken together; the lowest there is for no words at all.</summary>
    public static double Of(IEnumerable<string> paragraphs, IReadOnlySet<string>? names = null)
    {
        int sentences = 0, words = 0, syllables = 0;
        foreach (var sentence in paragraphs.SelectMany(Sentences))
        {
            var own = Words(sentence);
            if (own.Length == 0) continue;
            sentences++;
            words += own.Length;
            syllables += own.Sum(w => char.IsAsciiDigit(w[0]) || names?.Contains(w) == true ? 1 : Syllables(w));
        }
        return words == 0 ? double.NegativeInfinity : (0.39 * words / sentences) + (11.8 * syllables / words) - 15.59;
    }

    /// <summary>Names of one word that the knowledge has for medicines, with "LDN".</summary>
    public static IReadOnlySet<string> NamesOf(Lowdose.Evidence.Knowledge knowledge) =>
        knowledge.Substances.Values.SelectMany(s => s.Names).Where(n => n.All(char.IsAsciiLetter)).Append("LDN").ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The sentences of one paragraph.</summary>
    public static IEnumerable<string> Sentences(string paragraph) => Regex.Split(paragraph, @"(?<=[.!?][”""’)]?)\s+").Where(s => s.Length > 0);

    /// <summary>The words of a sentence; a number with its point is one.</summary>
    public static string[] Words(string sentence) => [.. Regex.Matches(sentence, @"\d[\d.,:/-]*|[\p{L}]+(?:['’][\p{L}]+)*").Select(m => m.Value)];

    /// <summary>Groups of vowels; a silent e, and the e of "-ed" and "-es" where it is silent, do not count.</summary>
    public static int Syllables(string word)
    {
        var text = word.ToLowerInvariant().Replace("’", "'", StringComparison.Ordinal);
        text = Regex.Replace(text, @"'(s|ll|re|ve|d|m|t)$", "");
        text = Regex.Replace(text, "(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeioulyscxz])es$|(?<=[aeiouy]l)es$|(?<=[^tdaeiou])ed$", "");
        return Math.Max(1, Regex.Count(text, "[aeiouy]+") + Regex.Count(text, "^dia|^bio|opioi|[aeiouy]ing$"));
    }
}
