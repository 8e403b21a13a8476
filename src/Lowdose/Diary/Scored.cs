using Lowdose.Dosing;
using Lowdose.Evidence;

namespace Lowdose.Diary;

/// <summary>
/// A questionnaire's answers counted. What was not answered is not 0: a score then lies between two numbers, and a conclusion is not known unless it would be
/// the same whatever the missing answers were. Source: docs/methods/instruments.md.
/// </summary>
/// <param name="Instrument">The questionnaire.</param>
/// <param name="Answers">What was answered.</param>
/// <param name="Scores">In its order.</param>
/// <param name="Conclusions">In its order.</param>
public sealed record Scored(Instrument Instrument, Answers Answers, IReadOnlyList<ScoreResult> Scores, IReadOnlyList<ConclusionResult> Conclusions)
{
    /// <summary>The items without an answer, in order.</summary>
    public IReadOnlyList<InstrumentItem> Unanswered => [.. Instrument.Items.Where(i => !Answers.ByItem.ContainsKey(i.Id))];

    /// <summary>Counts the answers.</summary>
    /// <param name="instrument">The questionnaire.</param>
    /// <param name="answers">Any subset of its items.</param>
    /// <param name="scored">Null where they are not answers to it.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static Refused? Of(Instrument instrument, Answers answers, out Scored? scored)
    {
        scored = null;
        var items = instrument.Items.ToDictionary(i => i.Id, StringComparer.Ordinal);
        foreach (var (item, answer) in answers.ByItem)
        {
            if (!items.TryGetValue(item, out var asked)) return new($"{instrument.Title} has no item '{item}'", "answer the items it has");
            if (answer >= asked.Answers.Count) return new($"'{asked.Text}' cannot be answered with {answer}", $"answer 0 to {asked.Answers.Count - 1}");
        }
        // What every item and score can still be.
        var bounds = new Dictionary<string, (decimal Low, decimal High)>(StringComparer.Ordinal);
        foreach (var item in instrument.Items)
            bounds.Add(item.Id, answers.ByItem.TryGetValue(item.Id, out var answer) ? (answer, answer) : (0, item.Answers.Count - 1));
        var scores = instrument.Scores.Select(s => Count(s, bounds)).ToArray();
        foreach (var score in scores) bounds[score.Score.Id] = (score.Low, score.High);
        scored = new(instrument, answers, scores, [.. instrument.Conclusions.Select(c => Conclude(c, bounds))]);
        return null;
    }

    private static ScoreResult Count(InstrumentScore score, Dictionary<string, (decimal Low, decimal High)> bounds)
    {
        if (score.Kind == ScoreKind.Groups) return new(score, score.Groups.Count(g => g.Any(i => bounds[i].Low > 0)), score.Groups.Count(g => g.Any(i => bounds[i].High > 0)));
        var items = score.Groups[0];
        var (low, high) = (items.Sum(i => bounds[i].Low) * score.Times, items.Sum(i => bounds[i].High) * score.Times);
        return score.Kind == ScoreKind.Sum ? new(score, low, high) : new(score, low / items.Count, high / items.Count);
    }

    private static ConclusionResult Conclude(Conclusion conclusion, Dictionary<string, (decimal Low, decimal High)> bounds)
    {
        RequirementResult[] requirements = [.. conclusion.Requirements.Select(r => new RequirementResult(r, Any(r.Alternatives.Select(a => All(a.Select(c => Holds(c, bounds[c.Of])))))))];
        return new(conclusion, All(requirements.Select(r => r.Met)), requirements);
    }

    private static bool? Holds(Comparison comparison, (decimal Low, decimal High) value) =>
        value.High < comparison.Low || value.Low > comparison.High ? false
        : !(value.Low < comparison.Low) && !(value.High > comparison.High) ? true : null;

    private static bool? All(IEnumerable<bool?> parts) => parts.ToArray() is var all && all.Contains(false) ? false : all.Contains(null) ? null : true;

    private static bool? Any(IEnumerable<bool?> parts) => parts.ToArray() is var any && any.Contains(true) ? true : any.Contains(null) ? null : false;
}

/// <summary>A score, or between what it lies.</summary>
/// <param name="Score">Which.</param>
/// <param name="Low">The least it can be.</param>
/// <param name="High">The most.</param>
public sealed record ScoreResult(InstrumentScore Score, decimal Low, decimal High)
{
    /// <summary>Null where answers are missing that would change it.</summary>
    public decimal? Value => Low == High ? Low : null;
}

/// <summary>A conclusion met, not met, or not known.</summary>
/// <param name="Conclusion">Which.</param>
/// <param name="Met">Null: it depends on what was not answered.</param>
/// <param name="Requirements">Each by itself.</param>
public sealed record ConclusionResult(Conclusion Conclusion, bool? Met, IReadOnlyList<RequirementResult> Requirements);

/// <summary>One requirement met, not met, or not known.</summary>
/// <param name="Requirement">Which.</param>
/// <param name="Met">Null: it depends on what was not answered.</param>
public sealed record RequirementResult(Requirement Requirement, bool? Met);
