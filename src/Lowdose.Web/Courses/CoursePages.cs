using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Care;
using Lowdose.Web.Day;
using Lowdose.Web.Layout;
using Lowdose.Web.Reports.Pdf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Lowdose.Web.Courses;

/// <summary>The addresses of the course: read.</summary>
internal static class CoursePages
{
    public static void Map(IEndpointRouteBuilder site, IClock clock)
    {
        var (judged, accounts) = (site.ServiceProvider.GetRequiredService<Judged>(), site.ServiceProvider.GetRequiredService<Accounts>());
        PostedChanges.Map(site, clock);
        site.MapGet("/course", (RecordInHand record) => With(record, clock, sheet => Reply.Page<CoursePage>(new() { [nameof(CoursePage.Sheet)] = sheet, [nameof(CoursePage.Verdict)] = Main(judged, sheet), [nameof(CoursePage.Approved)] = Approved(record, accounts) }))).Needs(May.See, RecordPart.Course);
        site.MapGet("/decide", (RecordInHand record) => With(record, clock, sheet => Reply.Page<DecidePage>(new() { [nameof(DecidePage.Sheet)] = sheet, [nameof(DecidePage.Verdict)] = Main(judged, sheet) }))).Needs(May.Own, RecordPart.Course);
        site.MapGet("/course/weeks", (RecordInHand record) => With(record, clock, sheet => Weeks(judged, sheet))).Needs(May.See, RecordPart.Course);
        site.MapGet("/course/report", (RecordInHand record) => With(record, clock, sheet => Reply.Page<ReportPage>(new() { [nameof(ReportPage.Report)] = new CourseReport(sheet, Main(judged, sheet)), [nameof(ReportPage.Verdict)] = Main(judged, sheet) }))).Needs(May.See, RecordPart.Report);
        site.MapGet("/course/report.pdf", (string? paper, RecordInHand record) => With(record, clock, sheet =>
            Results.File(new CourseReport(sheet, Main(judged, sheet)).ForPaper().OnOnePage(paper == "letter" ? Paper.Letter : Paper.A4, sheet.Today), "application/pdf", "course-report.pdf"))).Needs(May.See, RecordPart.Report);
    }

    /// <summary>The sheet of today.</summary>
    internal static CourseSheet Today(RecordInHand record, IClock clock) => record.Read(log => CourseSheet.Of(log, Reply.Today(clock), clock.GetCurrentInstant(), record.Actor));

    // Without a course there is nothing to show, and without a question nothing to answer.
    private static IResult With(RecordInHand record, IClock clock, Func<CourseSheet, IResult> shown)
    {
        if (!record.Read(CourseSheet.HasAny)) return Reply.Page<NoCoursePage>(new());
        var sheet = Today(record, clock);
        return sheet.Day.Primary is not null ? shown(sheet) : record.IsOwn ? Reply.Page<PrimaryPage>(new() { [nameof(PrimaryPage.Head)] = sheet.CourseHead, [nameof(PrimaryPage.Action)] = "/course/primary" }) : DayPages.NotNamed();
    }

    // On a person's own computer there is nobody to approve.
    private static (PlanStanding, ShownNames)? Approved(RecordInHand record, Accounts accounts)
    {
        if (record.Person == Archive.Me) return null;
        var names = new ShownNames(accounts, record);
        return (record.Read(log => PlanStanding.Of(log, names.Prescribes)), names);
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
