using System.Globalization;

namespace Lowdose.Science.Pharmacology.Language;

/// <summary>A word of the language: a number, a name, a unit in brackets, a sign, or the end.</summary>
internal readonly record struct Token(char Kind, string Text, double Value, Place At)
{
    public const char Number = '1', Name = 'a', UnitText = '[', End = '\0';

    /// <summary>As a person would point at it.</summary>
    public string Shown => Kind == End ? "the end of the line" : $"\"{Text}\"";
}

/// <summary>Takes one line apart into words. A # begins a remark.</summary>
internal static class Lexer
{
    /// <summary>More than any formula needs; it keeps a wrong file from growing the stack.</summary>
    private const int MostTokens = 2000;

    public static List<Token> Read(Piece line)
    {
        var tokens = new List<Token>();
        var text = line.Text;
        for (var i = 0; i < text.Length && text[i] != '#';)
        {
            var at = new Place(line.Line, line.Column + i);
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }
            if (tokens.Count >= MostTokens) throw at.Fault($"the formula has more than {MostTokens} signs", "divide it into several assignments");
            var length = Length(text, i, at);
            var word = text.Substring(i, length);
            tokens.Add(Of(word, at));
            i += length;
        }
        tokens.Add(new(Token.End, "", 0, new(line.Line, line.Column + text.Length)));
        return tokens;
    }

    private static Token Of(string word, Place at)
    {
        if (word[0] == '[') return new(Token.UnitText, word[1..^1], 0, at with { Column = at.Column + 1 });
        if (IsNameStart(word[0])) return new(Token.Name, word, 0, at);
        if (!char.IsAsciiDigit(word[0]) && word[0] != '.') return new(word.Length == 2 ? word[0] == '<' ? '≤' : '≥' : word[0], word, 0, at);
        if (!double.TryParse(word, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            throw at.Fault($"\"{word}\" is not a number", "write digits with a decimal point, as 0.5 or 1e-3");
        return new(Token.Number, word, value, at);
    }

    private static int Length(string text, int i, Place at)
    {
        var c = text[i];
        if (c == '[')
        {
            var close = text.IndexOf(']', i);
            return close < 0 ? throw at.Fault("a unit is opened with [ and never closed", "write ] after the unit, as 2[mg/L]") : close - i + 1;
        }
        var end = i + 1;
        if (IsNameStart(c))
        {
            while (end < text.Length && (IsNameStart(text[end]) || char.IsAsciiDigit(text[end]))) end++;
            return end - i;
        }
        if (char.IsAsciiDigit(c) || (c == '.' && end < text.Length && char.IsAsciiDigit(text[end])))
        {
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '.' || (text[end] is '+' or '-' && text[end - 1] is 'e' or 'E'))) end++;
            return end - i;
        }
        if (c is '<' or '>' && end < text.Length && text[end] == '=') return 2;
        return "+-*/^(),=<>".Contains(c, StringComparison.Ordinal) ? 1
            : throw at.Fault($"\"{(char.IsControl(c) || char.IsSurrogate(c) ? "an odd sign" : c)}\" means nothing here", "use numbers, names, + - * / ^ ( ) and the functions of docs/methods/model-language.md");
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';
}
