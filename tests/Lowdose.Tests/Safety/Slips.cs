namespace Lowdose.Tests.Safety;

/// <summary>Every way to miss one key: names nobody chose, beside the frozen lists that somebody did.</summary>
public static class Slips
{
    private const string Vowels = "aeiou";

    /// <summary>A word with one letter dropped, doubled, swapped with its neighbour, or one vowel taken for another; the first letter stays.</summary>
    public static IEnumerable<string> Of(string word)
    {
        var slips = new List<string>();
        for (var i = 1; i < word.Length; i++)
        {
            slips.Add(word.Remove(i, 1));
            slips.Add(word.Insert(i, word[i].ToString()));
            if (i + 1 < word.Length) slips.Add(word[..i] + word[i + 1] + word[i] + word[(i + 2)..]);
            if (Vowels.Contains(word[i], StringComparison.Ordinal)) slips.AddRange(Vowels.Where(v => v != word[i]).Select(v => word[..i] + v + word[(i + 1)..]));
        }
        return slips.Distinct().Where(s => s != word);
    }
}
