using System.Globalization;
using System.Text;

namespace Lowdose.Evidence;

/// <summary>A word, such as one of a medicine's name: as written, in lower case without accents, and as it sounds.</summary>
internal sealed record Word
{
    private Word(string text)
    {
        Text = text;
        Spoken = Sound(text);
        Digits = string.Concat(text.Where(char.IsAsciiDigit));
    }

    /// <summary>Letters a–z and digits.</summary>
    public string Text { get; }

    /// <summary>The same with letters that sound alike written alike: morphine, morfine and Morphin are one.</summary>
    public string Spoken { get; }

    /// <summary>How it begins: its first sound and its first letter, where that is another.</summary>
    public IEnumerable<char> Starts => Text[0] == Spoken[0] ? [Spoken[0]] : [Spoken[0], Text[0]];

    /// <summary>Its digits, which no misspelling changes.</summary>
    public string Digits { get; }

    /// <summary>Several words written as one, as people do.</summary>
    public static Word Joined(IEnumerable<Word> words) => new(string.Concat(words.Select(w => w.Text)));

    /// <summary>The words of a text: lower case, without accents; anything but letters and digits divides, and so does the step between a letter and a digit.</summary>
    public static IReadOnlyList<Word> Of(string text)
    {
        var words = new List<Word>();
        var word = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            var letters = Plain(c);
            if (word.Length > 0 && (letters.Length == 0 || char.IsAsciiDigit(letters[0]) != char.IsAsciiDigit(word[^1]))) End();
            word.Append(letters);
        }
        if (word.Length > 0) End();
        return words;

        void End()
        {
            words.Add(new Word(word.ToString()));
            word.Clear();
        }
    }

    // Spelt out, because the runtime has no Unicode tables in invariant mode.
    private const string Accented = "àáâãäåāăąçćčďèéêëēęěìíîïīłñńňòóôõöøōőřśšşťùúûüūůűýÿźžż";
    private const string Bare = "aaaaaaaaacccdeeeeeeeiiiiilnnnoooooooorssstuuuuuuuyyzzz";

    private static string Plain(char c) => c switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        _ when Accented.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at => Bare[at].ToString(),
        _ when char.IsLetterOrDigit(c) => c.ToString(),
        _ => "",
    };

    private static string Sound(string text)
    {
        var spoken = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            var sound = text[i] switch
            {
                'p' when next == 'h' => 'f',
                't' when next == 'h' => 't',
                'y' => 'i',
                'c' when next is 'e' or 'i' or 'y' => 's',
                'c' or 'q' => 'k',
                'z' => 's',
                'w' => 'v',
                var c => c,
            };
            if (text[i] is 'p' or 't' && next == 'h') i++;
            if (sound == 's' && spoken.Length > 0 && spoken[^1] == 'k')
                spoken[^1] = 'x';
            else if (spoken.Length == 0 || spoken[^1] != sound || char.IsAsciiDigit(sound))
                spoken.Append(sound);
        }
        // The English e at the end is silent, and other languages do without it.
        if (spoken.Length > 4 && spoken[^1] == 'e') spoken.Length--;
        return spoken.ToString();
    }
}
