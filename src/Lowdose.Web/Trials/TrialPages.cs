using Lowdose.Dosing;
using Lowdose.Exchange;
using Lowdose.Records.Clinic;
using Lowdose.Records.Trials;
using Lowdose.Trials;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Lowdose.Web.Powers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Trials;

/// <summary>The addresses of those who plan and run a trial; on a person's own computer there are none. Source: docs/methods/trials.md.</summary>
internal static class TrialPages
{
    /// <summary>What stands before the addresses.</summary>
    public const string Room = "/trials";

    public static void Map(IEndpointRouteBuilder site, TrialRoom room)
    {
        site.MapGet(Room, (HttpContext context) => Reply.Page<TrialsPage>(new() { [nameof(TrialsPage.All)] = room.Kept.In(context.Features.Get<Who>()!.Organisation) })).ForRole(Role.Prescriber);
        site.MapGet(Room + "/new", (string? design) => Asked(TrialForm.For(design), null, null)).ForRole(Role.Prescriber);
        site.MapPost(Room + "/power", async (HttpRequest request) => await Power(TrialForm.Of(await Reply.Form(request).ConfigureAwait(false)), Asked, request.HttpContext.RequestAborted).ConfigureAwait(false)).ForRole(Role.Prescriber);
        site.MapPost(Room + "/new", async (HttpRequest request) => Begin(room, request.HttpContext.Features.Get<Who>()!, TrialForm.Of(await Reply.Form(request).ConfigureAwait(false)))).ForRole(Role.Prescriber);
        site.MapGet(Room + "/{trial}", (HttpContext context, string trial) => room.About(context, trial, (kept, who) => Shown(room, kept, who, null))).ForRole(Role.Prescriber);
        Act("enrol", (kept, who, form) => room.Accounts.OfRecord(form["record"].ToString()) is { } person && LetIn(room, who, person.Record!)
            ? room.Kept.Enrol(kept, new(who.Account, room.Now, new($"P{kept.Trial.Subjects.Count + 1}", [.. kept.Trial.Design.TrialOrUsual.Factors.Select((_, n) => form[$"level-{n}"].ToString())])), person.Record!) : new("nobody is chosen who let you in", "choose somebody from the list"));
        Act("answered", (kept, who, form) => form["helped"].ToString() is not ("yes" or "no") ? new("nothing was chosen", "say whether it helped")
            : room.Kept.Add(kept, new TrialRecord.Answered(who.Account, room.Now, form["place"].ToString(), form["helped"] == "yes"), out _));
        Act("seal", (kept, who, _) => TrialWords.AllConsented(kept.Trial) ? room.Kept.Seal(kept, who.Account, room.Now) : new("somebody has not consented", "wait for them, or make a trial without them"));
        Act("stop", (kept, who, form) => room.Kept.Add(kept, new TrialRecord.PeriodStopped(who.Account, room.Now, form["place"].ToString(), Period(room, kept, form["place"].ToString()), Day(form["day"], room.Today), form["finding"].ToString()), out _));
        Act("close", (kept, who, form) => room.Kept.Add(kept, new TrialRecord.Closed(who.Account, room.Now, TrialWords.IsOver(kept.Trial, room.Today) ? null : form["why"].ToString()), out _));
        site.MapPost(Room + "/{trial}/reveal", (HttpContext context, string trial) => room.About(context, trial, (kept, who) =>
            room.Kept.Reveal(kept, new(who.Account, room.Now), out _, out _) is { } refused ? Shown(room, kept, who, refused) : Results.Redirect($"~{Room}/{kept.Id}/answer"))).ForRole(Role.Prescriber);
        site.MapGet(Room + "/{trial}/emergency", (HttpContext context, string trial) => room.About(context, trial, (kept, who) => Emergency(room, kept, who, null, null))).ForRole(Role.Prescriber);
        site.MapPost(Room + "/{trial}/emergency", async (HttpContext context, string trial) =>
        {
            var form = await Reply.Form(context.Request).ConfigureAwait(false);
            return room.About(context, trial, (kept, who) =>
            {
                // The second person is somebody of the clinic who can be asked later.
                var second = room.Accounts.In(who.Organisation).FirstOrDefault(a => a.Id == form["second"].ToString() && a.IsStaff && a.ClosedAt is null)?.Id ?? "";
                var refused = room.Kept.Unblind(kept, new(who.Account, room.Now, form["place"].ToString(), second, form["why"].ToString().Trim()), out var arms);
                return Emergency(room, kept, who, refused, arms);
            });
        }).ForRole(Role.Prescriber);
        site.MapGet(Room + "/{trial}/file", (HttpContext context, string trial) => room.About(context, trial, (kept, _) => FileOf(kept))).ForRole(Role.Prescriber);
        AnswerPages.Map(site, room, Room, Role.Prescriber);

        void Act(string name, Func<KeptTrial, Who, IFormCollection, Refused?> act) => site.MapPost($"{Room}/{{trial}}/{name}", async (HttpContext context, string trial) =>
        {
            var form = await Reply.Form(context.Request).ConfigureAwait(false);
            return room.About(context, trial, (kept, who) => act(kept, who, form) is { } refused ? Shown(room, kept, who, refused) : Results.Redirect($"~{Room}/{kept.Id}"));
        }).ForRole(Role.Prescriber);
    }

