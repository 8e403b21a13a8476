using System.Globalization;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Exchange;

/// <summary>Gathers the rows of a file of studies, refusing the first that cannot be.</summary>
internal sealed class StudyRows(StudyColumns columns, StudyFormat format)
{
    private readonly List<string> _names = [];
    private readonly List<int> _lines = [];
    private readonly List<StudyEffect> _effects = [];
    private readonly List<(string, string)> _reported = [];
    private readonly List<string>[] _moderators = [.. columns.Moderators.Select(_ => new List<string>())];
    private readonly List<string> _groups = [];
    private readonly List<double> _order = [];

    /// <summary>Takes one record; null where it is in order.</summary>
    public Refusal? Take(string[] fields, int line)
    {
        if (Array.TrueForAll(fields, string.IsNullOrWhiteSpace) && (fields.Length > 1 || columns.Count == 1)) return null;
        if (StrictCsv.WrongWidth(fields, columns.Count, line) is { } width) return width;
        var cells = new StudyCells(format, columns.Places, fields, line);
        if (cells.Effect(out var effect, out var reported) is { } wrong) return wrong;
        for (var m = 0; m < _moderators.Length; m++)
        {
            if (fields[columns.Moderators[m]].Trim() is not { Length: > 0 } cell) return cells.Wrong($"the moderator {format.Moderators[m]} is empty", "write it for every study, or leave the study out");
            _moderators[m].Add(cell);
        }
        if (columns.Subgroup >= 0)
        {
            if (fields[columns.Subgroup].Trim() is not { Length: > 0 } group) return cells.Wrong($"the subgroup {format.Subgroup} is empty", "write a group for every study");
            _groups.Add(group);
        }
        if (columns.Order >= 0)
        {
            if (!cells.Parsed(fields[columns.Order].Trim(), out var place)) return cells.Wrong($"{format.Order} \"{DiaryCells.Shown(fields[columns.Order].Trim())}\" is not a number", "studies are added up in the order of a column of numbers, such as the year");
            _order.Add(place);
        }
        _names.Add(columns.Study >= 0 && fields[columns.Study].Trim() is { Length: > 0 } name ? name : "study " + (_names.Count + 1).ToString(CultureInfo.InvariantCulture));
        _lines.Add(line);
        _effects.Add(effect);
        _reported.Add(reported);
        return null;
    }

    /// <summary>The studies, or why there are none.</summary>
    public StudyReading Finish()
    {
        if (_effects.Count == 0) return new(null, new(1, "there is no study", "give one row a study below the header"));
        var terms = new List<ModeratorTerm>();
        for (var m = 0; m < _moderators.Length; m++)
            if (Terms(m, terms) is { } wrong) return new(null, wrong);
        string[] groups = [.. _groups.Distinct(StringComparer.Ordinal)];
        var places = groups.Index().ToDictionary(g => g.Item, g => g.Index, StringComparer.Ordinal);
        var order = Enumerable.Range(0, _effects.Count);
        return new(new StudyTable(format.Measure, _names, _effects, _reported, terms, groups, [.. _groups.Select(g => places[g])],
            [.. _order.Count > 0 ? order.OrderBy(i => _order[i]) : order], [.. Notes()]), null);
    }

    /// <summary>A column of numbers is one term; one of words a term for each word but the first in the alphabet.</summary>
    private Refusal? Terms(int moderator, List<ModeratorTerm> terms)
    {
        var (name, cells) = (format.Moderators[moderator], _moderators[moderator]);
        var reader = new StudyCells(format, columns.Places, [], 1);
        var numbers = new double[cells.Count];
        var written = 0;
        for (var i = 0; i < cells.Count; i++)
            if (reader.Parsed(cells[i], out numbers[i])) written++;
        if (written == cells.Count)
        {
            if (cells.Count > 1 && numbers.All(n => n == numbers[0])) return new(1, $"the moderator {name} is {DiaryCells.Shown(cells[0])} everywhere", "leave it out: it tells no studies apart");
            terms.Add(new(name, numbers));
            return null;
        }
        if (written > 0)
        {
            var odd = cells.FindIndex(c => !reader.Parsed(c, out _));
            return new(_lines[odd], $"the moderator {name} is \"{DiaryCells.Shown(cells[odd])}\" here and a number elsewhere", "write numbers throughout, or words throughout for groups");
        }
        string[] words = [.. cells.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (words.Length == 1) return new(1, $"the moderator {name} is \"{DiaryCells.Shown(words[0])}\" everywhere", "leave it out: it tells no studies apart");
        if (words.Length >= cells.Count) return new(1, $"the moderator {name} has a word of its own for every study", "give groups of studies, or numbers");
        terms.AddRange(words.Skip(1).Select(word => new ModeratorTerm($"{name}={word}", [.. cells.Select(c => c == word ? 1.0 : 0)])));
        return null;
    }

    private IEnumerable<string> Notes()
    {
        foreach (var twice in _names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Take(5))
            yield return $"The study {DiaryCells.Shown(twice.Key)} stands {twice.Count()} times. Rows count as independent: combine those that share people.";
    }
}
