using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Web.Day;
using Lowdose.Web.Layout;
using Lowdose.Web.Reports.Pdf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Lowdose.Web.Courses;

/// <summary>The addresses of the course: read.</summary>
internal static class CoursePages
{
    public static void Map(IEndpointRouteBuilder site, Archive archive, IClock clock)
    {
        var judged = new Judged();
        PostedChanges.Map(site, archive, clock);
        site.MapGet("/course", () => With(archive, clock, sheet => Reply.Page<CoursePage>(new() { [nameof(CoursePage.Sheet)] = sheet, [nameof(CoursePage.Verdict)] = Main(judged, sheet) })));
        site.MapGet("/decide", () => With(archive, clock, sheet => Reply.Page<DecidePage>(new() { [nameof(DecidePage.Sheet)] = sheet, [nameof(DecidePage.Verdict)] = Main(judged, sheet) })));
        site.MapGet("/course/weeks", () => With(archive, clock, sheet => Weeks(judged, sheet)));
        site.MapGet("/course/report", () => With(archive, clock, sheet => Reply.Page<ReportPage>(new() { [nameof(ReportPage.Report)] = new CourseReport(sheet, Main(judged, sheet)), [nameof(ReportPage.Verdict)] = Main(judged, sheet) })));
        site.MapGet("/course/report.pdf", (string? paper) => With(archive, clock, sheet =>
            Results.File(new CourseReport(sheet, Main(judged, sheet)).ForPaper().OnOnePage(paper == "letter" ? Paper.Letter : Paper.A4, sheet.Today), "application/pdf", "course-report.pdf")));
    }

    /// <summary>The sheet of today.</summary>
    internal static CourseSheet Today(Archive archive, IClock clock) => archive.Read(log => CourseSheet.Of(log, Reply.Today(clock), clock.GetCurrentInstant()));

    // Without a course there is nothing to show, and without a question nothing to answer.
    private static IResult With(Archive archive, IClock clock, Func<CourseSheet, IResult> shown)
    {
        if (!archive.Read(CourseSheet.HasAny)) return Reply.Page<NoCoursePage>(new());
        var sheet = Today(archive, clock);
        return sheet.Day.Primary is null ? Reply.Page<PrimaryPage>(new() { [nameof(PrimaryPage.Head)] = sheet.CourseHead, [nameof(PrimaryPage.Action)] = "/course/primary" }) : shown(sheet);
    }

    private static CourseVerdict? Main(Judged judged, CourseSheet sheet) => judged.Of(sheet.Record, sheet.Regimen, sheet.Day.Primary!);

    private static RazorComponentResult<WeeksPage> Weeks(Judged judged, CourseSheet sheet) => Reply.Page<WeeksPage>(new()
    {
        [nameof(WeeksPage.Primary)] = sheet.Day.Primary!,
        [nameof(WeeksPage.Weeks)] = judged.Weekly(sheet.Record, sheet.Regimen, sheet.Day.Primary!, sheet.Today).ToArray(),
        [nameof(WeeksPage.Others)] = DayFields.Scores.Where(s => s != sheet.Day.Primary && sheet.Record.Days.Values.Any(d => d.Scores.ContainsKey(s)))
            .Select(s => (s, judged.Of(sheet.Record, sheet.Regimen, s))).Where(o => o.Item2 is not null).Select(o => (o.s, o.Item2!)).ToArray(),
    });
}
