using System.Globalization;
using Lowdose.Dosing;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Diary;

/// <summary>A change to the plan as its field holds it. Who decided and when are the write's.</summary>
public static class ChangeText
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private const string From = " from ", Because = ": ";

    /// <summary>The canonical text ("hold from 2026-12-20 for 14 days: a side effect for 8 days").</summary>
    public static string Of(RegimenChange change) => change switch
    {
        RegimenChange.Hold => "hold",
        RegimenChange.StepBack => "step-back",
        RegimenChange.Stay => "stay",
        RegimenChange.MoveTo move => "move to " + Clock.Format(move.Time),
        RegimenChange.GoOn => "resume",
        RegimenChange.Ceiling ceiling => "ceiling " + PlanTexts.Of(ceiling.Most),
        RegimenChange.Finish => "finish",
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    } + From + change.From.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + (change is RegimenChange.Hold hold ? " for " + PlanTexts.Days(hold.Days) : "") + Because + change.Why;

    /// <summary>Reads the canonical text.</summary>
    /// <param name="text">The field's value.</param>
    /// <param name="who">Who decided.</param>
    /// <param name="at">When.</param>
    /// <returns>Null where it is not one.</returns>
    public static RegimenChange? Read(string text, string who, Instant at)
    {
        var (begins, why) = (text.IndexOf(From, StringComparison.Ordinal), text.IndexOf(Because, StringComparison.Ordinal));
        if (begins < 0 || why < begins || !Texts.IsLine(text[(why + Because.Length)..])) return null;
        var (verb, when, reason) = (text[..begins], text[(begins + From.Length)..why].Split(" for "), text[(why + Because.Length)..]);
        if (PlanTexts.Date(when[0]) is not { } from) return null;
        RegimenChange? change = (verb, when.Length) switch
        {
            ("hold", 2) => PlanTexts.Number(when[1], " days", " day") is { } days ? new RegimenChange.Hold(from, days, who, at, reason) : null,
            ("step-back", 1) => new RegimenChange.StepBack(from, who, at, reason),
            ("stay", 1) => new RegimenChange.Stay(from, who, at, reason),
            ("resume", 1) => new RegimenChange.GoOn(from, who, at, reason),
            ("finish", 1) => new RegimenChange.Finish(from, who, at, reason),
            (_, 1) when verb.StartsWith("ceiling ", StringComparison.Ordinal) => PlanTexts.Mass(verb["ceiling ".Length..]) is { } most ? new RegimenChange.Ceiling(from, most, who, at, reason) : null,
            (_, 1) when verb.StartsWith("move to ", StringComparison.Ordinal) => Time(verb["move to ".Length..]) is { } time ? new RegimenChange.MoveTo(from, time, who, at, reason) : null,
            _ => null,
        };
        return change is not null && Of(change) == text ? change : null;
    }

    internal static bool Reads(string text) => Read(text, "", Instant.MinValue) is not null;

    internal static LocalTime? Time(string text) => Clock.Parse(text) is { Success: true, Value: var time } ? time : null;
}
