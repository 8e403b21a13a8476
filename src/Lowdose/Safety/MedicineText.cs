using System.Text.RegularExpressions;
using Lowdose.Evidence;

namespace Lowdose.Safety;

/// <summary>Reads what a person wrote about a medicine: which substances are in it, and which parts nobody here knows.</summary>
internal sealed partial class MedicineText
{
    // A name may run on over a divider ("belladonna and opium"); what is left on either side of one is asked about by itself.
    [GeneratedRegex(@"[,;+&\n]|(?<!\bw)/|(?=\b(?:and|with|und|mit|og|och|ja|et)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    [GeneratedRegex(@"^\s*(?:and|with|und|mit|og|och|ja|et)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Connective();

    private static readonly HashSet<string> Nothing = Set("none nothing nil keine nichts ei mitaan ingen aucun");
    private static readonly HashSet<string> Units = Set("mg g ug mcg ml iu micrograms times x");
    private static readonly HashSet<string> Numbering = Set("no nr number num");
    private static readonly HashSet<string> NotAName = Set(
        "mg g ug mcg ml iu w und mit og och ja et the a an of in at as by to on and or with for when my i it is was per x h hr hour hours day days daily week weekly month monthly year once twice time times every each now then last first " +
        "bedtime night nightly morning evening noon needed required prn bid tid qd qid po oral orally mouth tablet tablets tab tabs capsule capsules cap caps pill pills drop drops liquid solution syrup spray gel cream " +
        "injection patch patches dose doses low high half one two three four taken take taking took food water before after sleep pain bad only if some sometimes occasionally stopped since ago from");
    private static readonly string[] HardWithout = ["not", "cannot", "cant", "can t", "never", "hard", "unable", "couldn", "don t"];
    private readonly MedicineNames _names;
    private readonly Medicine _medicine;
    private readonly Word[] _words;
    private readonly int[] _partOf;
    private readonly bool[] _claimed;
    private readonly bool[] _denied;
    private readonly bool[] _ordinary;
    private readonly List<RecognisedSubstance> _found = [];

    private MedicineText(MedicineNames names, Medicine medicine)
    {
        (_names, _medicine) = (names, medicine);
        var parts = Between().Split(medicine.Text).Where(p => !string.IsNullOrWhiteSpace(p)).ToArray();
        var words = parts.SelectMany((part, index) => Word.Of(part).Select(w => (Word: w, index))).ToArray();
        // "Tylenol No. 3" is "Tylenol 3".
        words = [.. words.Where((w, i) => !(Numbering.Contains(w.Word.Text) && i > 0 && i + 1 < words.Length && words[i + 1].Word.Digits.Length > 0))];
        _words = [.. words.Select(w => Numbered(w.Word))];
        _partOf = [.. words.Select(w => w.index)];
        _claimed = new bool[_words.Length];
        _denied = new bool[_words.Length];
        _ordinary = new bool[_words.Length];
        Parts = parts;
    }

    private string[] Parts { get; }

    /// <summary>What a medicine is.</summary>
    /// <returns>The substances in it, each once, and the parts of the text that name something unknown.</returns>
    public static (IReadOnlyList<RecognisedSubstance> Found, IReadOnlyList<string> Unknown) Read(MedicineNames names, Medicine medicine)
    {
        var text = new MedicineText(names, medicine);
        if (names.Coded(medicine.Atc, medicine.RxNorm) is { } coded) text.Add(coded, NameMatch.Code);
        text.AsWritten();
        text.Sounding();
        text.Misspelt();
        text.Compounds();
        return ([.. text._found.DistinctBy(f => f.Substance.Id)], text.Unknown());
    }

    private void AsWritten() => EachWindow(_names.LongestWords + 1, (start, count) =>
    {
        var joined = string.Concat(_words.Skip(start).Take(count).Select(w => w.Text));
        return _names.Written(joined) is { } name && !IsAmount(start, count) ? (name, name.Match) : null;
    });

    private void Sounding() => EachWindow(_names.LongestWords, (start, count) =>
        _names.Sounding(Word.Joined(_words.Skip(start).Take(count)).Spoken) is { } name && !IsAmount(start, count) ? (name, NameMatch.Spelling) : null);

    private void Misspelt() => EachWindow(4, (start, count) =>
    {
        if (count == 1 && (NotAName.Contains(_words[start].Text) || _words[start].Text.Length < 5)) return null;
        var like = _names.Like(_words.AsMemory(start, count)).ToArray();
        if (like.Length == 0) return null;
        var fewest = like.Min(l => l.Slips);
        var nearest = like.Where(l => l.Slips == fewest).Select(l => l.Name).ToArray();
        // As near to an innocent name as to a dangerous one: ask.
        return nearest.Any(n => IsOpioid(n.Substance)) && nearest.Any(n => !IsOpioid(n.Substance)) || IsAmount(start, count) ? null : (nearest[0], NameMatch.Spelling);
    });

    private void Compounds() => EachWindow(1, (start, _) => _names.StemOf(_words[start]) is { } name ? (name, NameMatch.Spelling) : null);

    private void EachWindow(int longest, Func<int, int, (MedicineName, NameMatch)?> look)
    {
        for (var count = Math.Min(longest, _words.Length); count >= 1; count--)
        {
            for (var start = 0; start + count <= _words.Length; start++)
            {
                if (_claimed.AsSpan(start, count).Contains(true) || look(start, count) is not var (name, match)) continue;
                _claimed.AsSpan(start, count).Fill(true);
                if (name.Substance is null) _ordinary.AsSpan(start, count).Fill(true);
                else if (IsDenied(start, count)) _denied[start] = true;
                else Add(name, match);
            }
        }
    }

    private void Add(MedicineName name, NameMatch match)
    {
        if (name.Substance is { } substance) _found.Add(new(_medicine.Text.Length > 0 ? _medicine.Text : name.Text, substance, match, name.Text));
    }

    /// <summary>"Tylenol 3 times a day" is not Tylenol 3.</summary>
    private bool IsAmount(int start, int count) =>
        count > 1 && _words[start + count - 1].Digits.Length > 0 && start + count < _words.Length && Units.Contains(_words[start + count].Text);

    /// <summary>"Without codeine" and "codeine-free" say that it is not there; asked about all the same. "Not without codeine" says that it is.</summary>
    private bool IsDenied(int start, int count)
    {
        var before = start > 0 && _partOf[start - 1] == _partOf[start] ? _words[start - 1].Text : "";
        var after = start + count < _words.Length && _partOf[start + count] == _partOf[start] ? _words[start + count].Text : "";
        if (before is not ("no" or "without" or "ohne" or "kein" or "keine" or "ingen" or "uten" or "ei" or "ilman") && after is not ("free" or "frei")) return false;
        var earlier = ' ' + string.Join(' ', _words.Take(start).Select(w => w.Text)) + ' ';
        return !HardWithout.Any(w => earlier.Contains(' ' + w + ' ', StringComparison.Ordinal));
    }

    private List<string> Unknown()
    {
        if (_found.Any(f => f.Match == NameMatch.Code) && Parts.Length <= 1 || _words.All(w => Nothing.Contains(w.Text)) && Parts.Length > 0 && _words.Length > 0) return [];
        var unknown = Parts.Where((_, part) => IsUnknown(part)).Select(p => Connective().Replace(p, "").Trim()).ToList();
        // Whatever it is, it is asked about.
        return unknown.Count == 0 && _found.Count == 0 && Parts.Length > 0 ? [_medicine.Text] : unknown;
    }

    private bool IsUnknown(int part)
    {
        var own = Enumerable.Range(0, _words.Length).Where(i => _partOf[i] == part).ToArray();
        if (own.Any(i => _denied[i])) return true;
        return !own.Any(i => _claimed[i] && !_ordinary[i]) && own.Any(i => !NotAName.Contains(_words[i].Text) && _words[i].Digits.Length == 0);
    }

    private static Word Numbered(Word word) => word.Text switch
    {
        "threes" => Word.Of("3")[0],
        "w" => Word.Of("with")[0],
        "fours" => Word.Of("4")[0],
        _ => word,
    };

    private static bool IsOpioid(Substance? substance) => substance?.Class is SubstanceClass.OpioidAgonist or SubstanceClass.OpioidPartialAgonist or SubstanceClass.OpioidAntidiarrhoeal;

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
