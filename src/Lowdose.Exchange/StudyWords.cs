using System.Globalization;
using Lowdose.Evidence;

namespace Lowdose.Exchange;

/// <summary>One study in words, the same in a terminal and on a page; every number with how it is known.</summary>
public static class StudyWords
{
    /// <summary>A number or range as it was published, with its mark.</summary>
    /// <param name="figure">The number.</param>
    public static string Said(Figure figure) => Bare(figure) + EvidenceWords.Known(figure.Mark);

    /// <summary>How it was made, a line each.</summary>
    /// <param name="study">The study.</param>
    public static IEnumerable<string> How(Study study)
    {
        yield return $"{EvidenceWords.Word(study.Design)}, {EvidenceWords.Word(study.Blinding)}{(study.Status == StudyStatus.Reported ? "" : ", " + EvidenceWords.Word(study.Status))}";
        if (study.Population is { } people) yield return people;
        if (study.Enrolled is { } enrolled) yield return $"{(study.Status == StudyStatus.Reported ? "Taken in" : "Planned")}: {Said(enrolled)}{(study.Analysed is { } analysed ? $"; analysed: {Said(analysed)}" : "")}";
        if (study.Trials is { } trials) yield return $"Studies in it: {Said(trials)}";
        if (study.DoseMg is { } dose) yield return $"Dose, mg a day: {Said(dose)}";
        if (study.Dosing is { } dosing) yield return dosing;
        if (study.Weeks is { } weeks) yield return $"Weeks: {Said(weeks)}";
        if (study.Comparator is { } comparator) yield return $"Compared with {comparator}";
        if (study.Registration is { } registered) yield return $"Registered as {registered}";
        yield return $"Paid by: {study.Funding ?? "not known to us"}";
        if (study.ReportOf is { } first) yield return $"A further report of {first}; its people count once";
    }

    /// <summary>What an outcome is: its name, scale and week.</summary>
    /// <param name="outcome">The outcome.</param>
    public static string Heading(Outcome outcome) =>
        string.Concat(outcome.Name, outcome.Scale is { } scale ? $" ({scale})" : "", outcome.Weeks is { } weeks ? $", week {Bare(weeks)}" : "", outcome.IsPrimary ? ", main outcome" : "");

    /// <summary>What it came to in each group and between them, a line each.</summary>
    /// <param name="outcome">The outcome.</param>
    public static IEnumerable<string> Lines(Outcome outcome)
    {
        foreach (var arm in outcome.Arms) yield return $"{arm.Arm}: {Joined(Parts(outcome, arm))}";
        if (outcome.Effect is { } effect) yield return $"{EvidenceWords.Word(effect.Kind)}: {Joined(Parts(effect))}";
        if (outcome.Note is { } note) yield return note;
    }

    private static IEnumerable<(string Text, Figure? Of)> Parts(Outcome outcome, ArmResult arm)
    {
        if (arm.Events is { } events) yield return (Bare(events) + (arm.People is { } of ? $" of {Bare(of)}" : ""), events);
        else if (arm.People is { } people) yield return ($"n {Bare(people)}", people);
        if (arm.Percent is { } percent) yield return ($"{Bare(percent)} %{(arm.Value is null ? Interval(arm.Low, arm.High) : "")}", percent);
        if (arm.Baseline is { } baseline) yield return ($"before {Bare(baseline)}{(arm.BaselineSd is { } sd ? $", SD {Bare(sd)}" : "")}", baseline);
        if (arm.Value is { } value)
            yield return ((outcome.As == OutcomeValue.Score ? "" : "change ") + Bare(value) + (outcome.As == OutcomeValue.PercentChange ? " %" : "") + Interval(arm.Low, arm.High), value);
        if (arm.Sd is { } spread) yield return ($"SD {Bare(spread)}", spread);
        if (arm.Se is { } error) yield return ($"SE {Bare(error)}", error);
    }

    private static IEnumerable<(string Text, Figure? Of)> Parts(EffectResult effect)
    {
        if (effect.Estimate is { } estimate) yield return (Bare(estimate) + Interval(effect.Low, effect.High), estimate);
        if (effect.Se is { } error) yield return ($"SE {Bare(error)}", error);
        if (effect.P is { } p) yield return ("p " + (char.IsDigit(p[0]) ? "= " + p : p), null);
        if (effect.I2 is { } spread) yield return ($"I² {Bare(spread)} %", spread);
    }

    /// <summary>One mark at the end where all numbers share it, else each its own.</summary>
    private static string Joined(IEnumerable<(string Text, Figure? Of)> parts)
    {
        var all = parts.ToArray();
        var marks = all.Select(p => p.Of?.Mark.Verification).OfType<Verification>().Distinct().ToArray();
        return marks.Length == 1
            ? string.Join(", ", all.Select(p => p.Text)) + EvidenceWords.Known(marks[0])
            : string.Join(", ", all.Select(p => p.Text + (p.Of is { } of ? EvidenceWords.Known(of.Mark) : "")));
    }

    private static string Interval(Figure? low, Figure? high) => low is null || high is null ? "" : $" ({Plain(low.Low)} to {Plain(high.Low)})";

    private static string Bare(Figure figure) => (figure.Low == figure.High ? Plain(figure.Low) : $"{Plain(figure.Low)} to {Plain(figure.High)}") + (figure.Note is { } note ? $" ({note})" : "");

    private static string Plain(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
