using System.Globalization;
using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Quantities;
using Lowdose.Safety;
using Lowdose.Web.Prepare;
using Lowdose.Web.Screens;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Plans;

/// <summary>What a person asks of a plan: the fields as typed, the profile the pages carry along, and the plan or what is wrong. It is kept nowhere but in the page.</summary>
/// <param name="Carried">The fields as typed.</param>
/// <param name="Profile">The answers to the screen; null where there are none.</param>
/// <param name="Screening">What they come to; null where there are none.</param>
/// <param name="Wrong">What cannot be used, each beside its field.</param>
/// <param name="Plan">The plan, or why the screen lets none be made; null where something is wrong or nothing was asked yet.</param>
public sealed record PostedPlan(CarriedPlan Carried, Profile? Profile, Screening? Screening, IReadOnlyList<WrongField> Wrong, ScreenedPlan? Plan)
{
    /// <summary>The choice of one's own steps, beside the ids of protocols.</summary>
    public const string Own = "own";

    private const int LongestStep = 365;
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>One field as typed; empty where it was not.</summary>
    public string this[string field] => Carried[field];

    /// <summary>The dated doses; null where there is no plan.</summary>
    public Schedule? Schedule => Plan?.Schedule;

    /// <summary>The protocol that was chosen; null for own steps and where nothing was chosen.</summary>
    public Protocol? Protocol => Plan?.Regimen.Titration.Protocol;

    /// <summary>Reads what a form holds.</summary>
    /// <param name="form">As posted; the profile in its field of that name.</param>
    /// <param name="today">The day of the screen.</param>
    public static PostedPlan From(IFormCollection form, LocalDate today)
    {
        var answers = Answers.Carried(form, today);
        var screening = answers?.Profile is { } profile ? Loaded.Screen.Of(profile) : null;
        List<WrongField> wrong = [.. answers?.Wrong.Select(w => new WrongField("profile", w)) ?? []];
        var carried = CarriedPlan.From(form);
        if (!carried.Asked) return new(carried, answers?.Profile, screening, wrong, null);
        var regimen = Regimen(carried, wrong);
        var plan = regimen is null || wrong.Count > 0 ? null : ScreenedPlan.Of(regimen, screening, today, Loaded.Knowledge);
        if (plan?.Refused is { Knob: { } knob } refused)
        {
            wrong.Add(Said(knob, refused));
            plan = null;
        }
        return new(carried, answers?.Profile, screening, wrong, plan);
    }

    private static Regimen? Regimen(CarriedPlan typed, List<WrongField> wrong)
    {
        var protocol = Loaded.Knowledge.Protocols.GetValueOrDefault(typed["protocol"]);
        var own = typed["protocol"] == Own;
        if (protocol is null && !own) wrong.Add(new("protocol", "Nothing is chosen here. Choose how the dose should rise."));
        Mass? Dose(string field) => typed[field].Length == 0 ? null : TypedAmount.Dose(typed[field], field, wrong, null);
        // A first dose beside a protocol is refused, not left out: the prescriber's number may be the lower one.
        var (from, by, ceiling, every) = (Dose("from"), Dose("by"), Dose("ceiling"), Days(typed["every"], wrong));
        var start = Day(typed["start"], wrong);
        var time = Time(typed["time"], protocol, wrong);
        var product = Product(typed, wrong);
        if (wrong.Count > 0) return null;
        if (new ChosenRise(protocol, from, by, every, ceiling).Titration(out var titration) is { } refused)
        {
            wrong.Add(Said(refused.Knob ?? PlanKnob.Protocol, refused));
            return null;
        }
        return new(titration!, start, time, product!, Clearance: null);
    }

    private static Product? Product(CarriedPlan typed, List<WrongField> wrong)
    {
        switch (typed["product"])
        {
            case "capsule": return new Product.Capsules();
            case "liquid":
                var (tablet, volume) = (TypedAmount.Tablet(typed["tablet"], wrong), TypedAmount.Volume(typed["volume"], wrong));
                return tablet is { } mass && volume is { } finished ? new Product.Liquid(new Dilution(mass, finished).Strength) : null;
            default:
                wrong.Add(new("product", "Nothing is chosen here. Choose a liquid or capsules."));
                return null;
        }
    }

    private static LocalDate Day(string text, List<WrongField> wrong)
    {
        var read = LocalDatePattern.Iso.Parse(text);
        if (read.Success && read.Value.Year is >= 1984 and <= 2200) return read.Value;
        wrong.Add(new("start", text.Length == 0 ? "No day is written here. Give the day of the first dose." : "This is not a day. Write it as year-month-day, like 2026-12-01."));
        return default;
    }

    private static LocalTime Time(string text, Protocol? protocol, List<WrongField> wrong)
    {
        if (text.Length == 0) return protocol?.Time() ?? new(22, 0);
        var read = Clock.Parse(text);
        if (!read.Success) wrong.Add(new("time", "This is not a time of day. Write hours and minutes, like 22:00."));
        return read.Success ? read.Value : default;
    }

    private static int? Days(string text, List<WrongField> wrong)
    {
        if (text.Length == 0) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= LongestStep) return days;
        wrong.Add(new("every", $"This is not a number of days. Write a whole number from 1 to {LongestStep}, like 14."));
        return null;
    }

    private static WrongField Said(PlanKnob knob, Refused refused) => new(knob.ToString().ToLowerInvariant(), DoseWords.Kept($"{Lowdose.Diary.Words.Capital(refused.What)}. {Lowdose.Diary.Words.Capital(refused.Do)}."));
}
