using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Records.Clinic;
using Lowdose.Records.Trials;
using Lowdose.Trials;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Trials;

/// <summary>The addresses of whoever takes part: consent, the kit of the day, the guess, stopping, the answer. Nothing of an arm is reached from here before the reveal.</summary>
internal static class MyTrialPages
{
    private const string Room = "/my-trial";

    public static void Map(IEndpointRouteBuilder site, TrialRoom room)
    {
        site.MapGet(Room, (RecordInHand record) => Shown(room, record, null)).Needs(May.Own, RecordPart.Course);
        Act("consent", (kept, place, record, form) => form["agreed"] == "yes"
            ? room.Kept.Add(kept, new TrialRecord.Consented(record.Actor, room.Now, place, ConsentText.Hash(kept.Trial)), out _) : new("the box is not ticked", "tick it if you want to take part"));
        Act("start", (kept, place, record, form) => kept.Trial.Kits is null ? new("the kits are not made yet", "wait until you have them")
            : Day(form["day"]) is not { } day || day < room.Today.PlusDays(-1) || day > room.Today.PlusDays(14) ? new("that day cannot be the first", "give today or a day in the next two weeks")
            : room.Kept.Add(kept, new TrialRecord.Started(record.Actor, room.Now, place, day), out _));
        Act("taken", (kept, place, record, form) => Taken(room, MyTrial.Of(kept, place, room.Today), record, form["taken"].ToString()));
        Act("guess", (kept, place, record, form) => MyTrial.Of(kept, place, room.Today).ToGuess is not { } period ? new("no period has ended that is not answered", "come back at the end of the next")
            : room.Kept.Add(kept, new TrialRecord.Guessed(record.Actor, room.Now, place, period.Number, form["guess"].ToString() switch { "drug" => ArmGuess.Drug, "placebo" => ArmGuess.Placebo, "unknown" => ArmGuess.DoNotKnow, _ => default }), out _));
        Act("stop", (kept, place, record, form) => MyTrial.Of(kept, place, room.Today).Now is not { } period ? new("no period runs", "there is nothing to stop")
            : room.Kept.Add(kept, new TrialRecord.PeriodStopped(record.Actor, room.Now, place, period.Number, room.Today, form["why"].ToString().Trim()), out _));
        Act("leave", (kept, place, record, form) => room.Kept.Add(kept, new TrialRecord.Withdrawn(record.Actor, room.Now, place, room.Today, form["why"].ToString().Trim()), out _));
        foreach (var (page, answer) in ((string, Func<KeptTrial, Who, string, IResult>)[])[("answer", (kept, who, place) => AnswerPages.Answer(room, kept, who, place, Room)), ("opened", (kept, who, _) => AnswerPages.Opened(room, kept, who))])
            site.MapGet($"{Room}/{page}", (HttpContext context, RecordInHand record) => room.Kept.Of(record.Person) is { } kept ? answer(kept, context.Features.Get<Who>()!, kept.PlaceOf(record.Person)!) : TrialRoom.NoSuchTrial()).Needs(May.Own, RecordPart.Course);

        void Act(string name, Func<KeptTrial, string, RecordInHand, IFormCollection, Refused?> act) => site.MapPost($"{Room}/{name}", async (HttpRequest request, RecordInHand record) =>
        {
            var form = await Reply.Form(request).ConfigureAwait(false);
            if (room.Kept.Of(record.Person) is not { } kept) return TrialRoom.NoSuchTrial();
            return act(kept, kept.PlaceOf(record.Person)!, record, form) is { } refused ? Shown(room, record, refused) : Results.Redirect("~" + Room);
        }).Needs(May.Own, RecordPart.Course);
    }

    private static LocalDate? Day(string? typed) => LocalDatePattern.Iso.Parse(typed ?? "") is { Success: true, Value: var day } ? day : null;

    /// <summary>Writes the kit of the day into the diary, as any dose.</summary>
    private static Refused? Taken(TrialRoom room, MyTrial mine, RecordInHand record, string said)
    {
        if (mine.Kit is not { } kit) return new("there is no kit for today", "take none");
        DoseEntry? dose = said switch { "yes" => new DoseEntry.Taken(new DoseContent.Kit(kit.Number)), "no" => new DoseEntry.Skipped(), _ => null };
        if (dose is null) return new("nothing was chosen", "say whether you took it");
        var subject = Subjects.Day(room.Today);
        return record.Append(record.Write(room.Clock, Guid.CreateVersion7(), subject, record.Read(log => log.Head(subject)), [new(DayFields.Dose, dose.ToString())])) is Appended.Refused refused ? new(refused.What, refused.Do) : null;
    }

    private static IResult Shown(TrialRoom room, RecordInHand record, Refused? refused)
    {
        if (room.Kept.Of(record.Person) is not { } kept) return Reply.Message(StatusCodes.Status200OK, "You are in no trial", "If your prescriber asks you to be in one, it shows here.");
        var mine = MyTrial.Of(kept, kept.PlaceOf(record.Person)!, room.Today);
        var said = record.Read(log => DayEntry.Of(log, room.Today).Doses.GetValueOrDefault(1));
        return Reply.Page<MyTrialPage>(new() { [nameof(MyTrialPage.Mine)] = mine, [nameof(MyTrialPage.Said)] = said, [nameof(MyTrialPage.Refused)] = refused },
            refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
