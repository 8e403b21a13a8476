using System.Globalization;
using System.Text;
using Lowdose.Dosing;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Records.Trials;
using Lowdose.Trials;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Lowdose.Web.Trials;

/// <summary>
/// The addresses of somebody who runs a blinded trial alone, on their own computer, with a friend who makes the kits. What the friend sees is only ever the
/// answer to a post with the friend's passphrase, and the same post does not answer twice. Source: docs/methods/trials-in-a-clinic.md, section 4.
/// </summary>
internal static class OwnTrialPages
{
    private const string Room = MyTrialPages.Room;
    private const int MostForms = 100;
    private static readonly Refused Gone = new("this page was open once, and was closed", "type the passphrase again if you need it");

    public static void Map(IEndpointRouteBuilder site, Archive archive, IClock clock, Func<int, byte[]> secrets)
    {
        var own = new OwnTrials(clock, secrets);
        var diaries = new TrialDiaries(archive);
        var keeping = new MyTrialKeeping(OwnTrials.Of, (record, kept, happened) => own.Add(record, kept, happened, out var _), diaries, clock, Alone: true);
        // Of the forms of the friend, those that were not sent yet.
        var open = new Queue<Guid>();
        MyTrialPages.Map(site, keeping);
        Plans(site, own, clock);
        Get("/friend", (_, kept) => Friend(kept, open, null, null, null));
        Post("/friend", (record, kept, form) => Friends(own, record, kept, form, open));
        Post("/close", (record, kept, form) => Then(keeping, record, kept.Trial.Remaining(keeping.Today) is { Count: > 0 } && form["why"].ToString().Trim().Length == 0
            ? new("periods remain, and no reason is given", "say why it ends before its time")
            : own.Add(record, kept, new TrialRecord.Closed(record.Actor, keeping.Now, form["why"].ToString().Trim() is { Length: > 0 } why ? why : null), out _)));
        Post("/reveal", (record, kept, form) => own.Reveal(record, kept, form["passphrase"].ToString()) is { } refused ? MyTrialPages.Shown(keeping, record, refused) : Results.Redirect("~" + Room + "/answer"));
        Get("/answer", (record, kept) => Answer(record, kept, diaries, keeping.Today));
        Get("/opened", (record, kept) => OwnTrials.Opening(record, kept) is { } opening ? Results.File(Encoding.ASCII.GetBytes(opening.Text), "text/plain; charset=us-ascii", "lowdose-opened.txt") : Results.Redirect("~" + Room));
        Get("/sealed", (record, kept) => OwnTrials.SealedText(record, kept) is { } text ? Results.File(Encoding.UTF8.GetBytes(text), "application/json", "lowdose-sealed.json") : Results.Redirect("~" + Room));
        Get("/file", (_, kept) => TrialPages.FileOf(kept));

        void Get(string path, Func<RecordInHand, KeptTrial, IResult> page) =>
            site.MapGet(Room + path, (RecordInHand record) => OwnTrials.Of(record) is { } kept ? page(record, kept) : Results.Redirect("~" + Room)).Needs(May.Own, RecordPart.Course);
        void Post(string path, Func<RecordInHand, KeptTrial, IFormCollection, IResult> page) =>
            site.MapPost(Room + path, async (HttpRequest request, RecordInHand record) =>
            {
                var form = await Reply.Form(request).ConfigureAwait(false);
                return OwnTrials.Of(record) is { } kept ? page(record, kept, form) : Results.Redirect("~" + Room);
            }).Needs(May.Own, RecordPart.Course);
    }

    private static void Plans(IEndpointRouteBuilder site, OwnTrials own, IClock clock)
    {
        site.MapGet(Room + "/new", (string? design) => Asked(TrialForm.For(design), null, null)).Needs(May.Own, RecordPart.Course);
        site.MapPost(Room + "/power", async (HttpRequest request) => await TrialPages.Power(TrialForm.Of(await Reply.Form(request).ConfigureAwait(false)), Asked, request.HttpContext.RequestAborted).ConfigureAwait(false)).Needs(May.Own, RecordPart.Course);
        site.MapPost(Room + "/new", async (HttpRequest request, RecordInHand record) =>
        {
            var (posted, now) = (await Reply.Form(request).ConfigureAwait(false), clock.GetCurrentInstant());
            var form = TrialForm.Of(posted);
            var refused = posted["safe"] != "yes" ? new("the safety questions are not answered", "answer them first: they find what forbids the drug")
                : !TrialWords.ForOne.Contains(form.From) ? new("that design is for several people", "choose another")
                : form.Trial(record.Actor, now, out var trial) ?? trial!.Add(new TrialRecord.Enrolled(record.Actor, now, new(OwnTrials.Me)), out trial) ?? own.Begin(record, trial!);
            return refused is null ? Results.Redirect("~" + Room) : Asked(form, refused, null);
        }).Needs(May.Own, RecordPart.Course);
    }

