using System.Globalization;

namespace Lowdose.Diary;

/// <summary>The names of the plan's fields. What they come to is a <see cref="Dosing.Regimen"/>.</summary>
public static class PlanFields
{
    /// <summary>A protocol's id ("prudent", "P10"), or "own" with <see cref="Steps"/>.</summary>
    public const string Protocol = "protocol";
    /// <summary>The first day.</summary>
    public const string Start = "start";
    /// <summary>The time of day ("22:00").</summary>
    public const string Time = "time";
    /// <summary>"capsules", or what is dissolved in how much ("50 mg in 50 mL").</summary>
    public const string Product = "product";
    /// <summary>Days each step is held at least, where the person's plan says more than the protocol.</summary>
    public const string EveryDays = "every-days";
    /// <summary>The highest daily dose ("4.5 mg").</summary>
    public const string Ceiling = "ceiling";
    /// <summary>An own titration ("0.5 mg for 14 days, 1.5 mg in 2 doses for 14 days, 3 mg for 14 days").</summary>
    public const string Steps = "steps";

    /// <summary>"yes", or with a reason "yes: seen on 2026-12-01", by a prescriber: the plan as the write had seen it (<see cref="DiaryWrite.Base"/>) is approved.</summary>
    public const string Approved = "approved";

    internal const string Yes = "yes", Because = ": ";

    internal const string ChangeKind = "change/", SupplyKind = "supply/";

    /// <summary>The field of one change to the plan, by a short name of its own ("change/hold-2026-12-20").</summary>
    public static string Change(string id) => ChangeKind + id;

    /// <summary>The field of one bottle mixed or box fetched, by a short name of its own ("supply/bottle-2026-12-01").</summary>
    public static string Supply(string id) => SupplyKind + id;

    internal static FieldRule? RuleOf(string field) =>
        DayFields.After(field, ChangeKind) is { } change ? Texts.IsId(change) ? new(v => ChangeText.Reads(v), "as 'hold from 2026-12-20 for 14 days: why', 'step-back from …', 'stay from …', 'move to 08:00 from …', 'ceiling 3 mg from …', 'resume from …', 'finish from …'") : null
        : DayFields.After(field, SupplyKind) is { } supply ? Texts.IsId(supply) ? new(v => Diary.Supply.Read(v) is not null, "as '50 mL bottle from 2026-12-01, plain water, refrigerator' or '30 capsules of 1.5 mg from 2026-12-01'") : null
        : field switch
        {
            Protocol => new(v => v.Length is > 0 and <= 60 && v.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'), "a protocol's id"),
            Start => new(v => Subjects.Date("day/" + v) is not null, "a date, as 2026-12-01"),
            Time => new(v => ChangeText.Time(v) is not null, "a time, as 22:00"),
            Product => new(v => PlanTexts.Product(v) is not null, "capsules, or as '50 mg in 50 mL'"),
            EveryDays => new(v => int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 366 && v == DayFields.Score(days), "days from 1 to 366"),
            Ceiling => new(v => PlanTexts.Mass(v) is not null, "an amount, as 4.5 mg"),
            Approved => new(v => v == Yes || (v.StartsWith(Yes + Because, StringComparison.Ordinal) && Texts.IsLine(v[(Yes + Because).Length..])), "yes, or as 'yes: why'"),
            Steps => new(v => PlanTexts.Steps(v) is not null, "as '0.5 mg for 14 days, 1.5 mg in 2 doses for 14 days'"),
            _ => null,
        };
}
