namespace Lowdose.Evidence;

/// <summary>Whether a written word is a misspelling of a name.</summary>
internal static class Spelling
{
    private const int LongestWord = 40;

    /// <summary>
    /// The number of slips that separate two spellings, as written or as spoken, whichever is fewer; null where there are more than <see cref="Allowed"/>.
    /// Digits must agree, and so must the first letter or the first sound: people rarely miss it, and most look-alikes differ there. Another first letter for the same sound is a slip by itself.
    /// </summary>
    /// <param name="written">What the person wrote.</param>
    /// <param name="name">A name, or one word of it.</param>
    /// <param name="isGeneric">Not a brand.</param>
    public static int? Slips(Word written, Word name, bool isGeneric)
    {
        if ((written.Spoken[0] != name.Spoken[0] && written.Text[0] != name.Text[0]) || written.Digits != name.Digits) return null;
        var other = written.Text[0] == name.Text[0] ? 0 : 1;
        var asWritten = Within(written.Text, name.Text, isGeneric);
        var asSpoken = Within(written.Spoken, name.Spoken, isGeneric) + other;
        var allowed = Allowed(Math.Min(written.Text.Length, name.Text.Length), isGeneric);
        // A word of another length may sound the same, but not nearly the same: "Zzyzzol" is no Zydol.
        if (asSpoken > allowed || (asSpoken > 0 && Math.Abs(written.Text.Length - name.Text.Length) > allowed)) asSpoken = null;
        return asWritten is null ? asSpoken : asSpoken is null ? asWritten : Math.Min(asWritten.Value, asSpoken.Value);
    }

    /// <summary>How many slips a word of this length may hold: none up to four letters, one up to seven (nine of a brand), two up to thirteen, then three.</summary>
    public static int Allowed(int letters, bool isGeneric) => letters switch { <= 4 => 0, <= 7 => 1, <= 9 when !isGeneric => 1, <= 13 => 2, _ => 3 };

    private static int? Within(string a, string b, bool isGeneric)
    {
        var allowed = Allowed(Math.Min(a.Length, b.Length), isGeneric);
        if (Math.Abs(a.Length - b.Length) > allowed) return null;
        return Distance(a, b, allowed) is var d && d <= allowed ? d : null;
    }

    /// <summary>Optimal string alignment distance: letters inserted, dropped, changed, and neighbours swapped. Gives up beyond <paramref name="most"/>.</summary>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        if (a.Length > LongestWord || b.Length > LongestWord) return a.SequenceEqual(b) ? 0 : most + 1;
        Span<int> before = stackalloc int[LongestWord + 1], last = stackalloc int[LongestWord + 1], row = stackalloc int[LongestWord + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var here = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) here = Math.Min(here, before[j - 2] + 1);
                row[j] = here;
                least = Math.Min(least, here);
            }
            if (least > most) return most + 1;
            var free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[b.Length];
    }
}
