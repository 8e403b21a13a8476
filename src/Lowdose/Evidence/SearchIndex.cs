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
    private readonly Word[] _words;

    private SearchIndex(IEnumerable<SearchEntry> entries)
    {
        _entries = [.. entries];
        var words = new Dictionary<string, Word>(StringComparer.Ordinal);
        for (var i = 0; i < _entries.Length; i++)
        {
            foreach (var name in _entries[i].OtherNames.Prepend(_entries[i].Name))
            {
                var own = Word.Of(name);
                Add(own, i, InName);
                // People write a name of two words as one, and the other way round.
                Add([.. own.Zip(own.Skip(1), (a, b) => Word.Joined([a, b]))], i, InName);
            }
            foreach (var text in _entries[i].Body.Prepend(_entries[i].Says)) Add(Word.Of(text), i, InText);
        }
        _words = [.. words.Values];

        void Add(IReadOnlyList<Word> own, int entry, double weight)
        {
            foreach (var word in own.Where(w => !Empty.Contains(w.Text)))
            {
                words.TryAdd(word.Text, word);
                if (!_postings.TryGetValue(word.Text, out var posting)) _postings[word.Text] = posting = new();
                posting.Weights[entry] = Math.Max(weight, posting.Weights.GetValueOrDefault(entry));
            }
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
            .OrderByDescending(i => met[i]).ThenByDescending(i => scores[i]).ThenBy(i => _entries[i].Kind).ThenBy(i => _entries[i].Id, StringComparer.Ordinal);
        return new([.. found.Select(i => _entries[i])], read);

        void Weigh(IReadOnlyList<(string Word, double Share)> meant, int of)
        {
            var best = new Dictionary<int, double>();
            foreach (var (word, share) in meant)
                foreach (var (entry, weight) in _postings[word].Weights)
                    best[entry] = Math.Max(best.GetValueOrDefault(entry), share * weight * Math.Log(1 + ((double)_entries.Length / _postings[word].Weights.Count)));
            foreach (var (entry, weight) in best)
            {
                scores[entry] += weight;
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
            meant.AddRange(_words.Where(w => w.Text.Length > word.Text.Length && w.Text.StartsWith(word.Text, StringComparison.Ordinal)).Select(w => (w.Text, Prefix)));
        if (meant.Count > 0) return meant;
        var near = Near(w => Spelling.Slips(word, w, isGeneric: true));
        // Somebody may miss the first letter too, or put a letter two places off ("chrons"): one slip more, where nothing else is near.
        if (near.Count == 0) near = Near(w => Math.Abs(w.Text.Length - word.Text.Length) <= Most(word, w) && Spelling.Distance(word.Text, w.Text, Most(word, w)) is var d && d <= Most(word, w) ? d : null);
        if (near.Count == 0) return meant;
        read?.Add(new(word.Text, near[0]));
        return [.. near.Select(w => (w, Misspelt))];

        static int Most(Word a, Word b)
        {
            var letters = Math.Min(a.Text.Length, b.Text.Length);
            return a.Digits != b.Digits ? 0 : Spelling.Allowed(letters, isGeneric: true) + (letters > 5 ? 1 : 0);
        }
    }

    /// <summary>The words fewest slips away, the most used first.</summary>
    private List<string> Near(Func<Word, int?> slips)
    {
        var near = _words.Select(w => (w.Text, Slips: slips(w))).Where(n => n.Slips is not null).ToArray();
        if (near.Length == 0) return [];
        var least = near.Min(n => n.Slips);
        return [.. near.Where(n => n.Slips == least).Select(n => n.Text).OrderByDescending(t => _postings[t].Weights.Values.Sum()).ThenBy(t => t, StringComparer.Ordinal)];
    }

    private sealed class Posting
    {
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
