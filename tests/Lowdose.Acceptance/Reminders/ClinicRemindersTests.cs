using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Records;
using Lowdose.Diary;
using Lowdose.Records.Clinic;
using Lowdose.Tests.Safety;
using Lowdose.Web.Reminders;
using NodaTime;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Reminders;

/// <summary>Reminders of many people, which several web nodes give together.</summary>
public sealed class ClinicRemindersTests(ITestOutputHelper output)
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 12, 1, 12, 0);

    [Fact]
    public async Task Each_person_chooses_their_own_and_nobody_sees_anothers()
    {
        await using var clinic = await OwnClinic.Start();
        using var paula = clinic.Visitor(clinic.Somebody(Role.Person, "Paula"));
        using var quinn = clinic.Visitor(clinic.Somebody(Role.Person, "Quinn"));
        using var dora = clinic.Visitor(clinic.Somebody(Role.Prescriber, "Dora"));
        (await paula.Post("/settings/reminders", ("time", "21:30"))).Goes().ShouldBe("/settings/reminders");
        (await Text(paula, "/settings/reminders")).ShouldContain("You are reminded at 21:30.");
        (await Text(quinn, "/settings/reminders")).ShouldContain("Reminders are off.");
        (await dora.Get("/settings/reminders")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Text(paula, "/settings/reminders/calendar")).ShouldContain("T213000\r\n");
        (await Text(paula, "/settings")).ShouldContain("/settings/reminders");
        using var made = await paula.PostAsJsonAsync("/settings/reminders/browser", Said("https://169.254.169.254/latest"));
        made.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var taken = await paula.PostAsJsonAsync("/settings/reminders/browser", Said("https://fcm.googleapis.com/fcm/send/one"));
        taken.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        // Where a stolen database is read, no phone is found.
        clinic.Archive.Query(tables => tables.Set<RemindersRow>().Single().Content).AsSpan().IndexOf("fcm"u8).ShouldBe(-1);
    }

    [Fact]
    public async Task What_is_deleted_lost_or_closed_reminds_no_more()
    {
        await using var clinic = await OwnClinic.Start();
        var (gone, lost, closed) = (clinic.Somebody(Role.Person, "Gone"), clinic.Somebody(Role.Person, "Lost"), clinic.Somebody(Role.Person, "Closed"));
        var book = new ClinicReminders(new(clinic.Archive, clinic.Mode.Key));
        foreach (var person in (Account[])[gone, lost, closed])
        {
            using var http = clinic.Visitor(person);
            (await http.Post("/settings/reminders", ("time", "21:30"))).Dispose();
            (await http.PostAsJsonAsync("/settings/reminders/browser", Said("https://fcm.googleapis.com/fcm/send/" + person.Id))).EnsureSuccessStatusCode();
        }
        book.All().Count.ShouldBe(3);
        using (var http = clinic.Visitor(gone)) (await http.Post("/settings/delete", ("sure", "yes"))).EnsureSuccessStatusCode();
        clinic.Accounts.LoseDevice(lost, clinic.Admin).ShouldNotBeNull();
        clinic.Accounts.Close(closed, clinic.Admin);
        book.All().ShouldBeEmpty();
        // Another comes back to what there was; a lost device's own choice went with it.
        book.Read(lost.Record!).Reminder.Times.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_nodes_send_with_one_key_and_what_one_keeps_the_other_knows()
    {
        await using var clinic = await OwnClinic.Start();
        string Key() => new KeyRing(clinic.Archive, clinic.Mode.Key).ForReminders(VapidKey.NewText);
        Key().ShouldBe(Key());
        new KeyRing(clinic.Archive, clinic.Mode.Key).All().ShouldNotContain(Key());
        new KeyRing(clinic.Archive, clinic.Mode.Key).Check().ShouldBeNull();
    }

    [Fact, Trait("trust", "R21")]
    public async Task Of_two_nodes_on_one_database_that_look_at_once_one_reminds_and_a_killed_one_reminds_nobody_twice()
    {
        var clock = new SetClock(Noon);
        var store = new ServerStore();
        await using var clinic = await OwnClinic.Start(clock, store: store);
        using var other = store.OpenAnother(clock);
        await using var service = await LocalPush.Start();
        using var key = VapidKey.Of(VapidKey.NewText());
        using var push = new PushSender(key, new([], ThisComputer: true), clock, null);
        ReminderBook[] nodes = [new ClinicReminders(new(clinic.Archive, clinic.Mode.Key)), new ClinicReminders(new(other, clinic.Mode.Key))];
        Reminder.Of([new(13, 0), new(21, 30)], null, 3, out var reminder).ShouldBeNull();
        const int People = 20, Days = 5;
        for (var i = 0; i < People; i++)
        {
            var endpoint = $"{service.Address}/push/{i}";
            var said = new Subscribed(endpoint, Base64Url.EncodeToString(Decoder.Point(service.Browser.ExportParameters(false))), Base64Url.EncodeToString(service.Auth));
            nodes[i % 2].Change(clinic.Somebody(Role.Person, $"Person {i}").Record!, chosen => chosen.Choose(reminder!, clock.Now).With(said, service.Subscription(endpoint), DateTimeZone.Utc, clock.Now));
        }
        using ReminderLoop one = Loop(nodes[0]), two = Loop(nodes[1]);
        var (due, killed) = (0, 0);
        for (var day = 0; day < Days; day++)
            foreach (var hour in (int[])[1, 10])
            {
                clock.Now = Noon + Duration.FromDays(day) + Duration.FromHours(hour);
                due += People;
                // One node took the turn of somebody and died before it sent: that one is lost, and none comes twice.
                if (nodes[0].Give(nodes[0].All()[0], clock.Now)) killed++;
                await Task.WhenAll(Task.Run(() => one.Look(default)), Task.Run(() => two.Look(default)), Task.Run(() => one.Look(default)));
            }
        service.Arrived.Count.ShouldBe(due - killed);
        service.Arrived.GroupBy(a => a.Path).ShouldAllBe(browser => browser.Count() <= 2 * Days);
        killed.ShouldBe(2 * Days);
        output.WriteLine(new FaultCount("R21", "two nodes on one PostgreSQL look for reminders at the same moment, one dies with a reminder in hand", due, 200, "reminders", $"{service.Arrived.Count} sent, {killed} lost with the one that died, 0 twice").ToString());

        ReminderLoop Loop(ReminderBook book) => new(book, push, clock, Duration.FromMinutes(1), _ => { });
    }

    private static Task<string> Text(HttpClient http, string path) => http.GetStringAsync(new Uri(path, UriKind.Relative));

    private static object Said(string endpoint)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return new { endpoint, p256dh = Base64Url.EncodeToString(Decoder.Point(key.ExportParameters(false))), auth = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), zone = "Europe/Berlin" };
    }
}
