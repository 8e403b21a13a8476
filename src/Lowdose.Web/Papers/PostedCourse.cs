using System.Globalization;
using System.Text.RegularExpressions;
using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Quantities;
using Lowdose.Safety;
using Lowdose.Web.Plans;
using Lowdose.Web.Prepare;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Lowdose.Web.Papers;

/// <summary>The doses a pharmacy is asked for: those of the plan that is carried along, or those typed as lines of dose and days.</summary>
/// <param name="Plan">What is carried along.</param>
/// <param name="Text">As typed; empty where the plan's doses count.</param>
/// <param name="Capsules">Capsules are asked for; else a liquid.</param>
/// <param name="Schedule">The doses; null where there are none yet.</param>
/// <param name="Wrong">What cannot be used.</param>
public sealed partial record PostedCourse(PostedPlan Plan, string Text, bool Capsules, Schedule? Schedule, IReadOnlyList<WrongField> Wrong)
{
    private const int MostLines = 12, MostDays = 400;

    [GeneratedRegex(@"^(?<dose>[\d.,]+\s*(mg|mcg|micrograms?)?)[\s,;:]+(for\s+)?(?<days>\d{1,3})(\s*(days?|d))?\.?$", RegexOptions.IgnoreCase)]
    private static partial Regex Line { get; }

    /// <summary>Reads what a form holds.</summary>
    /// <param name="form">As posted.</param>
    /// <param name="today">The day of the screen; typed doses begin on it.</param>
    public static PostedCourse From(IFormCollection form, LocalDate today)
    {
        var plan = PostedPlan.From(form, today);
        var text = form["course"].ToString();
        var capsules = form["make"].ToString() is { Length: > 0 } make ? make == "capsule" : plan["product"] == "capsule";
        if (text.Trim().Length == 0 && plan.Schedule is { } planned) return new(plan, text, capsules, planned, []);
        List<WrongField> wrong = [];
        return new(plan, text, capsules, form.ContainsKey("course") ? Typed(text, today, wrong) : null, wrong);
    }

    /// <summary>The same as a pharmacy reads it; there are doses.</summary>
    public ToPrepare ToPrepare => new(Schedule!, Capsules, Concentration.OneMilligramPerMillilitre)
    {
        Planned = Plan.Plan?.Regimen.Product is Product.Liquid liquid ? liquid.Strength : null,
        Allergies = Plan.Profile?.Allergies ?? [],
        Forbidden = Plan.Screening is { Status: ScreenStatus.Blocked } or { Status: ScreenStatus.Held, FirstSafeDate: null },
        NotBefore = Plan.Screening is { Status: ScreenStatus.Held } held ? held.FirstSafeDate : null,
        Provisional = Plan.Plan?.Regimen.Provisional == true,
    };

    private static Schedule? Typed(string text, LocalDate today, List<WrongField> wrong)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length is 0 or > MostLines)
        {
            wrong.Add(new("course", lines.Length == 0 ? "Nothing is written here. Write a dose and its days, like 0.5 mg, 14 days." : $"These are more than {MostLines} lines. Make a second sheet for the rest."));
            return null;
        }
        List<TitrationStep> steps = [];
        foreach (var line in lines)
        {
            if (Line.Match(line) is not { Success: true } match) wrong.Add(new("course", $"“{line}” cannot be read. Write a dose and its days, like 0.5 mg, 14 days."));
            else if (TypedAmount.Dose(match.Groups["dose"].Value, "course", wrong, null) is { } dose) steps.Add(new(dose, 1, int.Parse(match.Groups["days"].Value, CultureInfo.InvariantCulture)));
        }
        if (wrong.Count > 0) return null;
        if (steps.Sum(s => s.MinimumDays) > MostDays)
        {
            wrong.Add(new("course", $"These are more than {MostDays} days. Ask for less at a time."));
            return null;
        }
        if ((Titration.Of(PostedPlan.Own, steps, steps.Max(s => s.PerDay), [], out var titration) ?? TooHigh(titration!, today)) is { } refused)
        {
            wrong.Add(new("course", DoseWords.Kept($"{Words.Capital(refused.What)}. {Words.Capital(refused.Do)}.")));
            return null;
        }
        return Regimen(titration!, today).Schedule(steps.Sum(s => s.MinimumDays));
    }

    private static Refused? TooHigh(Titration titration, LocalDate today) => PlanGuards.Refused(Regimen(titration, today));

    private static Regimen Regimen(Titration titration, LocalDate today) => new(titration, today, new LocalTime(22, 0), new Product.Capsules(), null);
}
