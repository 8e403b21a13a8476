using System.Text.Json;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Reminders;

/// <summary>The addresses of the reminders: the times, a calendar of them, and the browsers that asked to be told.</summary>
internal static class ReminderPages
{
    private const string Room = "/settings/reminders";

    private static readonly Duration Later = Duration.FromHours(1);
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <param name="site">Where they are added.</param>
    /// <param name="allowed">The push services that may be named.</param>
    /// <param name="clock">What time it is.</param>
    public static void Map(IEndpointRouteBuilder site, PushAllowance allowed, IClock clock)
    {
        var book = site.ServiceProvider.GetRequiredService<ReminderBook>();
        // Where there is none, only the calendar is offered.
        var (key, hasContact) = (site.ServiceProvider.GetService<VapidKey>(), site.ServiceProvider.GetService<PushSender>()?.HasContact ?? false);
        var own = site.MapGroup("/settings/reminders").Needs(May.Own, RecordPart.Settings);
        own.MapGet("", (RecordInHand record) => Shown(book.Read(record.Person).Reminder));
        own.MapPost("", async (HttpRequest request, RecordInHand record) => Chosen(await Reply.Form(request).ConfigureAwait(false), record));
        own.MapGet("/calendar", (RecordInHand record) => book.Read(record.Person).Reminder is { Times.Count: > 0 } reminder
            ? Results.File(CalendarFile.Daily(reminder.Times, Reply.Today(clock), clock.GetCurrentInstant()), "text/calendar; charset=utf-8", "reminders.ics") : Results.Redirect(Room));
        own.MapPost("/browser", async (HttpRequest request, RecordInHand record) =>
        {
            if (await Asked(request).ConfigureAwait(false) is not { } asked) return Results.BadRequest();
            PushSubscription? to = null;
            return (allowed.Check(asked.Uri) ?? PushSubscription.Of(asked.Said.Endpoint, asked.Said.P256dh, asked.Said.Auth, out to)) is { } refused
                ? Results.Json(new { what = refused.What, @do = refused.Do }, statusCode: StatusCodes.Status422UnprocessableEntity)
                : Changed(record, chosen => chosen.With(asked.Said, to!, ChosenReminders.Zoned(asked.Zone), clock.GetCurrentInstant()));
        });
        own.MapPost("/browser/off", async (HttpRequest request, RecordInHand record) =>
            await Asked(request).ConfigureAwait(false) is not { } asked ? Results.BadRequest() : Changed(record, chosen => chosen.Without(asked.Said.Endpoint)));
        own.MapPost("/later", async (HttpRequest request, RecordInHand record) =>
            await Asked(request).ConfigureAwait(false) is not { } asked ? Results.BadRequest() : Changed(record, chosen => chosen.Later(asked.Said.Endpoint, clock.GetCurrentInstant(), Later)));

        IResult Changed(RecordInHand record, Func<ChosenReminders, ChosenReminders> change)
        {
            book.Change(record.Person, change);
            return Results.NoContent();
        }

        IResult Chosen(IFormCollection form, RecordInHand record)
        {
            if (Wrong(form, out var reminder) is { } wrong) return Shown(book.Read(record.Person).Reminder, form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal), wrong);
            book.Change(record.Person, chosen => chosen.Choose(reminder!, clock.GetCurrentInstant()));
            return Results.Redirect(Room);
        }

        RazorComponentResult<RemindersPage> Shown(Reminder reminder, IReadOnlyDictionary<string, string>? typed = null, string? wrong = null) => Reply.Page<RemindersPage>(new()
        {
            [nameof(RemindersPage.Reminder)] = reminder, [nameof(RemindersPage.Key)] = key?.PublicKey, [nameof(RemindersPage.HasContact)] = hasContact, [nameof(RemindersPage.Typed)] = typed, [nameof(RemindersPage.Wrong)] = wrong,
        }, wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    // The first thing that is wrong with what was typed, as a sentence; null where nothing is.
    private static string? Wrong(IFormCollection form, out Reminder? reminder)
    {
        reminder = null;
        var times = new List<LocalTime>();
        foreach (var text in form["time"].OfType<string>().Where(t => t.Length > 0))
        {
            if (Time(text) is not { } time) return $"“{text}” is not a time of day. Write it as 21:30.";
            times.Add(time);
        }
        var (from, until) = (Time(form["quiet-from"]), Time(form["quiet-until"]));
        if ((from is null) != (until is null)) return "Quiet hours need a beginning and an end. Give both, or neither.";
        var quiet = from is { } f && until is { } u ? new QuietHours(f, u) : (QuietHours?)null;
        return Reminder.Of(times, quiet, times.Count == 0 ? 0 : Math.Min(Reminder.MostADay, times.Distinct().Count() + 1), out reminder) is { } refused
            ? $"{Words.Sentence(refused.What)} {Words.Sentence(refused.Do)}" : null;
    }

    private static LocalTime? Time(string? text) => text is { Length: > 0 } && Clock.Parse(text) is { Success: true, Value: var time } ? time : null;

    private static async Task<(Subscribed Said, Uri Uri, string? Zone)?> Asked(HttpRequest request)
    {
        try
        {
            var body = await request.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false);
            string Text(string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            return Uri.TryCreate(Text("endpoint"), UriKind.Absolute, out var uri) ? (new(Text("endpoint"), Text("p256dh"), Text("auth")), uri, Text("zone")) : null;
        }
        catch (Exception unread) when (unread is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
