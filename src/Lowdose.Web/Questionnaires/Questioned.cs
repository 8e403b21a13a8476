using Lowdose.Diary;
using Lowdose.Evidence;
using NodaTime;

namespace Lowdose.Web.Questionnaires;

/// <summary>What the log says about one questionnaire and one day of it, read at one moment.</summary>
/// <param name="Instrument">The questionnaire.</param>
/// <param name="Date">The day.</param>
/// <param name="Answers">What is kept for that day; null where nothing is.</param>
/// <param name="Head">What a write about that day builds on.</param>
/// <param name="History">Every day with answers that can be counted, the last first.</param>
public sealed record Questioned(Instrument Instrument, LocalDate Date, Answers? Answers, Guid? Head, IReadOnlyList<(LocalDate Day, Scored Scored)> History)
{
    /// <summary>Reads it.</summary>
    public static Questioned Of(DiaryLog log, Instrument instrument, LocalDate date)
    {
        var history = new List<(LocalDate, Scored)>();
        foreach (var (day, entry) in CourseRecord.Of(log).Days.Reverse())
            if (entry.Instruments.GetValueOrDefault(instrument.Id) is { } answers && Scored.Of(instrument, answers, out var scored) is null) history.Add((day, scored!));
        return new(instrument, date, DayEntry.Of(log, date).Instruments.GetValueOrDefault(instrument.Id), log.Head(Subjects.Day(date)), history);
    }

    /// <summary>The day's answers counted; null where there are none, or what is kept does not answer this questionnaire.</summary>
    public Scored? Scored => History.FirstOrDefault(h => h.Day == Date).Scored;

    /// <summary>What is kept for an item as the form writes it; empty: missing.</summary>
    public string Value(string item) =>
        Answers?.ByItem.TryGetValue(item, out var answer) == true ? answer.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";
}
