using System.Text.Json;
using Lowdose.Diary;
using Lowdose.Exchange;
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
    private static readonly Duration Later = Duration.FromHours(1);
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <param name="site">Where they are added.</param>
    /// <param name="allowed">The push services that may be named.</param>
    /// <param name="clock">What time it is.</param>
    public static void Map(IEndpointRouteBuilder site, PushAllowance allowed, IClock clock)
    {
        var file = site.ServiceProvider.GetRequiredService<ReminderFile>();
        // Where there is none, only the calendar is offered.
        var key = site.ServiceProvider.GetService<VapidKey>();
        var hasContact = site.ServiceProvider.GetService<PushSender>()?.HasContact ?? false;
        site.MapGet("/settings/reminders", () => Shown(file, key, hasContact));
        site.MapPost("/settings/reminders", async (HttpRequest request) => Chosen(await Reply.Form(request).ConfigureAwait(false), file, key, hasContact, clock));
        site.MapGet("/settings/reminders/calendar", () => file.Reminder.Times.Count == 0 ? Results.Redirect("/settings/reminders")
            : Results.File(CalendarFile.Daily(file.Reminder.Times, Reply.Today(clock), clock.GetCurrentInstant()), "text/calendar; charset=utf-8", "reminders.ics"));
        site.MapPost("/settings/reminders/browser", async (HttpRequest request) => await Asked(request).ConfigureAwait(false) is not { } asked ? Results.BadRequest()
            : (allowed.Check(asked.Uri) ?? file.Add(asked.Said, ReminderFile.Zoned(asked.Zone), clock.GetCurrentInstant())) is { } refused
                ? Results.Json(new { what = refused.What, @do = refused.Do }, statusCode: StatusCodes.Status422UnprocessableEntity) : Results.NoContent());
        site.MapPost("/settings/reminders/browser/off", async (HttpRequest request) =>
        {
            if (await Asked(request).ConfigureAwait(false) is not { } asked) return Results.BadRequest();
            file.Remove(asked.Said.Endpoint);
            return Results.NoContent();
        });
        site.MapPost("/settings/reminders/later", async (HttpRequest request) =>
        {
            if (await Asked(request).ConfigureAwait(false) is not { } asked) return Results.BadRequest();
            file.Later(asked.Said.Endpoint, clock.GetCurrentInstant(), Later);
            return Results.NoContent();
        });
    }

    private static RazorComponentResult<RemindersPage> Shown(ReminderFile file, VapidKey? key, bool hasContact, IReadOnlyDictionary<string, string>? typed = null, string? wrong = null) =>
        Reply.Page<RemindersPage>(new()
        {
            [nameof(RemindersPage.Reminder)] = file.Reminder, [nameof(RemindersPage.Key)] = key?.PublicKey, [nameof(RemindersPage.HasContact)] = hasContact, [nameof(RemindersPage.Typed)] = typed, [nameof(RemindersPage.Wrong)] = wrong,
        }, wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static IResult Chosen(IFormCollection form, ReminderFile file, VapidKey? key, bool hasContact, IClock clock)
    {
        var typed = form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        var times = new List<LocalTime>();
        foreach (var text in form["time"].OfType<string>().Where(t => t.Length > 0))
        {
            if (Time(text) is not { } time) return Shown(file, key, hasContact, typed, $"“{text}” is not a time of day. Write it as 21:30.");
            times.Add(time);
        }
        var (from, until) = (Time(form["quiet-from"]), Time(form["quiet-until"]));
        if ((from is null) != (until is null)) return Shown(file, key, hasContact, typed, "Quiet hours need a beginning and an end. Give both, or neither.");
        var quiet = from is { } f && until is { } u ? new QuietHours(f, u) : (QuietHours?)null;
        if (Reminder.Of(times, quiet, times.Count == 0 ? 0 : Math.Min(Reminder.MostADay, times.Distinct().Count() + 1), out var reminder) is { } refused)
            return Shown(file, key, hasContact, typed, $"{char.ToUpperInvariant(refused.What[0])}{refused.What[1..]}. {char.ToUpperInvariant(refused.Do[0])}{refused.Do[1..]}.");
        file.Choose(reminder!, clock.GetCurrentInstant());
        return Results.Redirect("/settings/reminders");
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