    private static IResult Asked(TrialForm form, Refused? refused, string? power) => Reply.Page<NewTrialPage>(new()
    {
        [nameof(NewTrialPage.Form)] = form, [nameof(NewTrialPage.Refused)] = refused, [nameof(NewTrialPage.Power)] = power,
        [nameof(NewTrialPage.Room)] = Room, [nameof(NewTrialPage.Designs)] = TrialWords.ForOne, [nameof(NewTrialPage.Alone)] = true,
    }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static IResult Then(MyTrialKeeping keeping, RecordInHand record, Refused? refused) => refused is null ? Results.Redirect("~" + Room) : MyTrialPages.Shown(keeping, record, refused);

    private static RazorComponentResult<FriendPage> Friends(OwnTrials own, RecordInHand record, KeptTrial kept, IFormCollection form, Queue<Guid> open)
    {
        var (said, first) = (form["passphrase"].ToString(), kept.Trial.Commitment is null);
        // Going back in the browser and sending again would show the sheet without the friend.
        if (!Guid.TryParse(form["once"], out var once) || !Takes(open, once)) return Friend(kept, open, Gone, null, null);
        if (form["what"] == "emergency")
            return own.Unblind(record, kept, said, form["second"].ToString().Trim(), form["why"].ToString().Trim(), out var arms) is { } shut ? Friend(kept, open, shut, null, null) : Friend(kept, open, null, null, arms);
        if (form["what"] == "spare" && int.TryParse(form["kit"], NumberStyles.None, CultureInfo.InvariantCulture, out var gone))
            return own.GiveSpare(record, kept, said, gone, out var after) is { } none ? Friend(kept, open, none, null, null) : Friend(after!, open, null, null, null, after!.Trial.SparesGiven[^1]);
        var order = kept.Trial.Records.OfType<TrialRecord.SheetOpened>().FirstOrDefault()?.Order;
        if (order is null && KitPages.Order(form, out order) is { } wrong) return Friend(kept, open, wrong, null, null);
        if (first && said != form["again"].ToString()) return Friend(kept, open, new("the two passphrases differ", "type the same twice"), null, null);
        var now = kept;
        if (first && own.Seal(record, kept, said, out now) is { } refused) return Friend(kept, open, refused, null, null);
        return own.OpenSheet(record, now!, said, order!, out var next, out var sheet) is { } closed ? Friend(now!, open, closed, null, null) : Friend(next!, open, null, sheet, null);
    }

    private static bool Takes(Queue<Guid> open, Guid once)
    {
        lock (open)
        {
            var left = open.Where(form => form != once).ToArray();
            var was = left.Length < open.Count;
            open.Clear();
            foreach (var form in left) open.Enqueue(form);
            return was;
        }
    }

    private static RazorComponentResult<FriendPage> Friend(KeptTrial kept, Queue<Guid> open, Refused? refused, PharmacySheet? sheet, IReadOnlyList<OpenedPeriod>? arms, TrialRecord.SpareGiven? given = null)
    {
        var once = Guid.NewGuid();
        lock (open)
        {
            open.Enqueue(once);
            while (open.Count > MostForms) open.Dequeue();
        }
        return Reply.Page<FriendPage>(new()
        {
            [nameof(FriendPage.Kept)] = kept, [nameof(FriendPage.Once)] = once, [nameof(FriendPage.Refused)] = refused, [nameof(FriendPage.Sheet)] = sheet, [nameof(FriendPage.Arms)] = arms, [nameof(FriendPage.Given)] = given,
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Answer(RecordInHand record, KeptTrial kept, TrialDiaries diaries, LocalDate today)
    {
        if (OwnTrials.Opening(record, kept) is not { } opening) return Results.Redirect("~" + Room);
        var none = TrialAnalysis.Of(kept.Trial, opening, diaries.Of(kept, today), out var analysis);
        return Reply.Page<AnswerPage>(new()
        {
            [nameof(AnswerPage.Kept)] = kept, [nameof(AnswerPage.Opening)] = opening, [nameof(AnswerPage.Analysis)] = analysis, [nameof(AnswerPage.None)] = none, [nameof(AnswerPage.Only)] = OwnTrials.Me,
            [nameof(AnswerPage.File)] = Room + "/opened", [nameof(AnswerPage.Called)] = (Func<string, string>)(actor => actor == OwnTrials.Me ? "the person" : "a friend"), [nameof(AnswerPage.Whole)] = true,
        });
    }
}
