using Lowdose.Diary;
using Lowdose.Records;
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
    public static void Map(IEndpointRouteBuilder site, Archive archive, IClock clock)
    {
        KeepingPages.Map(site, archive, clock);
        site.MapGet("/settings", () => Reply.Page<SettingsPage>(new() { [nameof(SettingsPage.Sheet)] = archive.Read(SettingsSheet.Of), [nameof(SettingsPage.HasPassphrase)] = archive.HasPassphrase() }));
        site.MapPost("/settings/primary", async (HttpRequest request) =>
        {
            var form = await Reply.Form(request).ConfigureAwait(false);
            return Kept(archive, clock, form, Subjects.Course, CourseFields.Primary, form["primary"].ToString(), "/today");
        });
        site.MapPost("/settings/scores", async (HttpRequest request) =>
        {
            var form = await Reply.Form(request).ConfigureAwait(false);
            // None chosen is an answer too: only the main one is asked for.
            var chosen = DayFields.Scores.Where(s => form["score"].Contains(s)).ToList();
            return Kept(archive, clock, form, Subjects.Settings, DaySheet.ScoresSetting, chosen.Count > 0 ? string.Join(',', chosen) : "none", "/settings");
        });
    }

    private static IResult Kept(Archive archive, IClock clock, IFormCollection form, string subject, string field, string value, string then)
    {
        var posted = new PostedDay(form);
        var answer = archive.Append(Written.Here(clock, posted.Id, subject, posted.Base, [new(field, value)]));
        // The page was sent before, or what it had seen is gone (an older backup was restored): the choice is made anew on what is there now.
        if (answer is Appended.IdTaken or Appended.BaseUnknown) answer = archive.Append(Written.Here(clock, Guid.CreateVersion7(), subject, archive.Read(log => log.Head(subject)), [new(field, value)]));
        return answer switch
        {
            Appended.Refused refused => Reply.Message(StatusCodes.Status422UnprocessableEntity, "This could not be kept", $"{refused.What}; {refused.Do}."),
            Appended.Conflict => Reply.Message(StatusCodes.Status409Conflict, "This was changed elsewhere too", "Open the page again. It shows what holds now. Then choose once more."),
            _ => Results.Redirect(then),
        };
    }
}
