namespace Lowdose.Evidence;

/// <summary>Finds entries of the knowledge by words, also misspelt ones. Built once in memory; asking changes nothing.</summary>
public sealed class SearchIndex
{
    private const int MostLetters = 200, MostWords = 8;
    private const double InName = 6, InText = 1, Prefix = 0.6, Misspelt = 0.5;

    // They say nothing of what is looked for.
    private static readonly HashSet<string> Empty = ["a", "an", "and", "are", "can", "do", "does", "for", "have", "how", "i", "if", "in", "is", "it", "my", "of", "on", "or", "s", "the", "to", "what", "when", "which", "with"];

    private readonly SearchEntry[] _entries;
    private readonly Dictionary<string, Posting> _postings = new(StringComparer.Ordinal);

    private SearchIndex(IEnumerable<SearchEntry> entries)
    {
        _entries = [.. entries];
        for (var i = 0; i < _entries.Length; i++)
        {
            string[] names = [_entries[i].Name, .. _entries[i].OtherNames], texts = [_entries[i].Says, .. _entries[i].Body];
            // A claim is called by its sentence, which is text like any other.
            if (_entries[i].Kind == EntryKind.Claim) (names, texts) = ([], [.. names, .. texts]);
            foreach (var name in names.Select(Word.Of))
            {
                Add(name, i, InName, isJoined: false);
                // People write a name of two words as one, and the other way round.
                Add(name.Zip(name.Skip(1), (a, b) => Word.Joined([a, b])), i, InName, isJoined: true);
            }
            foreach (var text in texts.Select(Word.Of)) Add(text, i, InText, isJoined: false);
        }
    }

    private void Add(IEnumerable<Word> words, int entry, double weight, bool isJoined)
    {
        foreach (var word in words.Where(w => !Empty.Contains(w.Text)))
        {
            if (!_postings.TryGetValue(word.Text, out var posting)) _postings[word.Text] = posting = new(word);
            posting.IsJoined &= isJoined;
            posting.Weights[entry] = Math.Max(weight, posting.Weights.GetValueOrDefault(entry));
        }
    }

    /// <summary>The index of a knowledge.</summary>
    /// <param name="knowledge">Where the entries are.</param>
    public static SearchIndex Of(Knowledge knowledge) => new(SearchEntry.All(knowledge));

    /// <summary>How many entries can be found.</summary>
    public int Count => _entries.Length;

    /// <summary>Looks for words; the first 8 that say something count.</summary>
    /// <param name="asked">As typed.</param>
    public SearchResult Find(string asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var all = Word.Of(asked.Length > MostLetters ? asked[..MostLetters] : asked);
        Word[] words = [.. all.Where(w => !Empty.Contains(w.Text)).Take(MostWords)];
        if (words.Length == 0) return new([], []);
        var (scores, met) = (new double[_entries.Length], new int[_entries.Length]);
        var read = new List<Misspelling>();
        for (var i = 0; i < words.Length; i++)
        {
            // "fibro myalgia" and "long covid" are one word each to somebody.
            var joined = i + 1 < words.Length ? Word.Joined([words[i], words[i + 1]]) : null;
            if (joined is not null && !_postings.ContainsKey(words[i + 1].Text) && Meant(joined, null) is [var one, ..])
            {
                Weigh([one], 2);
                if (one.Word != joined.Text) read.Add(new($"{words[i].Text} {words[i + 1].Text}", one.Word));
                i++;
                continue;
            }
            Weigh(Meant(words[i], read), 1);
        }
        var found = Enumerable.Range(0, _entries.Length).Where(i => met[i] > 0)
            .OrderByDescending(i => met[i]).ThenByDescending(i => scores[i]).ThenBy(i => _entries[i].Kind).ThenBy(i => _entries[i].Name.Length);
        return new([.. found.Select(i => _entries[i])], read);

        void Weigh(IReadOnlyList<(string Word, double Share)> meant, int of)
        {
            var best = new Dictionary<int, double>();
            foreach (var (word, share) in meant)
                foreach (var (entry, weight) in _postings[word].Weights)
                    best[entry] = Math.Max(best.GetValueOrDefault(entry), share * weight);
            // A word that few entries have says more; of the typed word, not of the rare ones that begin with it.
            foreach (var (entry, weight) in best)
            {
                scores[entry] += weight * Math.Log(1 + ((double)_entries.Length / best.Count));
                met[entry] += of;
            }
        }
    }

    /// <summary>The words of the index that a word may stand for: itself and what begins with it, else those a slip or two away.</summary>
    /// <param name="word">As typed.</param>
    /// <param name="read">Takes what a misspelling was read as; null where a joined word is only tried.</param>
    private List<(string Word, double Share)> Meant(Word word, List<Misspelling>? read)
    {
        var meant = new List<(string Word, double Share)>();
        if (_postings.ContainsKey(word.Text)) meant.Add((word.Text, 1));
        if (read is not null && word.Text.Length >= 4)
            meant.AddRange(_postings.Values.Where(p => !p.IsJoined && p.Word.Text.Length > word.Text.Length && p.Word.Text.StartsWith(word.Text, StringComparison.Ordinal)).Select(p => (p.Word.Text, Prefix)));
        if (meant.Count > 0) return meant;
        var near = Near(w => Spelling.Slips(word, w, isGeneric: true));
        // Somebody may miss the first letter too, or put a letter two places off ("chrons").
        if (near.Count == 0) near = Near(w => Distance(word, w));
        if (near.Count == 0) return meant;
        read?.Add(new(word.Text, near[0]));
        return [.. near.Select((w, i) => (w, i == 0 ? Misspelt : Misspelt / 2))];
    }

    /// <summary>The slips between two words whose first letter may differ; null where they are too many.</summary>
    private static int? Distance(Word a, Word b)
    {
        var letters = Math.Min(a.Text.Length, b.Text.Length);
        var most = letters > 5 ? Math.Max(2, Spelling.Allowed(letters, isGeneric: true)) : Spelling.Allowed(letters, isGeneric: true);
        if (a.Digits != b.Digits || Math.Abs(a.Text.Length - b.Text.Length) > most) return null;
        return Spelling.Distance(a.Text, b.Text, most) is var slips && slips <= most ? slips : null;
    }

    /// <summary>The words fewest slips away, the most used first.</summary>
    private List<string> Near(Func<Word, int?> slips)
    {
        var near = _postings.Values.Select(p => (p.Word.Text, Slips: slips(p.Word))).Where(n => n.Slips is not null).ToArray();
        if (near.Length == 0) return [];
        var least = near.Min(n => n.Slips);
        return [.. near.Where(n => n.Slips == least).Select(n => n.Text).OrderByDescending(t => _postings[t].Weights.Values.Sum()).ThenBy(t => t, StringComparer.Ordinal)];
    }

    /// <summary>Where a word stands: entries and how much it weighs there.</summary>
    private sealed class Posting(Word word)
    {
        public Word Word { get; } = word;

        /// <summary>Nobody wrote it; it is two words of a name.</summary>
        public bool IsJoined { get; set; } = true;

        public Dictionary<int, double> Weights { get; } = [];
    }
}

/// <summary>What was found.</summary>
/// <param name="Entries">Best first.</param>
/// <param name="Read">Misspelt words and what they were read as.</param>
public sealed record SearchResult(IReadOnlyList<SearchEntry> Entries, IReadOnlyList<Misspelling> Read);

/// <summary>How a misspelt word was read.</summary>
/// <param name="Written">As typed, in lower case.</param>
/// <param name="As">The word it was taken for.</param>
public sealed record Misspelling(string Written, string As);
