using Lowdose.Diary;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Courses;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Lowdose.Web.Day;

/// <summary>The addresses of the diary's days.</summary>
internal static class DayPages
{
    public static void Map(IEndpointRouteBuilder site, IClock clock)
    {
        site.MapGet("/today", (RecordInHand record) => Shown(record, clock, Reply.Today(clock))).Needs(May.Write, RecordPart.Day);
        site.MapGet("/day", (HttpRequest request) => Results.Redirect(Subjects.Date("day/" + request.Query["date"]) is { } date ? "~/day/" + DayWords.Iso(date) : "~/today")).Needs(May.Write, RecordPart.Day);
        site.MapGet("/day/{date}", (string date, RecordInHand record) => Subjects.Date("day/" + date) is { } day && DiaryDates.HasCome(day, Reply.Today(clock)) ? Shown(record, clock, day) : NoSuchDay()).Needs(May.Write, RecordPart.Day);
        site.MapPost("/today", async (HttpRequest request, RecordInHand record) => Posted(record, clock, Reply.Today(clock), await Reply.Form(request).ConfigureAwait(false))).Needs(May.Write, RecordPart.Day);
        site.MapPost("/day/{date}", async (string date, HttpRequest request, RecordInHand record) =>
            Subjects.Date("day/" + date) is { } day && DiaryDates.HasCome(day, Reply.Today(clock)) ? Posted(record, clock, day, await Reply.Form(request).ConfigureAwait(false)) : NoSuchDay()).Needs(May.Write, RecordPart.Day);
        // A device keeps a queue for its owner only.
        site.MapPost("/writes", (HttpRequest request, RecordInHand record) => PostedWrites.Take(request, record, Reply.Today(clock))).Needs(May.Own, RecordPart.Day);
    }

    private static RazorComponentResult<MessagePage> NoSuchDay() =>
        Reply.Message(StatusCodes.Status404NotFound, "There is no such day yet", "A day is written as year-month-day, like 2026-11-05, and is not in the future. If your device says it is that day, its clock is wrong.");

    /// <summary>The main score is the person's to name.</summary>
    internal static RazorComponentResult<MessagePage> NotNamed() =>
        Reply.Message(StatusCodes.Status200OK, "The diary has not begun", "The person it is about names the score it is judged by. Then it opens.");

    private static IResult Shown(RecordInHand record, IClock clock, LocalDate date)
    {
        var (sheet, course) = record.Read(log => (DaySheet.Of(log, date, Reply.Today(clock)), log.Head(Subjects.Course)));
        return sheet.Primary is null ? record.IsOwn ? Reply.Page<PrimaryPage>(new() { [nameof(PrimaryPage.Head)] = course }) : NotNamed() : Reply.Page<DayPage>(new() { [nameof(DayPage.Sheet)] = sheet, [nameof(DayPage.Course)] = date == sheet.Today ? CoursePages.Today(record, clock) : null });
    }

    private static IResult Posted(RecordInHand record, IClock clock, LocalDate date, IFormCollection form)
    {
        var (posted, subject) = (new PostedDay(form), Subjects.Day(date));
        var sheet = record.Read(log => DaySheet.Of(log, date, Reply.Today(clock)));
        var here = Results.Redirect("~/day/" + DayWords.Iso(date));
        var changes = posted.Changes(sheet);
        if (changes.Count == 0) return here;
        var answer = record.Append(record.Write(clock, posted.Id, subject, posted.Base, changes));
        if (answer is Appended.IdTaken { Kept: var first } && first.Subject == subject)
        {
            // The same page sent a second time: what it says otherwise than the first time is a change of that.
            changes = posted.Changes(sheet, first);
            if (changes.Count == 0) return here;
            answer = record.Append(record.Write(clock, Guid.CreateVersion7(), subject, first.Id, changes));
        }
        // What the page had seen is gone (an older backup was restored): the answers go in beside what is there now.
        if (answer is Appended.BaseUnknown) answer = record.Append(record.Write(clock, Guid.CreateVersion7(), subject, null, changes));
        return answer is Appended.Refused refused
            ? Reply.Page<DayPage>(new() { [nameof(DayPage.Sheet)] = sheet, [nameof(DayPage.Posted)] = posted, [nameof(DayPage.Wrong)] = (string[])[$"{refused.What}; {refused.Do}."] }, StatusCodes.Status422UnprocessableEntity)
            : here;
    }
}
