using Lowdose.Dosing;
using Lowdose.Records.Clinic;
using Lowdose.Safety;
using Lowdose.Web.Access;
using Lowdose.Web.Courses;
using Lowdose.Web.Layout;
using Lowdose.Web.Screens;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Lowdose.Web.Care;

/// <summary>One plan as whoever prescribes it decides about it, read at one moment.</summary>
/// <param name="Name">How the person is shown.</param>
/// <param name="Course">The course today.</param>
/// <param name="Sheet">The same, as the course's page has it.</param>
/// <param name="Report">The same in lines.</param>
/// <param name="Needs">What needs the prescriber.</param>
/// <param name="Names">Who wrote what.</param>
public sealed record PrescribeSheet(string Name, CourseToday Course, CourseSheet Sheet, CourseReport Report, IReadOnlyList<Attention> Needs, ShownNames Names)
{
    /// <summary>Why the plan cannot be approved even with a reason; null where it can.</summary>
    public Refused? NotApprovable { get; } = PlanDecisions.Approval(Course, Loaded.Knowledge, "a reason");

    /// <summary>What asks for a reason to be approved.</summary>
    public IReadOnlyList<Caution> ToJustify { get; } = PlanDecisions.ToJustify(Course, Loaded.Knowledge);

    /// <summary>Why what was just sent was not done; null where nothing was sent.</summary>
    public Refused? Refused { get; init; }

    /// <summary>What was just sent.</summary>
    public IFormCollection Typed { get; init; } = FormCollection.Empty;

    /// <summary>Reads it.</summary>
    internal static PrescribeSheet Of(RecordInHand record, IClock clock, Accounts accounts, Func<CourseToday, IReadOnlyList<Attention>> needs, Judged judged)
    {
        var (today, names) = (Reply.Today(clock), new ShownNames(accounts, record));
        var (course, sheet) = record.Read(log => (CourseToday.Of(Loaded.Knowledge, Loaded.Screen, log, today, names.Prescribes), CourseSheet.Of(log, today, clock.GetCurrentInstant(), record.Actor)));
        var verdict = course.Record.Primary is { } primary ? judged.Of(course.Record, course.Regimen, primary.Name) : null;
        return new(names.Person, course, sheet, new(sheet, verdict), needs(course), names);
    }
}
