using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Safety;
using Lowdose.Web.Plans;
using Lowdose.Web.Screens;
using NodaTime;
using static Lowdose.Web.Day.DayWords;

namespace Lowdose.Web.Courses;

/// <summary>A plan and the answers behind it, as what the diary keeps when somebody starts a course with them.</summary>
internal static class StartedCourse
{
    /// <summary>The plan's fields. The protocol is named where it gives these very steps; else the steps themselves are written down.</summary>
    /// <param name="posted">With a plan that was not refused.</param>
    /// <param name="before">The plan as it was kept; its changes belong to it and not to the new one.</param>
    /// <param name="actor">Who starts it.</param>
    public static IReadOnlyList<Change> Plan(PostedPlan posted, PlanRecord before, string actor)
    {
        var regimen = posted.Plan!.Regimen;
        var every = int.TryParse(posted["every"], out var days) ? (int?)days : null;
        (int? Every, bool Ceiling, bool Own) steps = Same(regimen.Titration, every, null) ? (every, false, false)
            : Same(regimen.Titration, every, regimen.Titration.Ceiling) ? (every, true, false)
            : (null, true, true);
        // No dose is planned past the last safe day before an operation.
        var operation = posted.Screening?.EndedBy(regimen.Start) is { Pause: { } pause } ends
            ? new Change(PlanFields.Change("operation-" + Iso(pause.LastDose)), ChangeText.Of(new RegimenChange.Finish(pause.LastDose.PlusDays(1), actor, Instant.MinValue, $"{ends.Subject}, last dose before it on {Iso(pause.LastDose)}")))
            : null;
        return
        [
            new(PlanFields.Protocol, steps.Own ? PostedPlan.Own : regimen.Titration.Id), new(PlanFields.Start, Iso(regimen.Start)), new(PlanFields.Time, regimen.Time.ToString("HH:mm", null)),
            new(PlanFields.Product, PlanTexts.Of(regimen.Product)), new(PlanFields.EveryDays, steps.Every?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new(PlanFields.Ceiling, steps.Ceiling ? PlanTexts.Of(regimen.Titration.Ceiling) : null), new(PlanFields.Steps, steps.Own ? PlanTexts.Of(regimen.Titration.Steps) : null),
            .. before.Fields.Keys.Where(f => f.StartsWith("change/", StringComparison.Ordinal) && f != operation?.Field).Select(f => new Change(f, null)),
            .. operation is null ? (Change[])[] : [operation],
        ];
    }

    /// <summary>A change to the plan as a field of its own.</summary>
    public static Change Changed(RegimenChange change, PlanRecord plan)
    {
        var text = ChangeText.Of(change);
        var name = $"{text[..text.IndexOf(' ', StringComparison.Ordinal)]}-{Iso(change.From)}";
        var field = Enumerable.Range(1, int.MaxValue).Select(n => PlanFields.Change(n == 1 ? name : $"{name}-{n}")).First(f => !plan.Fields.ContainsKey(f));
        return new(field, text);
    }

    private static bool Same(Titration titration, int? every, Quantities.Mass? ceiling) =>
        Loaded.Knowledge.Protocols.GetValueOrDefault(titration.Id) is { } protocol && protocol.Titration(every, ceiling, out var again) is null
        && again!.Steps.SequenceEqual(titration.Steps) && again.Ceiling == titration.Ceiling;
}
