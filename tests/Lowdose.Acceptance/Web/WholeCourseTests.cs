using System.Net.Http.Json;
using Lowdose.Acceptance.Day;
using Lowdose.Acceptance.Records;
using Lowdose.Diary;
using Microsoft.Playwright;
using NodaTime;

namespace Lowdose.Acceptance.Web;

/// <summary>A whole course in a real browser on a small phone: from the safety questions to the printed report.</summary>
[Collection(nameof(Bedside))]
public sealed class WholeCourseTests(Bedside bedside)
{
    private const int Baseline = 14, Days = 60, HeldOn = Baseline + 28, OfflineFrom = HeldOn + 2, OfflineDays = 10;
    private static readonly LocalDate First = OwnDiary.Today;

    [Fact]
    public Task Sixty_days_ten_of_them_offline_with_a_held_step_a_verdict_and_a_printed_report() => Course(Store.Usual());

    [Fact, Trait("speed", "slow")]
    public Task The_same_sixty_days_on_PostgreSQL() => Course(new ServerStore());

    private async Task Course(Store store)
    {
        var clock = new FixedClock(At(0));
        await using var diary = await OwnDiary.Start(primary: null, clock: clock, store: store);
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await using var visit = new Visit(phone.Context, phone.Page, diary.Address);

        await Begin(visit);
        clock.Now = At(HeldOn - 1);
        await Written(diary, Enumerable.Range(0, HeldOn));
        await Travel(phone, clock, HeldOn);
        await phone.Page.GotoAsync("/course");
        (await CarePath.Text(visit, "h1")).ShouldBe("Today: A side effect lasts. Choose what to do about it.");
        (await CarePath.Text(visit)).ShouldContain("Taken 1.5 mg");
        await phone.Page.GotoAsync("/today");
        (await CarePath.Text(visit)).ShouldContain("Take care: Headache. It has lasted 7 days.");
        await phone.Page.GotoAsync("/course");
        await CarePath.Press(visit, "Hold this step");
        (await CarePath.Text(visit, "h1")).ShouldBe("Today: Take 1 mg = 1 mL at 1 mg/mL daily at 22:00.");
        diary.State.ShouldContain($"plan change/hold-{Iso(HeldOn)} = hold from {Iso(HeldOn)} for 14 days: Headache: a side effect for 7 days");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Taken 1 mg" }).ClickAsync();
        diary.Value(Day(HeldOn), DayFields.Dose).ShouldBe("taken 1 mg");

        clock.Now = At(OfflineFrom - 1);
        await Written(diary, Enumerable.Range(HeldOn + 1, OfflineFrom - HeldOn - 1));
        await Travel(phone, clock, OfflineFrom);
        await Away(phone, diary, clock);
        clock.Now = At(Days - 1);
        await Written(diary, Enumerable.Range(OfflineFrom + OfflineDays, Days - OfflineFrom - OfflineDays));
        diary.Archive.Read(log => log.WrittenSubjects.Count(s => Subjects.Date(s) is not null)).ShouldBe(Days);

        await Travel(phone, clock, Days - 1);
        await phone.Page.GotoAsync("/course");
        var said = await CarePath.Text(visit, ".lead");
        said.ShouldContain("1 mg");
        said.ShouldNotContain("too early");
        await phone.Page.GotoAsync("/course/weeks");
        (await phone.Page.Locator("tbody tr").CountAsync()).ShouldBe((Days + 6) / 7);
        await Reported(visit, diary, said);
        visit.Abroad.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_course_is_not_started_where_the_screen_blocks()
    {
        var clock = new FixedClock(At(0));
        await using var diary = await OwnDiary.Start(clock: clock);
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["profile"] = """{"medicines":[{"text":"methadone"}],"conditions":[],"surgeries":[],"pregnancy":"no","age":43,"labs":[],"allergies":[]}""",
            ["protocol"] = "prudent", ["start"] = Iso(1), ["product"] = "capsule",
        });
        using var answer = await http.PostAsync(new Uri(diary.Address + "/course/start"), form);
        ((int)answer.StatusCode).ShouldBe(422);
        diary.State.ShouldBe(["course primary = pain"]);
    }

    // The computer's clock and the phone's.
    private static async Task Travel(Phone phone, FixedClock clock, int day)
    {
        clock.Now = At(day);
        await phone.Page.Clock.SetFixedTimeAsync(At(day).ToDateTimeUtc());
    }

    [Fact]
    public async Task A_course_ends_with_the_last_dose_before_an_operation_and_is_not_stopped_sooner()
    {
        await using var diary = await OwnDiary.Start(clock: new FixedClock(At(0)));
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["profile"] = $$"""{"medicines":[],"conditions":[],"surgeries":[{"date":"{{Iso(120)}}","opioidsExpected":true}],"pregnancy":"no","age":43,"labs":[],"allergies":[]}""",
            ["protocol"] = "prudent", ["start"] = Iso(0), ["product"] = "capsule",
        });
        using var answer = await http.PostAsync(new Uri(diary.Address + "/course/start"), form);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("Take no dose now");
        var finish = diary.State.Single(s => s.StartsWith("plan change/operation-", StringComparison.Ordinal));
        string.CompareOrdinal(finish[(finish.IndexOf("finish from ", StringComparison.Ordinal) + 12)..][..10], Iso(120)).ShouldBeLessThan(0);
    }

    private static async Task Begin(Visit visit)
    {
        await CarePath.AnswerAll(visit, "levothyroxine");
        await visit.Page.Locator("[formaction='/plan']").ClickAsync();
        await CarePath.PlanLiquid(visit, start: Iso(Baseline));
        await CarePath.Press(visit, "Start my course with this plan");
        (await CarePath.Text(visit, "h1")).ShouldBe("What should get better?");
        await CarePath.Press(visit, "Pain");
        (await CarePath.Text(visit, "h1")).ShouldStartWith($"Today: The first dose is on {Named(Baseline)}.");
        await visit.Page.GotoAsync("/prepare");
        await CarePath.Fill(visit, "#tablet", "50");
        await CarePath.Fill(visit, "#volume", "50");
        await CarePath.Fill(visit, "#doses", "0.5");
        await CarePath.Send(visit, "Show the card");
        (await CarePath.Text(visit)).ShouldContain("0.5 mL");
    }

    // As another device sends them: pain 7 before, falling to 3; a headache in the last week before the step.
    private static async Task Written(OwnDiary diary, IEnumerable<int> days)
    {
        using var http = new HttpClient();
        object[] writes = [.. days.Select(n =>
        {
            Dictionary<string, string> changes = new() { ["pain"] = (n < Baseline + 7 ? 7 - (n % 3 == 0 ? 1 : 0) : 3 + (n % 4 == 0 ? 1 : 0)).ToString(System.Globalization.CultureInfo.InvariantCulture), ["fatigue"] = (5 + (n % 2)).ToString(System.Globalization.CultureInfo.InvariantCulture) };
            if (n >= Baseline) changes["dose"] = n < Baseline + 14 ? "taken 0.5 mg" : n < HeldOn + 14 ? "taken 1 mg" : "taken 1.5 mg";
            if (n is > HeldOn - 8 and < HeldOn) changes["effect/headache"] = "mild";
            return new { id = Guid.NewGuid(), subject = Subjects.Day(Day(n)), @base = (string?)null, changes, writtenAt = NodaTime.Text.InstantPattern.ExtendedIso.Format(At(n)), zone = "UTC" };
        })];
        if (writes.Length == 0) return;
        using var answer = await http.PostAsJsonAsync(new Uri(diary.Address + "/writes"), writes);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("\"what\"");
        answer.EnsureSuccessStatusCode();
    }

    private static async Task Away(Phone phone, OwnDiary diary, FixedClock clock)
    {
        await phone.Go();
        await phone.ReadyForOffline();
        await phone.Context.SetOfflineAsync(true);
        await diary.Stop();
        foreach (var n in Enumerable.Range(OfflineFrom, OfflineDays))
        {
            await phone.Page.Clock.SetFixedTimeAsync(At(n).ToDateTimeUtc());
            await phone.Go(Day(n));
            await phone.Tap("pain", "3");
            await phone.Tap("dose", "taken unknown");
            await phone.Until("document.querySelector('#saved [data-told]').textContent !== 'Saving.'");
        }
        (await phone.Kept()).ShouldBe(2 * OfflineDays);
        clock.Now = At(OfflineFrom + OfflineDays - 1);
        await diary.Run();
        await phone.Context.SetOfflineAsync(false);
        await phone.Go();
        await phone.AllSent();
        (await phone.Kept()).ShouldBe(0);
        diary.Value(Day(OfflineFrom), "pain").ShouldBe("3");
    }

    private static async Task Reported(Visit visit, OwnDiary diary, string said)
    {
        await visit.Page.GotoAsync("/course/report");
        var text = await CarePath.Text(visit);
        text.ShouldContain(said);
        text.ShouldContain("Headache: 7 days");
        text.ShouldContain("hold this step (Headache: a side effect for 7 days)");
        text.ShouldContain("levothyroxine");
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await CareLooks.PrintsOnOneSheet(visit);
        using var http = new HttpClient();
        var pdf = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pdf");
        await File.WriteAllBytesAsync(pdf, await http.GetByteArrayAsync(new Uri(diary.Address + "/course/report.pdf")));
        try
        {
            (await PdfReader.Facts(pdf)).ShouldMatch(@"Pages:\s+1\b");
            Plain(await PdfReader.Text(pdf)).ShouldContain(Plain(said));
        }
        finally
        {
            File.Delete(pdf);
        }
    }

    private static string Plain(string text) => string.Join(' ', text.Replace('\u00A0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static LocalDate Day(int n) => First.PlusDays(n);

    private static string Iso(int n) => Phone.Iso(Day(n));

    private static string Named(int n) => $"{Day(n).DayOfWeek} {Iso(n)}";

    private static Instant At(int n) => Day(n).At(new LocalTime(18, 30)).InZoneLeniently(DateTimeZoneProviders.Tzdb.GetSystemDefault()).ToInstant();
}
