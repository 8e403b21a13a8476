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
    /// <summary>The address.</summary>
    public const string Room = "/my-trial";

    public static void Map(IEndpointRouteBuilder site, MyTrialKeeping room)
    {
        site.MapGet(Room, (RecordInHand record) => Shown(room, record, null)).Needs(May.Own, RecordPart.Course);
        Act("consent", (kept, place, record, form) => form["agreed"] == "yes"
            ? room.Add(record, kept, new TrialRecord.Consented(record.Actor, room.Now, place, ConsentText.Hash(kept.Trial, room.Alone))) : new("the box is not ticked", "tick it if you want to take part"));
        Act("start", (kept, place, record, form) => !MyTrial.Of(kept, place, room.Today).HasKits ? new("the kits are not made yet", "wait until you have them")
            : room.Diaries.Stops(kept, place, room.Today).Count > 0 ? new("your answers or your diary tell of something that stops the kit", "ask your prescriber before you begin")
            : Day(form["day"]) is not { } day || day < room.Today.PlusDays(-1) || day > room.Today.PlusDays(14) ? new("that day cannot be the first", "give today or a day in the next two weeks")
            : room.Add(record, kept, new TrialRecord.Started(record.Actor, room.Now, place, day)));
        Act("taken", (kept, place, record, form) => room.Diaries.Stops(kept, place, room.Today).Count > 0 ? new("your diary tells of something that stops the kit", "read what to do, and take none") : Taken(room, MyTrial.Of(kept, place, room.Today), record, form["taken"].ToString()));
        Act("guess", (kept, place, record, form) => MyTrial.Of(kept, place, room.Today).ToGuess is not { } period ? new("no period has ended that is not answered", "come back at the end of the next")
            : room.Add(record, kept, new TrialRecord.Guessed(record.Actor, room.Now, place, period.Number, form["guess"].ToString() switch { "drug" => ArmGuess.Drug, "placebo" => ArmGuess.Placebo, "unknown" => ArmGuess.DoNotKnow, _ => default })));
        Act("stop", (kept, place, record, form) => MyTrial.Of(kept, place, room.Today).Now is not { } period ? new("no period runs", "there is nothing to stop")
            : room.Add(record, kept, new TrialRecord.PeriodStopped(record.Actor, room.Now, place, period.Number, LastTaken(record, room.Today), form["why"].ToString().Trim())));
        Act("leave", (kept, place, record, form) => room.Add(record, kept, new TrialRecord.Withdrawn(record.Actor, room.Now, place, room.Today, form["why"].ToString().Trim())));

        void Act(string name, Func<KeptTrial, string, RecordInHand, IFormCollection, Refused?> act) => site.MapPost($"{Room}/{name}", async (HttpRequest request, RecordInHand record) =>
        {
            var form = await Reply.Form(request).ConfigureAwait(false);
            if (room.Of(record) is not { } kept) return TrialRoom.NoSuchTrial();
            return act(kept, kept.PlaceOf(record.Person)!, record, form) is { } refused ? Shown(room, record, refused) : Results.Redirect("~" + Room);
        }).Needs(May.Own, RecordPart.Course);
    }

    // A kit that was not taken today was taken last yesterday.
    private static LocalDate LastTaken(RecordInHand record, LocalDate today) => record.Read(log => DayEntry.Of(log, today).Doses.GetValueOrDefault(1)) is DoseEntry.Taken ? today : today.PlusDays(-1);

    private static LocalDate? Day(string? typed) => LocalDatePattern.Iso.Parse(typed ?? "") is { Success: true, Value: var day } ? day : null;

    /// <summary>In a clinic: the answer and the opened file, once it was revealed.</summary>
    public static void MapAnswer(IEndpointRouteBuilder site, TrialRoom room)
    {
        foreach (var (page, answer) in ((string, Func<KeptTrial, Who, string, IResult>)[])[("answer", (kept, who, place) => AnswerPages.Answer(room, kept, who, place, Room)), ("opened", (kept, who, _) => AnswerPages.Opened(room, kept, who))])
            site.MapGet($"{Room}/{page}", (HttpContext context, RecordInHand record) => room.Kept.Of(record.Person) is { } kept ? answer(kept, context.Features.Get<Who>()!, kept.PlaceOf(record.Person)!) : TrialRoom.NoSuchTrial()).Needs(May.Own, RecordPart.Course);
    }

    /// <summary>Writes the kit of the day into the diary, as any dose.</summary>
    private static Refused? Taken(MyTrialKeeping room, MyTrial mine, RecordInHand record, string said)
    {
        if (mine.Number is not { } kit) return new("there is no kit for today", "take none");
        DoseEntry? dose = said switch { "yes" => new DoseEntry.Taken(new DoseContent.Kit(kit)), "no" => new DoseEntry.Skipped(), _ => null };
        if (dose is null) return new("nothing was chosen", "say whether you took it");
        var subject = Subjects.Day(room.Today);
        return record.Append(record.Write(room.Clock, Guid.CreateVersion7(), subject, record.Read(log => log.Head(subject)), [new(DayFields.Dose, dose.ToString())])) is Appended.Refused refused ? new(refused.What, refused.Do) : null;
    }

    /// <summary>The page.</summary>
    public static IResult Shown(MyTrialKeeping room, RecordInHand record, Refused? refused)
    {
        if (room.Of(record) is not { } kept) return room.Alone ? Reply.Page<NoTrialPage>(new()) : Reply.Message(StatusCodes.Status200OK, "You are in no trial", "If your prescriber asks you to be in one, it shows here.");
        var mine = MyTrial.Of(kept, kept.PlaceOf(record.Person)!, room.Today);
        var said = record.Read(log => DayEntry.Of(log, room.Today).Doses.GetValueOrDefault(1));
        return Reply.Page<MyTrialPage>(new() { [nameof(MyTrialPage.Mine)] = mine, [nameof(MyTrialPage.Said)] = said, [nameof(MyTrialPage.Refused)] = refused, [nameof(MyTrialPage.Alone)] = room.Alone, [nameof(MyTrialPage.Unopened)] = room.Alone && kept.Trial.Stage == TrialStage.Revealed && OwnTrials.Opening(record, kept) is null, [nameof(MyTrialPage.Stops)] = room.Diaries.Stops(kept, mine.Place, room.Today), [nameof(MyTrialPage.Taken)] = room.Diaries.Adherence(kept, mine.Place, room.Today) },
            refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