    /// <summary>The trial as a file, without arms.</summary>
    public static IResult FileOf(KeptTrial kept)
    {
        using var file = new MemoryStream();
        TrialFile.Write(kept.Trial, file);
        return Results.File(file.ToArray(), "application/json", "lowdose-trial.json");
    }

    private static bool LetIn(TrialRoom room, Who who, string record) => room.Grants.Allowed(record, who.Account, who.Organisation, room.Now).Contains(May.Prescribe);

    private static int Period(TrialRoom room, KeptTrial kept, string place) => kept.Trial.PeriodsOf(place).LastOrDefault(p => p.First <= room.Today)?.Number ?? 0;

    private static LocalDate Day(string? typed, LocalDate today) => LocalDatePattern.Iso.Parse(typed ?? "") is { Success: true, Value: var day } ? day : today;

    private static RazorComponentResult<NewTrialPage> Asked(TrialForm form, Refused? refused, string? power) => Reply.Page<NewTrialPage>(new()
    {
        [nameof(NewTrialPage.Form)] = form, [nameof(NewTrialPage.Refused)] = refused, [nameof(NewTrialPage.Power)] = power,
    }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    /// <summary>What a trial as it is asked for can show.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="asked">The page of the form, with why it cannot be, or with the answer.</param>
    /// <param name="stop">Nobody waits any more.</param>
    public static async Task<IResult> Power(TrialForm form, Func<TrialForm, Refused?, string?, IResult> asked, CancellationToken stop)
    {
        if (form.Design(out var design) is { } refused) return asked(form, refused, null);
        if (design!.NotSimulated is { } not) return asked(form, null, Lowdose.Diary.Words.Sentence(not));
        // The same design has the same key, so that it is simulated once.
        var study = PageStudy.Of(design, "trial " + TrialDesign.Hash(design) + " " + design.People);
        if (study.TooMuch) return asked(form, null, "This would take a page too long. The command lowdose power has the time. Or ask for fewer people.");
        var answer = await study.Answer(stop).ConfigureAwait(false);
        return asked(form, null, $"{PowerSheet.Sentence(answer)} That is if the drug helps by {Plots.Figures.Plain(Math.Abs(design.Truth.Effect))} points of 10. Nobody knows whether it does.");
    }

    private static IResult Begin(TrialRoom room, Who who, TrialForm form)
    {
        if (form.Trial(who.Account, room.Now, out var trial) is { } refused) return Asked(form, refused, null);
        return room.Kept.Begin(trial!, who.Organisation, who.Account, room.Now, out var kept) is { } taken ? Asked(form, taken, null) : Results.Redirect($"~{Room}/{kept!.Id}");
    }

    private static RazorComponentResult<TrialPage> Shown(TrialRoom room, KeptTrial kept, Who who, Refused? refused)
    {
        // What they took and what stops them is read in their diaries.
        if (kept.Trial.Stage == TrialStage.Running) room.NoteLook(kept, who);
        return Reply.Page<TrialPage>(new()
        {
            [nameof(TrialPage.Taken)] = (Func<string, Adherence?>)(place => room.Diaries.Adherence(kept, place, room.Today)), [nameof(TrialPage.Stops)] = (Func<string, IReadOnlyList<Lowdose.Safety.Finding>>)(place => room.Diaries.Stops(kept, place, room.Today)),
            [nameof(TrialPage.Kept)] = kept, [nameof(TrialPage.Today)] = room.Today, [nameof(TrialPage.Refused)] = refused, [nameof(TrialPage.Named)] = (Func<string, string>)(place => room.Named(kept, place, who)),
            [nameof(TrialPage.CanEnrol)] = Care.LetIn.Of(who, room.Accounts, room.Grants, room.Now, May.Prescribe).Where(l => !kept.Places.Values.Contains(l.Record)).ToArray(),
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static RazorComponentResult<EmergencyPage> Emergency(TrialRoom room, KeptTrial kept, Who who, Refused? refused, IReadOnlyList<OpenedPeriod>? arms) => Reply.Page<EmergencyPage>(new()
    {
        [nameof(EmergencyPage.Kept)] = kept, [nameof(EmergencyPage.Refused)] = refused, [nameof(EmergencyPage.Arms)] = arms, [nameof(EmergencyPage.Today)] = room.Today,
        [nameof(EmergencyPage.Named)] = (Func<string, string>)(place => room.Named(kept, place, who)),
        [nameof(EmergencyPage.Others)] = room.Accounts.In(who.Organisation).Where(a => a.IsStaff && a.ClosedAt is null && a.Id != who.Account).ToArray(),
    }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
