using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Day;
using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Web.Reminders;
using NodaTime;

namespace Lowdose.Acceptance.Reminders;

/// <summary>Reminders as a person chooses them, and what is kept of that.</summary>
public sealed class ReminderPagesTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Fact]
    public async Task They_are_off_until_a_time_is_chosen_and_no_time_turns_them_off_again()
    {
        await using var diary = await OwnDiary.Start();
        using var http = new HttpClient { BaseAddress = new(diary.Address) };
        (await http.GetStringAsync("/settings/reminders")).ShouldContain("Reminders are off.");
        (await Choose(http, [("time", "21:30"), ("time", "09:00"), ("quiet-from", "23:00"), ("quiet-until", "07:00")])).ShouldContain("You are reminded at 09:00 and 21:30.");
        (await http.GetStringAsync("/settings/reminders")).ShouldContain("--contact", customMessage: "what an iPhone needs is said where it is missing");
        (await http.GetStringAsync("/settings/reminders/calendar")).ShouldContain("T213000\r\n");
        await diary.Stop();
        await diary.Run();
        (await http.GetStringAsync("/settings/reminders")).ShouldContain("You are reminded at 09:00 and 21:30.");
        (await Choose(http, [("time", "")])).ShouldContain("Reminders are off.");
    }

    [Theory, InlineData("time", "25:00", "is not a time of day"), InlineData("quiet-from", "23:00", "Give both, or neither")]
    public async Task A_time_that_is_none_is_said_and_nothing_typed_is_lost(string field, string typed, string said)
    {
        await using var diary = await OwnDiary.Start();
        using var http = new HttpClient { BaseAddress = new(diary.Address) };
        var page = await Choose(http, [("time", "08:15"), (field, typed)], HttpStatusCode.UnprocessableEntity);
        page.ShouldContain(said);
        page.ShouldContain("value=\"08:15\"");
    }

    [Fact]
    public async Task A_browser_that_names_a_made_up_push_service_is_refused()
    {
        await using var diary = await OwnDiary.Start();
        using var http = new HttpClient { BaseAddress = new(diary.Address) };
        await Choose(http, [("time", "21:30")]);
        foreach (var endpoint in (string[])["http://127.0.0.1:1/push", "https://push.example/one", "https://169.254.169.254/latest"])
        {
            using var answer = await http.PostAsJsonAsync("/settings/reminders/browser", Said(endpoint));
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, endpoint);
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("do").GetString().ShouldNotBeNullOrEmpty();
        }
        using var taken = await http.PostAsJsonAsync("/settings/reminders/browser", Said("https://fcm.googleapis.com/fcm/send/one"));
        taken.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        File.ReadAllText(Path.Combine(diary.Archive.Folder, "reminders.json")).ShouldContain("fcm/send/one");
        // Let go, and with "delete me" the file goes too.
        (await http.PostAsJsonAsync("/settings/reminders/browser/off", Said("https://fcm.googleapis.com/fcm/send/one"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        File.ReadAllText(Path.Combine(diary.Archive.Folder, "reminders.json")).ShouldNotContain("fcm/send/one");
        using var form = new FormUrlEncodedContent([new("sure", "yes")]);
        (await http.PostAsync("/settings/delete", form)).EnsureSuccessStatusCode();
        File.Exists(Path.Combine(diary.Archive.Folder, "reminders.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_kept_reminds_once_also_after_a_new_start_and_once_more_when_asked_to()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "reminders.json");
        var clock = new SetClock(new LocalDateTime(2026, 12, 1, 12, 0).InZoneLeniently(Berlin).ToInstant());
        await using var service = await LocalPush.Start();
        VapidKey.OpenOrMake(Path.Combine(folder.Path, "push.pem"), out var key).ShouldBeNull();
        using (key)
        {
            using var push = new PushSender(key!, new([], ThisComputer: true), clock, null);
            ReminderLoop Loop(ReminderFile file) => new(file, push, clock, Duration.FromMinutes(1), _ => { });
            var first = ReminderFile.Open(path);
            Reminder.Of([new(22, 0)], null, 2, out var reminder).ShouldBeNull();
            first.Change(Archive.Me, chosen => chosen.Choose(reminder!, clock.Now));
            var browser = new Subscribed(service.Address + "/push/one", Base64Url.EncodeToString(Decoder.Point(service.Browser.ExportParameters(false))), Base64Url.EncodeToString(service.Auth));
            first.Change(Archive.Me, chosen => chosen.With(browser, service.Subscription(), Berlin, clock.Now));
            clock.Now += Duration.FromHours(11);
            using (var loop = Loop(first)) await loop.Look(default);
            // Started anew, it knows what was given.
            var again = ReminderFile.Open(path);
            again.Read(Archive.Me).Browsers.Count.ShouldBe(1);
            using (var loop = Loop(again)) await loop.Look(default);
            service.Arrived.Count.ShouldBe(1);
            again.Change(Archive.Me, chosen => chosen.Later(browser.Endpoint, clock.Now, Duration.FromHours(1)));
            again = ReminderFile.Open(path);
            clock.Now += Duration.FromMinutes(59);
            using (var loop = Loop(again)) await loop.Look(default);
            service.Arrived.Count.ShouldBe(1);
            clock.Now += Duration.FromMinutes(2);
            using (var loop = Loop(again)) await loop.Look(default);
            service.Arrived.Count.ShouldBe(2);
        }
    }

    private static async Task<string> Choose(HttpClient http, (string Field, string Value)[] fields, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Field, f.Value)));
        using var answer = await http.PostAsync("/settings/reminders", form);
        answer.StatusCode.ShouldBe(status);
        return await answer.Content.ReadAsStringAsync();
    }

    private static object Said(string endpoint)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return new { endpoint, p256dh = Base64Url.EncodeToString(Decoder.Point(key.ExportParameters(false))), auth = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), zone = "Europe/Berlin" };
    }
}
