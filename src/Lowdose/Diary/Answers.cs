using System.Globalization;

namespace Lowdose.Diary;

/// <summary>What a person ticked in a questionnaire: whole numbers by item. An item that is not there was not answered, which is not 0.</summary>
public sealed class Answers
{
    private readonly SortedDictionary<string, int> _byItem;

    private Answers(SortedDictionary<string, int> byItem) => _byItem = byItem;

    /// <summary>By item.</summary>
    public IReadOnlyDictionary<string, int> ByItem => _byItem;

    /// <summary>From items and their answers.</summary>
    /// <exception cref="ArgumentException">An item that is no short name, an answer below 0 or above 9,999, or no item.</exception>
    public static Answers Of(IEnumerable<KeyValuePair<string, int>> answers)
    {
        var made = new Answers(new(answers.ToDictionary(), StringComparer.Ordinal));
        return Read(made.ToString()) is { } read ? read : throw new ArgumentException("answers are items with numbers from 0 to 9,999", nameof(answers));
    }

    /// <summary>The canonical text ("jaw-left=1; neck=0"), in order of item.</summary>
    public override string ToString() => string.Join("; ", _byItem.Select(a => a.Key + "=" + a.Value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Reads the canonical text.</summary>
    /// <returns>Null where it is not one.</returns>
    public static Answers? Read(string text)
    {
        var byItem = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in text.Split("; "))
        {
            if (part.Split('=') is not [var item, var number] || !Texts.IsId(item)) return null;
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var answer) || answer > 9_999 || !byItem.TryAdd(item, answer)) return null;
        }
        var answers = new Answers(byItem);
        return answers.ToString() == text ? answers : null;
    }
}
