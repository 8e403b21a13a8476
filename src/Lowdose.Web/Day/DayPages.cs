using Lowdose.Diary;
using Lowdose.Records;
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
    public static void Map(IEndpointRouteBuilder site, Archive archive, IClock clock)
    {
        site.MapGet("/today", () => Shown(archive, clock, Reply.Today(clock)));
        site.MapGet("/day", (HttpRequest request) => Results.Redirect(Subjects.Date("day/" + request.Query["date"]) is { } date ? "/day/" + DayWords.Iso(date) : "/today"));
        // A phone further east may be a day ahead of this computer.
        site.MapGet("/day/{date}", (string date) => Subjects.Date("day/" + date) is { } day && day <= Reply.Today(clock).PlusDays(1) ? Shown(archive, clock, day) : NoSuchDay());
        site.MapPost("/today", async (HttpRequest request) => Posted(archive, clock, Reply.Today(clock), await Reply.Form(request).ConfigureAwait(false)));
        site.MapPost("/day/{date}", async (string date, HttpRequest request) =>
            Subjects.Date("day/" + date) is { } day ? Posted(archive, clock, day, await Reply.Form(request).ConfigureAwait(false)) : NoSuchDay());
        site.MapPost("/writes", (HttpRequest request) => PostedWrites.Take(request, archive));
    }

    private static RazorComponentResult<MessagePage> NoSuchDay() =>
        Reply.Message(StatusCodes.Status404NotFound, "There is no such day yet", "A day is written as year-month-day, like 2026-11-05, and is not in the future.");

    private static IResult Shown(Archive archive, IClock clock, LocalDate date)
    {
        var (sheet, course) = archive.Read(log => (DaySheet.Of(log, date, Reply.Today(clock)), log.Head(Subjects.Course)));
        return sheet.Primary is null ? Reply.Page<PrimaryPage>(new() { [nameof(PrimaryPage.Head)] = course }) : Reply.Page<DayPage>(new() { [nameof(DayPage.Sheet)] = sheet, [nameof(DayPage.Course)] = date == sheet.Today ? CoursePages.Today(archive, clock) : null });
    }

    private static IResult Posted(Archive archive, IClock clock, LocalDate date, IFormCollection form)
    {
        var (posted, subject) = (new PostedDay(form), Subjects.Day(date));
        var sheet = archive.Read(log => DaySheet.Of(log, date, Reply.Today(clock)));
        var here = Results.Redirect("/day/" + DayWords.Iso(date));
        var changes = posted.Changes(sheet);
        if (changes.Count == 0) return here;
        var answer = archive.Append(Written.Here(clock, posted.Id, subject, posted.Base, changes));
        if (answer is Appended.IdTaken { Kept: var first } && first.Subject == subject)
        {
            // The same page sent a second time: what it says otherwise than the first time is a change of that.
            changes = posted.Changes(sheet, first);
            if (changes.Count == 0) return here;
            answer = archive.Append(Written.Here(clock, Guid.CreateVersion7(), subject, first.Id, changes));
        }
        // What the page had seen is gone (an older backup was restored): the answers go in beside what is there now.
        if (answer is Appended.BaseUnknown) answer = archive.Append(Written.Here(clock, Guid.CreateVersion7(), subject, null, changes));
        return answer is Appended.Refused refused
            ? Reply.Page<DayPage>(new() { [nameof(DayPage.Sheet)] = sheet, [nameof(DayPage.Posted)] = posted, [nameof(DayPage.Wrong)] = (string[])[$"{refused.What}; {refused.Do}."] }, StatusCodes.Status422UnprocessableEntity)
            : here;
    }
}
