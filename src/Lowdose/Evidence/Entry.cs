using System.Globalization;
using Lowdose.Quantities;

namespace Lowdose.Evidence;

/// <summary>One mapping of a knowledge file, read key by key; what is missing, odd or left over becomes a defect with its line.</summary>
internal sealed class Entry(MappingNode node, KnowledgeReader reader)
{
    private readonly HashSet<string> _read = [];

    public int Line => node.Line;

    public bool Has(string key) => node[key] is not null;

    /// <summary>There, and not null.</summary>
    public bool Given(string key) => Take(key) is not (null or TextNode { Value: null });

    /// <summary>Text that must be there; empty after a defect.</summary>
    public string Text(string key)
    {
        if (OptionalText(key) is { Length: > 0 } text) return text;
        reader.Defect(Line, $"'{key}' is missing; add it");
        return "";
    }

    public string? OptionalText(string key) => Take(key) switch
    {
        null => null,
        TextNode text => text.Value,
        var other => Wrong<string>(other, $"'{key}' is one text, not a list"),
    };

    public IReadOnlyList<string> Texts(string key) => [.. Scalars(key).Select(s => s.Value!)];

    /// <summary>Ids of entries of another kind, checked once everything is read.</summary>
    public IReadOnlyList<string> Ids(string key, string kind)
    {
        var ids = new List<string>();
        foreach (var scalar in Scalars(key))
        {
            reader.Refer(kind, scalar.Value!, scalar.Line);
            ids.Add(scalar.Value!);
        }
        return ids;
    }

    /// <summary>As <see cref="Ids"/>, at least one.</summary>
    public IReadOnlyList<string> SomeIds(string key, string kind)
    {
        var ids = Ids(key, kind);
        if (ids.Count == 0) reader.Defect(Line, $"'{key}' cites nothing; name at least one of {kind}");
        return ids;
    }

    public string Id(string key, string kind)
    {
        var id = Text(key);
        if (id.Length > 0) reader.Refer(kind, id, Line);
        return id;
    }

    /// <summary>One text or number, not a mapping or list.</summary>
    public bool IsOne(string key) => node[key] is TextNode;

    public decimal? Number(string key) => Number(key, NumberStyles.AllowDecimalPoint);

    /// <summary>A number that may lie below 0.</summary>
    public decimal? Signed(string key) => Number(key, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign);

    private decimal? Number(string key, NumberStyles style)
    {
        if (OptionalText(key) is not { } text) return null;
        if (decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number)) return number;
        reader.Defect(LineOf(key), $"'{key}: {text}' is not a number; write digits and a decimal point, no unit");
        return null;
    }

    public int? Whole(string key)
    {
        if (Number(key) is not { } number) return null;
        if (number == decimal.Truncate(number) && number <= int.MaxValue) return (int)number;
        reader.Defect(LineOf(key), $"'{key}: {number}' is not a whole number");
        return null;
    }

    /// <summary>A day that must be there, as 2026-11-21; the default after a defect.</summary>
    public DateOnly Day(string key)
    {
        var text = Text(key);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || text.Length == 0) return day;
        reader.Defect(LineOf(key), $"'{key}: {text}' is not a day; write it as 2026-11-21");
        return default;
    }

    public Mass? Milligrams(string key)
    {
        if (Number(key) is not { } number) return null;
        if (Mass.TryFromMilligrams(number, out var mass)) return mass;
        reader.Defect(LineOf(key), $"'{key}: {number}' is finer than a nanogram");
        return null;
    }

    public bool Flag(string key)
    {
        var text = OptionalText(key);
        if (text is not (null or "true" or "false")) reader.Defect(LineOf(key), $"'{key}: {text}' is true or false");
        return text == "true";
    }

    /// <summary>A word of a closed list that must be there; the default after a defect.</summary>
    public T Choice<T>(string key) where T : struct, Enum
    {
        var text = Text(key);
        return text.Length == 0 ? default : Chosen<T>(key, text, LineOf(key));
    }

    public IReadOnlyList<T> Choices<T>(string key) where T : struct, Enum => [.. Scalars(key).Select(s => Chosen<T>(key, s.Value!, s.Line))];

    public Entry? Inner(string key) => Take(key) switch
    {
        null => null,
        MappingNode inner => new Entry(inner, reader),
        TextNode { Value: null } => null,
        var other => Wrong<Entry>(other, $"'{key}' is a mapping"),
    };

    public IEnumerable<Entry> Inners(string key)
    {
        foreach (var item in Items(key))
            if (item is MappingNode inner) yield return new Entry(inner, reader);
            else Wrong<Entry>(item, $"'{key}' is a list of mappings");
    }

    /// <summary>Lists of names by country code.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> TextsByKey(string key)
    {
        var inner = Inner(key);
        var texts = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var country in inner?.Keys ?? []) texts[country] = inner!.Texts(country);
        inner?.Done();
        return texts;
    }

    /// <summary>Scalars of a list; a single scalar stands for a list of one.</summary>
    public IEnumerable<TextNode> Scalars(string key)
    {
        foreach (var item in Items(key))
            if (item is TextNode { Value.Length: > 0 } scalar) yield return scalar;
            else Wrong<string>(item, $"'{key}' is a list of texts");
    }

    /// <summary>Reports the keys nobody asked for. Call it last.</summary>
    public void Done()
    {
        foreach (var member in node.Members)
            if (!_read.Contains(member.Key)) reader.Defect(member.Line, $"unknown key '{member.Key}'; see knowledge/README.md");
    }

    public int LineOf(string key) => node[key]?.Line ?? Line;

    private IEnumerable<string> Keys => node.Members.Select(m => m.Key);

    private IReadOnlyList<Node> Items(string key) => Take(key) switch
    {
        null or TextNode { Value: null } => [],
        ListNode list => list.Items,
        var one => [one],
    };

    private Node? Take(string key)
    {
        _read.Add(key);
        return node[key];
    }

    private T Chosen<T>(string key, string text, int line) where T : struct, Enum
    {
        var name = text.Replace("-", "", StringComparison.Ordinal);
        if (!char.IsDigit(text[0]) && Enum.TryParse(typeof(T), name, ignoreCase: true, out var value) && Enum.IsDefined(typeof(T), value)) return (T)value;
        reader.Defect(line, $"'{key}: {text}' is none of {string.Join(", ", Enum.GetNames<T>().Select(Hyphenated))}");
        return default;
    }

    /// <summary>As YAML writes it: "looked-up" for LookedUp; single letters stay.</summary>
    private static string Hyphenated(string name) => name.Length == 1
        ? name
        : string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    private T? Wrong<T>(Node other, string what) where T : class
    {
        reader.Defect(other.Line, what);
        return null;
    }
}
