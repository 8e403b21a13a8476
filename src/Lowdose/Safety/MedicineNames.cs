using Lowdose.Evidence;

namespace Lowdose.Safety;

/// <summary>Every name and code the knowledge has for a substance, ready to be looked for in what people write.</summary>
internal sealed class MedicineNames
{
    private const int ShortestAtcGroup = 4;
    private readonly Dictionary<string, MedicineName> _asWritten = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MedicineName> _asSpoken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MedicineName> _codes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<(char Start, int Words), MedicineName> _misspellable;
    private readonly ILookup<char, MedicineName> _runTogether;
    private readonly ILookup<char, MedicineName> _stems;

    /// <summary>Every name of <paramref name="substances"/>, and beside them <paramref name="ordinary"/> names, which stand for no substance.</summary>
    public MedicineNames(IEnumerable<Substance> substances, IEnumerable<string> ordinary)
    {
        var names = substances.SelectMany(Of).Concat(ordinary.Select(n => new MedicineName(n, null, NameMatch.Exact))).Where(n => n.Words.Count > 0).ToArray();
        foreach (var name in names)
        {
            LongestWords = Math.Max(LongestWords, name.Words.Count);
            _asWritten.TryAdd(name.Joined.Text, name);
            if (name.Joined.Spoken.Length > 4) _asSpoken.TryAdd(name.Joined.Spoken, name);
        }
        foreach (var substance in substances) AddCodes(substance);
        // A misspelling of a listed misspelling is too far from the name.
        _misspellable = names.Where(n => n.Match != NameMatch.Spelling).SelectMany(n => n.Words[0].Starts.Select(start => (start, n))).ToLookup(n => (n.start, n.n.Words.Count), n => n.n);
        _runTogether = names.Where(n => n.Words is [{ Text.Length: <= 3 }, .., { Text.Length: >= 5 }]).ToLookup(n => n.Joined.Spoken[0]);
        _stems = names.Where(n => n.Words is [{ Spoken.Length: >= 6 }] && n.Match == NameMatch.Exact && n.Substance is not null).ToLookup(n => n.Joined.Spoken[0]);
    }

    /// <summary>How many words the longest name has.</summary>
    public int LongestWords { get; }

    /// <summary>The name these words are, with or without the spaces; null where there is none.</summary>
    public MedicineName? Written(string joined) => _asWritten.GetValueOrDefault(joined);

    /// <summary>The name that sounds the same; null where there is none.</summary>
    public MedicineName? Sounding(string spoken) => _asSpoken.GetValueOrDefault(spoken);

    /// <summary>The name of an ATC code or of the narrowest group above it, or of an RxNorm code; null where there is none.</summary>
    public MedicineName? Coded(string? atc, string? rxNorm)
    {
        if (rxNorm is not null && _codes.TryGetValue("rxnorm " + rxNorm.Trim(), out var ingredient)) return ingredient;
        for (var code = atc?.Replace(" ", "", StringComparison.Ordinal) ?? ""; code.Length >= ShortestAtcGroup; code = code[..^1])
            if (_codes.TryGetValue("atc " + code, out var name)) return name;
        return null;
    }

    /// <summary>Names of as many words that these could be misspellings of, and how many slips apart.</summary>
    public IEnumerable<(MedicineName Name, int Slips)> Like(ReadOnlyMemory<Word> written)
    {
        foreach (var name in written.Span[0].Starts.SelectMany(start => _misspellable[(start, written.Length)]).Distinct())
            if (SlipsOf(written.Span, name) is { } slips) yield return (name, slips);
        if (written.Length > 1) yield break;
        var word = written.Span[0];
        foreach (var name in _runTogether[word.Spoken[0]])
            if (word.Text.StartsWith(name.Words[0].Text, StringComparison.Ordinal) && Spelling.Slips(word, name.Joined, name.IsGeneric) is { } slips) yield return (name, slips);
    }

    /// <summary>The generic name that a longer word begins with, as in compound words and inflections; null where there is none.</summary>
    public MedicineName? StemOf(Word word) =>
        _stems[word.Spoken[0]].Where(n => word.Spoken.Length > n.Joined.Spoken.Length && word.Spoken.StartsWith(n.Joined.Spoken, StringComparison.Ordinal)).MaxBy(n => n.Joined.Spoken.Length);

    private static int? SlipsOf(ReadOnlySpan<Word> written, MedicineName name)
    {
        var slips = 0;
        for (var i = 0; i < written.Length; i++)
        {
            if (Spelling.Slips(written[i], name.Words[i], name.IsGeneric) is not { } here) return null;
            slips += here;
        }
        return slips;
    }

    private void AddCodes(Substance substance)
    {
        foreach (var code in substance.Atc) _codes.TryAdd("atc " + code.Value, new(code.Value, substance, NameMatch.Code));
        foreach (var code in substance.Combinations.SelectMany(c => c.Atc)) _codes.TryAdd("atc " + code.Value, new(code.Value, substance, NameMatch.Code));
        if (substance.RxNorm is { } rxNorm) _codes.TryAdd("rxnorm " + rxNorm.Value, new(rxNorm.Value, substance, NameMatch.Code));
    }

    private static IEnumerable<MedicineName> Of(Substance substance)
    {
        var isCombination = substance.Parts.Count > 0;
        return substance.Names.Select(n => Name(n, NameMatch.Exact))
            .Concat(substance.Brands.Values.SelectMany(b => b).Select(n => Name(n, NameMatch.Brand)))
            .Concat(substance.Combinations.SelectMany(c => c.Names.Concat(c.Brands.Values.SelectMany(b => b))).Select(n => Name(n, NameMatch.Combination)))
            .Concat(substance.Misspellings.Select(n => Name(n, NameMatch.Spelling)));

        MedicineName Name(string text, NameMatch match) => new(text, substance, isCombination && match != NameMatch.Spelling ? NameMatch.Combination : match);
    }
}

/// <summary>A name or code of a substance; of none where it is an ordinary name.</summary>
internal sealed record MedicineName(string Text, Substance? Substance, NameMatch Match)
{
    // How long it acts is in the name, but people leave it out.
    private static readonly HashSet<string> ReleaseMarks = new(StringComparer.Ordinal) { "er", "sr", "xl", "cr", "ir", "la", "xr", "pr", "mr", "retard", "depot" };

    public IReadOnlyList<Word> Words { get; } = Shortened(Word.Of(Text));

    /// <summary>Not a brand: brands are short and many, so they are held to a closer spelling.</summary>
    public bool IsGeneric => Match == NameMatch.Exact;

    public Word Joined => field ??= Word.Joined(Words);

    private static IReadOnlyList<Word> Shortened(IReadOnlyList<Word> words) =>
        words.Count > 1 && ReleaseMarks.Contains(words[^1].Text) ? [.. words.SkipLast(1)] : words;
}
