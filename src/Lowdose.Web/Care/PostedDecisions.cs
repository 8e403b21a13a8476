using System.Globalization;
using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Quantities;
using Lowdose.Records.Clinic;
using Lowdose.Safety;
using Lowdose.Web.Access;
using Lowdose.Web.Courses;
using Lowdose.Web.Day;
using Lowdose.Web.Layout;
using Lowdose.Web.Screens;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Care;

/// <summary>
/// What a prescriber decides about a plan, written into the person's own log: who, when and why. It is decided on the plan that was seen: where somebody wrote
/// into it meanwhile, nothing is done. The trail is written first, so a decision nobody can trace is never made.
/// </summary>
/// <param name="accounts">Who prescribes.</param>
/// <param name="trail">The audit trail.</param>
/// <param name="clock">Says when.</param>
internal sealed class PostedDecisions(Accounts accounts, AuditTrail trail, IClock clock)
{
    private const int LongestWhy = 200;
    // One after the other, so that a button pressed twice at once is noted once.
    private readonly Lock _turn = new();
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly Refused Moved = new("the plan was changed while you looked at it", "look again, then decide");

    /// <summary>Approves the plan as it was seen.</summary>
    /// <returns>Null, or why not.</returns>
    public Refused? Approve(RecordInHand record, Who who, IFormCollection form) => Decide(record, who, form, Act.PlanApproved, course =>
    {
        var why = Why(form, out var tooLong);
        return (tooLong ?? PlanDecisions.Approval(course, Loaded.Knowledge, why), PlanStanding.Approving(why));
    });

    /// <summary>Holds, steps back, goes on, sets a ceiling, moves the time, or ends.</summary>
    /// <returns>Null, or why not.</returns>
    public Refused? Change(RecordInHand record, Who who, IFormCollection form) => Decide(record, who, form, form["kind"] == "hold" ? Act.PlanHeld : Act.PlanChanged, course =>
    {
        var why = Why(form, out var tooLong);
        if ((tooLong ?? (why is null ? new("a change needs a reason", "write one; the patient reads it") : null)) is { } refused) return (refused, null);
        return Chosen(course, form, record.Actor, clock.GetCurrentInstant(), why!) is { } change
            ? (PlanDecisions.Change(course, change), StartedCourse.Changed(change, course.Record.Plan)) : (new("this cannot be read", "write days as 14, doses in mg as 3 or 1.5, times as 08:00"), null);
    });

    private Refused? Decide(RecordInHand record, Who who, IFormCollection form, Act act, Func<CourseToday, (Refused? Refused, Change? Change)> decided)
    {
        using var turn = _turn.EnterScope();
        var names = new ShownNames(accounts, record);
        var (id, seen) = (new PostedDay(form).Id, Guid.TryParse(form["base"], out var head) ? head : (Guid?)null);
        var (done, now, course) = record.Read(log => (log.Writes.Any(w => w.Write.Id == id), log.Head(Subjects.Plan), CourseToday.Of(Loaded.Knowledge, Loaded.Screen, log, Reply.Today(clock), names.Prescribes)));
        // The same page sent twice writes once.
        if (done) return null;
        if (seen != now) return Moved;
        var (refused, change) = decided(course);
        if (refused is not null) return refused;
        var write = record.Write(clock, id, Subjects.Plan, now, [change!]);
        if (Lowdose.Diary.Fields.Refusal(write) is { } cannot) return cannot;
        trail.Note(new Deed(act, who.Account, who.Organisation, record.Person));
        return record.Append(write) switch
        {
            Appended.Refused(var what, var todo) => new(what, todo),
            Appended.Conflict or Appended.BaseUnknown or Appended.IdTaken => Moved,
            _ => null,
        };
    }

    private static RegimenChange? Chosen(CourseToday course, IFormCollection form, string actor, Instant at, string why)
    {
        var (from, typed) = (course.From, form["to"].ToString().Trim());
        return form["kind"].ToString() switch
        {
            "hold" => int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and < 10_000 ? new RegimenChange.Hold(from, days, actor, at, why) : null,
            "resume" => new RegimenChange.GoOn(from, actor, at, why),
            "back" => new RegimenChange.StepBack(from, actor, at, why),
            "ceiling" => Written.Mass(typed.EndsWith("mg", StringComparison.Ordinal) ? typed : typed + " mg", out var most) is null ? new RegimenChange.Ceiling(from, most, actor, at, why) : null,
            "time" => Clock.Parse(typed) is { Success: true, Value: var time } ? new RegimenChange.MoveTo(from, time, actor, at, why) : null,
            "finish" => new RegimenChange.Finish(from, actor, at, why),
            _ => null,
        };
    }

    private static string? Why(IFormCollection form, out Refused? refused)
    {
        var typed = string.Join(' ', form["why"].ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        refused = typed.Length > LongestWhy ? new($"the reason has {typed.Length} characters", $"write at most {LongestWhy}") : null;
        return typed.Length == 0 ? null : typed;
    }
}
