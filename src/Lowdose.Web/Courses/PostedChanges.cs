using System.Globalization;
using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Records.Clinic;
using Lowdose.Safety;
using Lowdose.Web.Access;
using Lowdose.Web.Day;
using Lowdose.Web.Layout;
using Lowdose.Web.Plans;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Lowdose.Web.Courses;

/// <summary>The addresses of the course: written. Each says who, when and why, and sending a page twice writes once.</summary>
internal static class PostedChanges
{
    public static void Map(IEndpointRouteBuilder site, IClock clock)
    {
        void Post(string path, Func<RecordInHand, IClock, IFormCollection, IResult> answer) =>
            site.MapPost(path, async (HttpRequest request, RecordInHand record) => answer(record, clock, await Reply.Form(request).ConfigureAwait(false))).Needs(May.Own, RecordPart.Plan);
        Post("/course/start", Start);
        Post("/course/primary", (a, c, form) => Kept(a, c, form, Subjects.Course, [new(CourseFields.Primary, form["primary"].ToString())], "~/course"));
        Post("/course/trials", (a, c, form) => Kept(a, c, form, Subjects.Course, [new(CourseFields.Trials, form["trials"] == "yes" ? Lowdose.Evidence.EvidencePrior.Condition : null)], "~/course"));
        Post("/course/change", Change);
        Post("/course/later", Later);
        Post("/course/supply", Supplied);
        foreach (var path in (string[])["/course/start", "/course/change", "/course/later", "/course/supply", "/course/primary", "/course/trials"]) site.MapGet(path, () => Results.Redirect("~/course")).Needs(May.See, RecordPart.Plan);
    }

    private static IResult Start(RecordInHand record, IClock clock, IFormCollection form)
    {
        var posted = PostedPlan.From(form, Reply.Today(clock));
        if (posted.Plan?.Refused is not null || posted.Screening?.Status == ScreenStatus.Blocked)
            return posted.Screening is null ? Results.Redirect("/plan") : Reply.Page<NoPlanPage>(new() { [nameof(NoPlanPage.Posted)] = posted }, StatusCodes.Status422UnprocessableEntity);
        if (posted.Schedule is null) return Results.Redirect("/plan");
        var (plan, planHead, profileHead) = record.Read(log => (PlanRecord.Of(log), log.Head(Subjects.Plan), log.Head(Subjects.Profile)));
        List<DiaryWrite> writes = [record.Write(clock, new PostedDay(form).Id, Subjects.Plan, planHead, StartedCourse.Plan(posted, plan, record.Actor))];
        if (posted.Profile is { } profile) writes.Add(record.Write(clock, Guid.CreateVersion7(), Subjects.Profile, profileHead, ProfileLines.Of(profile)));
        // What the diary would refuse of one must not leave the other behind.
        return writes.Select(Fields.Refusal).FirstOrDefault(r => r is not null) is { } refused ? Cannot(refused.What, refused.Do)
            : record.Append(writes).OfType<Appended.Refused>().FirstOrDefault() is { } not ? Cannot(not.What, not.Do) : Results.Redirect("~/course");
    }

    private static IResult Change(RecordInHand record, IClock clock, IFormCollection form)
    {
        var sheet = CoursePages.Today(record, clock);
        if (sheet.Regimen is null) return Results.Redirect("~/course");
        var change = form.ContainsKey("rule") ? Asked(sheet, form)?.Change : Chosen(sheet, form, clock.GetCurrentInstant(), record.Actor);
        // It no longer applies: it was answered already.
        if (change is null) return Results.Redirect(Then(form));
        return Kept(record, clock, form, Subjects.Plan, [StartedCourse.Changed(change, sheet.Record.Plan)], Then(form), sheet.PlanHead);
    }

    private static SideEffectFinding? Asked(CourseSheet sheet, IFormCollection form) =>
        sheet.Asked.FirstOrDefault(f => f.Finding.Rule == form["rule"] && f.Episode.Id == form["effect"]) is { Change: { } change } found
            ? found with { Change = change with { Why = $"{found.Finding.Subject}: {change.Why}" } } : null;

    private static RegimenChange? Chosen(CourseSheet sheet, IFormCollection form, Instant at, string actor)
    {
        var typed = string.Join(' ', form["why"].ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var who = form["who"].ToString() is { Length: > 0 and <= 40 } said && !said.Any(char.IsControl) ? said.Trim() : "I";
        var why = $"decided by {who}{(typed.Length > 0 ? ": " + (typed.Length > 120 ? typed[..120] : typed) : "")}".Trim();
        return form["kind"].ToString() switch
        {
            "stay" => new RegimenChange.Stay(sheet.Today, actor, at, why),
            "hold" => new RegimenChange.Hold(sheet.Today, Trouble.HoldDays, actor, at, why),
            "finish" => new RegimenChange.Finish(sheet.Today, actor, at, why),
            "recheck" when sheet.Planned is { Index: > 0 } => new RegimenChange.StepBack(sheet.Today, actor, at, "is it still needed: " + why),
            _ => null,
        };
    }

    private static IResult Later(RecordInHand record, IClock clock, IFormCollection form)
    {
        var sheet = CoursePages.Today(record, clock);
        return sheet.Asked.FirstOrDefault(f => f.Finding.Rule == form["rule"] && f.Episode.Id == form["effect"]) is { Change: not null } asked
            ? Kept(record, clock, form, Subjects.Settings, [new(CourseSheet.LaterField(asked), DayWords.Iso(sheet.Today))], Then(form), record.Read(log => log.Head(Subjects.Settings)))
            : Results.Redirect(Then(form));
    }

    private static IResult Supplied(RecordInHand record, IClock clock, IFormCollection form)
    {
        var today = Reply.Today(clock);
        string Said(string field) => form[field].ToString().Trim();
        var iso = DayWords.Iso(today);
        var text = form.ContainsKey("volume") ? $"{Plain(Said("volume"))} mL bottle from {iso}, {Said("vehicle")}, {Said("store")}" : $"{Plain(Said("count"))} capsules of {Plain(Said("each"))} mg from {iso}";
        if (Supply.Read(text) is null) return Cannot("these numbers cannot be read", "go back and write plain numbers, like 50 or 1.5");
        var (plan, head) = record.Read(log => (PlanRecord.Of(log), log.Head(Subjects.Plan)));
        var name = Enumerable.Range(1, int.MaxValue).Select(n => PlanFields.Supply($"from-{iso}-{n}")).First(f => !plan.Fields.ContainsKey(f));
        return Kept(record, clock, form, Subjects.Plan, [new(name, text)], "~/course", head);
    }

    private static IResult Kept(RecordInHand record, IClock clock, IFormCollection form, string subject, IReadOnlyList<Change> changes, string then, Guid? head = null)
    {
        var posted = new PostedDay(form);
        var answer = record.Append(record.Write(clock, posted.Id, subject, head ?? posted.Base, changes));
        return answer is Appended.Refused refused ? Cannot(refused.What, refused.Do) : Results.Redirect(then);
    }

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<MessagePage> Cannot(string what, string todo) =>
        Reply.Message(StatusCodes.Status422UnprocessableEntity, "This could not be kept", $"{Words.Capital(what)}. {Words.Capital(todo)}.");

    private static string Then(IFormCollection form) => form["then"] == "/today" ? "~/today" : "~/course";

    private static string Plain(string number) => decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read) ? read.ToString("0.######", CultureInfo.InvariantCulture) : number;
}
