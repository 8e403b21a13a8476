using Lowdose.Diary;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Day;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Lowdose.Web.Settings;

/// <summary>The addresses of the settings.</summary>
internal static class SettingsPages
{
    public static void Map(IEndpointRouteBuilder site, IClock clock)
    {
        KeepingPages.Map(site, clock);
        site.MapGet("/settings", (RecordInHand record) => Reply.Page<SettingsPage>(new() { [nameof(SettingsPage.Sheet)] = record.Read(SettingsSheet.Of), [nameof(SettingsPage.HasPassphrase)] = record.Archive.HasPassphrase() })).Needs(May.Own, RecordPart.Settings);
        site.MapPost("/settings/primary", async (HttpRequest request, RecordInHand record) =>
        {
            var form = await Reply.Form(request).ConfigureAwait(false);
            return Kept(record, clock, form, Subjects.Course, CourseFields.Primary, form["primary"].ToString(), "/today");
        }).Needs(May.Own, RecordPart.Settings);
        site.MapPost("/settings/scores", async (HttpRequest request, RecordInHand record) =>
        {
            var form = await Reply.Form(request).ConfigureAwait(false);
            // None chosen is an answer too: only the main one is asked for.
            var chosen = DayFields.Scores.Where(s => form["score"].Contains(s)).ToList();
            return Kept(record, clock, form, Subjects.Settings, DaySheet.ScoresSetting, chosen.Count > 0 ? string.Join(',', chosen) : "none", "/settings");
        }).Needs(May.Own, RecordPart.Settings);
    }

    private static IResult Kept(RecordInHand record, IClock clock, IFormCollection form, string subject, string field, string value, string then)
    {
        var posted = new PostedDay(form);
        var answer = record.Append(record.Write(clock, posted.Id, subject, posted.Base, [new(field, value)]));
        // The page was sent before, or what it had seen is gone (an older backup was restored): the choice is made anew on what is there now.
        if (answer is Appended.IdTaken or Appended.BaseUnknown) answer = record.Append(record.Write(clock, Guid.CreateVersion7(), subject, record.Read(log => log.Head(subject)), [new(field, value)]));
        return answer switch
        {
            Appended.Refused refused => Reply.Message(StatusCodes.Status422UnprocessableEntity, "This could not be kept", $"{refused.What}; {refused.Do}."),
            Appended.Conflict => Reply.Message(StatusCodes.Status409Conflict, "This was changed elsewhere too", "Open the page again. It shows what holds now. Then choose once more."),
            _ => Results.Redirect(then),
        };
    }
}
