using System.Globalization;
using Lowdose.Diary;
using Lowdose.Evidence;
using NodaTime;

namespace Lowdose.Web.Questionnaires;

/// <summary>Scores and requirements in words.</summary>
internal static class ScoreWords
{
    // What one answer may take; said beside the sum, so that anybody can judge it.
    private const int SecondsEach = 10;

    /// <summary>"29 questions. At 10 seconds each, about 5 minutes."</summary>
    public static string Time(Instrument instrument) =>
        $"It has {instrument.Items.Count} questions. At {SecondsEach} seconds each, that is about {(instrument.Items.Count * SecondsEach + 59) / 60} minutes.";

    /// <summary>What its words are, and what else is needed to answer it.</summary>
    public static string Wording(ItemWording wording) => wording switch
    {
        ItemWording.Plain => "The words here are our own.",
        ItemWording.Own => "Have the form beside you. Here are only our short words for each item.",
        _ => "You need the form beside you. Here are only the item numbers.",
    };

    /// <summary>A score without its range ("Widespread pain index").</summary>
    public static string Name(InstrumentScore score) => score.Name.Split(',')[0];

    /// <summary>"8", or between what it lies.</summary>
    public static string Value(ScoreResult score) => score.Value is { } value ? Number(value) : $"{Number(score.Low)} to {Number(score.High)}";

    /// <summary>How many answers it still wants; a place that counts in two groups once.</summary>
    public static int Missing(Scored scored, ScoreResult score) => score.Value is not null ? 0 : score.Score.Groups.SelectMany(g => g).Distinct().Count(i => !scored.Answers.ByItem.ContainsKey(i));

    /// <summary>Met, not met, or not known.</summary>
    public static string Holds(bool? met) => met switch { true => "Holds", false => "Does not hold", null => "Not known yet" };

    /// <summary>What a conclusion says.</summary>
    public static string Says(ConclusionResult result) => result.Met switch { true => result.Conclusion.Met, false => result.Conclusion.NotMet, null => "It cannot be said yet: answers are missing." };

    /// <summary>What is needed and what is there ("Widespread pain index 7 or more (yours: 8)").</summary>
    public static string Needs(Scored scored, IReadOnlyList<Comparison> all) => string.Join(", and ", all.Select((c, n) => n == 0 ? Needs(scored, c) : Within(Needs(scored, c))));

    /// <summary>"22 Nov 2026".</summary>
    public static string Day(LocalDate day) => day.ToString("d MMM uuuu", CultureInfo.InvariantCulture);

    private static string Needs(Scored scored, Comparison comparison)
    {
        if (scored.Instrument.Items.FirstOrDefault(i => i.Id == comparison.Of) is { } item)
        {
            var yours = scored.Answers.ByItem.TryGetValue(item.Id, out var answer) ? item.Answers[answer] : "no answer";
            return $"{item.Text}: {Range(comparison, item.Answers.Count - 1, n => "“" + item.Answers[(int)n] + "”")} (yours: {yours})";
        }
        var score = scored.Scores.First(s => s.Score.Id == comparison.Of);
        return $"{Name(score.Score)} {Range(comparison, null, Number)} (yours: {Value(score)})";
    }

    private static string Within(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];

    private static string Range(Comparison comparison, int? last, Func<decimal, string> words) => comparison switch
    {
        { Low: { } low, High: { } high } => low == high ? words(low) : $"{words(low)} to {words(high)}",
        { Low: { } low } => low == last ? words(low) : words(low) + " or more",
        { High: { } high } => high == 0 ? words(high) : words(high) + " or less",
        _ => "any",
    };

    private static string Number(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
