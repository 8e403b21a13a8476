using System.Text;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Web;
using Lowdose.Diary;
using Microsoft.Playwright;
using NodaTime;

namespace Lowdose.Acceptance.Day;

/// <summary>U15, S14: two weeks without a network, what a device keeps meanwhile, and what it does not.</summary>
[Collection(nameof(Bedside))]
public sealed class OfflineTests(Bedside bedside)
{
    private const int Days = 14;
    private const string Canary = "heliotrope-canary";

    [Fact]
    public async Task Fourteen_days_without_a_network_end_in_the_same_state_as_with_one_and_nothing_twice()
    {
        await using var offline = await OwnDiary.Start();
        await using var online = await OwnDiary.Start();
        await using var away = await Phone.Open(bedside.Browser, offline.Address);
        await using var home = await Phone.Open(bedside.Browser, online.Address);
        await away.Go();
        await away.ReadyForOffline();
        await away.Context.SetOfflineAsync(true);
        await offline.Stop();
        for (var n = Days - 1; n >= 0; n--)
        {
            await Live(away, n);
            (await Told(away)).ShouldContain($"{(Days - n) * TapsADay} answers wait on this device");
            await Live(home, n);
            await home.AllSent();
        }
        (await away.Kept()).ShouldBe(Days * TapsADay);
        await offline.Run();
        await away.Context.SetOfflineAsync(false);
        await away.Go();
        await away.AllSent();
        offline.State.ShouldBe(online.State);
        offline.DayWrites.Count.ShouldBe(Days * TapsADay);
        offline.DayWrites.ShouldAllBe(w => !w.IsConflict);
        (await away.Kept()).ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_about_a_day_that_has_not_come_stays_on_the_device_and_is_shown_until_it_is_left_out()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        await phone.ReadyForOffline();
        await phone.Context.SetOfflineAsync(true);
        // As a phone whose clock is wrong asks for it.
        await phone.Go("/day/2131-01-01");
        await phone.Tap("fatigue", "6");
        await phone.Until("document.querySelector('#saved').dataset.unsent === '1'");
        await phone.Context.SetOfflineAsync(false);
        for (var visit = 0; visit < 2; visit++)
        {
            await phone.Go();
            await phone.Until("!document.querySelector('#asks').hidden");
            var asks = await phone.Page.Locator("#asks").InnerTextAsync();
            asks.ShouldContain("2131-01-01, fatigue: 6");
            asks.ShouldContain("set the clock that is wrong");
            (await phone.Kept()).ShouldBe(1);
        }
        // What is right is sent meanwhile.
        await phone.Tap("pain", "4");
        await Phone.Soon(() => diary.Value(OwnDiary.Today, "pain") == "4", "sent");
        await phone.Tap(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Leave it out" }));
        await phone.AllSent();
        (await phone.Kept()).ShouldBe(0);
        diary.DayWrites.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_network_that_loses_repeats_and_cuts_answers_changes_nothing()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        var calls = 0;
        await phone.Page.RouteAsync("**/writes", async route =>
        {
            // In turn: lost on the way there, taken but the answer lost, taken twice, taken.
            switch (calls++ % 4)
            {
                case 0: await route.AbortAsync(); break;
                case 1: await route.FetchAsync(); await route.AbortAsync(); break;
                case 2: await route.FetchAsync(); await route.ContinueAsync(); break;
                default: await route.ContinueAsync(); break;
            }
        });
        await phone.Go();
        for (var tap = 0; tap < 24; tap++) await phone.Tap("pain", ((tap * 7) % 10).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Phone.Soon(() => calls > 2, "something was sent");
        await phone.Page.UnrouteAllAsync();
        await phone.Go();
        await phone.AllSent();
        diary.DayWrites.Count.ShouldBe(24);
        diary.DayWrites.ShouldAllBe(w => !w.IsConflict);
        diary.Value(OwnDiary.Today, "pain").ShouldBe("1");
        (await phone.Kept()).ShouldBe(0);
    }

    [Trait("trust", "S14")]
    [Fact]
    public async Task What_waits_is_ciphertext_under_keys_no_script_can_read_and_nothing_of_it_is_on_the_disk()
    {
        using var profile = new TemporaryFolder();
        await using var diary = await OwnDiary.Start();
        await using (var context = await bedside.Chromium.LaunchPersistentContextAsync(profile.Path, new()
        {
            ExecutablePath = FrontDoor.Chromium, Args = FrontDoor.ChromiumArguments, BaseURL = diary.Address, ViewportSize = new() { Width = 320, Height = 640 },
        }))
        {
            var page = context.Pages[0];
            await page.GotoAsync("/today");
            await page.EvaluateAsync("navigator.serviceWorker.ready.then(async () => { while (!(await caches.match('/offline/day'))) await new Promise(r => setTimeout(r, 50)); })");
            await diary.Stop();
            await page.GotoAsync("/today");
            await page.WaitForSelectorAsync("form.day-entry[data-ready]");
            await page.Locator("summary", new() { HasTextString = "Note" }).ClickAsync();
            await page.FillAsync("#note", Canary);
            await page.Locator("#note").BlurAsync();
            var kept = await page.EvaluateAsync<KeptRecord>("""
                async () => {
                  const database = await new Promise(done => { const a = indexedDB.open("lowdose", 1); a.onsuccess = () => done(a.result); });
                  let records = [];
                  while (!records.length) records = await new Promise(done => { const a = database.transaction("unsent").objectStore("unsent").getAll(); a.onsuccess = () => done(a.result); });
                  const [{ key, sealed }] = records;
                  const exported = await crypto.subtle.exportKey("raw", key).then(() => true, () => false);
                  return { count: records.length, algorithm: key.algorithm.name + key.algorithm.length, extractable: key.extractable, exported,
                    text: new TextDecoder("latin1").decode(sealed), length: sealed.byteLength, local: localStorage.length + sessionStorage.length };
                }
                """);
            kept.ShouldSatisfyAllConditions(k => k.Count.ShouldBe(1), k => k.Algorithm.ShouldBe("AES-GCM256"), k => k.Extractable.ShouldBeFalse(), k => k.Exported.ShouldBeFalse(),
                k => k.Text.ShouldNotContain(Canary[..6]), k => k.Length.ShouldBe(512 + 16), k => k.Local.ShouldBe(0));
        }
        foreach (var file in Directory.EnumerateFiles(profile.Path, "*", SearchOption.AllDirectories).Where(f => f.Contains("IndexedDB", StringComparison.Ordinal) || f.Contains("CacheStorage", StringComparison.Ordinal) || f.Contains("Local Storage", StringComparison.Ordinal)))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Canary)) < 0 && bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(Canary)) < 0).ShouldBeTrue(file);
        }
    }

    [Trait("trust", "S14")]
    [Fact]
    public async Task After_the_acknowledgement_and_on_a_shared_device_nothing_stays()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        await phone.ReadyForOffline();
        await phone.Unfold("Note");
        await phone.Page.FillAsync("#note", Canary);
        await phone.Page.Locator("#note").BlurAsync();
        await phone.AllSent();
        diary.Value(OwnDiary.Today, "note").ShouldBe(Canary);
        await phone.Go();
        (await phone.Kept()).ShouldBe(0);
        (await phone.Page.EvaluateAsync<int>("localStorage.length + sessionStorage.length")).ShouldBe(0);
        var (cached, files) = (await phone.Page.EvaluateAsync<string[]>("""
            async () => { const all = []; for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) all.push(request.url + " " + await (await caches.match(request)).text()); return all; }
            """), Lowdose.Web.Layout.Asset.All.Count);
        cached.Length.ShouldBeInRange(8, files + 3);
        cached.ShouldAllBe(text => !text.Contains(Canary, StringComparison.Ordinal) && !text.Contains("/today", StringComparison.Ordinal) | text.Contains("href=\"/today\"", StringComparison.Ordinal) | text.Contains(".js", StringComparison.Ordinal));
        await phone.Page.GotoAsync("/settings");
        await phone.Page.GetByLabel("Others use this device too").CheckAsync();
        await phone.Until("caches.keys().then(k => k.length === 0)");
        (await phone.Page.EvaluateAsync<int>("navigator.serviceWorker.getRegistrations().then(r => r.length)")).ShouldBe(0);
        await phone.Context.SetOfflineAsync(true);
        await Should.ThrowAsync<PlaywrightException>(() => phone.Page.GotoAsync("/today"));
    }

    [Trait("trust", "S14")]
    [Fact]
    public async Task On_a_shared_device_an_answer_waits_in_the_open_page_only_and_the_page_says_so()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Page.GotoAsync("/settings");
        await phone.Page.GetByLabel("Others use this device too").CheckAsync();
        await phone.Go();
        await diary.Stop();
        await phone.Tap("pain", "3");
        await Phone.Soon(() => Told(phone).Result.Contains("Keep this page open", StringComparison.Ordinal), "it says so");
        (await phone.Kept()).ShouldBe(0);
        await diary.Run();
        await phone.Page.EvaluateAsync("dispatchEvent(new Event('online'))");
        await phone.AllSent();
        diary.Value(OwnDiary.Today, "pain").ShouldBe("3");
    }

    [Fact]
    public async Task Two_devices_that_differ_are_both_kept_and_the_person_chooses()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        await phone.ReadyForOffline();
        await phone.Context.SetOfflineAsync(true);
        await phone.Tap("pain", "3");
        await phone.Tap("crash", "no");
        diary.Write(Subjects.Day(OwnDiary.Today), ("pain", "5"));
        await phone.Context.SetOfflineAsync(false);
        await phone.AllSent();
        var choose = phone.Page.GetByRole(AriaRole.Link, new() { Name = "Choose one" });
        (await phone.Page.Locator("#asks").InnerTextAsync()).ShouldContain("Both answers are kept.");
        (diary.Value(OwnDiary.Today, "pain"), diary.Value(OwnDiary.Today, "crash")).ShouldBe(("5", "no"));
        await choose.TapAsync();
        await phone.Page.Locator("form.notice").GetByRole(AriaRole.Button, new() { Name = "3", Exact = true }).TapAsync();
        await Phone.Soon(() => diary.Value(OwnDiary.Today, "pain") == "3", "chosen");
        diary.Archive.Read(log => log.Conflicts(Subjects.Day(OwnDiary.Today))).ShouldBeEmpty();
        (await phone.Page.Locator("form.notice").CountAsync()).ShouldBe(0);
        diary.DayWrites.Count.ShouldBe(4);
    }

    [Theory, InlineData(507, "Make room on its disk"), InlineData(423, "Lowdose is locked"), InlineData(503, "cannot keep more")]
    public async Task What_lowdose_cannot_keep_now_waits_on_the_device(int status, string said)
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        await phone.Page.RouteAsync("**/writes", route => route.FulfillAsync(new() { Status = status }));
        await phone.Tap("pain", "3");
        await Phone.Soon(() => Told(phone).Result.Contains(said, StringComparison.Ordinal), said);
        (await phone.Kept()).ShouldBe(1);
        await phone.Page.UnrouteAllAsync();
        await phone.Go();
        await phone.AllSent();
        diary.Value(OwnDiary.Today, "pain").ShouldBe("3");
    }

    [Fact]
    public async Task Lost_records_restored_from_an_older_backup_do_not_block_what_waits()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        await phone.Tap("pain", "3");
        await phone.AllSent();
        await phone.Page.RouteAsync("**/writes", route => route.AbortAsync());
        await phone.Tap("pain", "4");
        diary.Archive.Delete();
        diary.Write(Subjects.Course, (CourseFields.Primary, "pain"));
        await phone.Page.UnrouteAllAsync();
        await phone.Page.EvaluateAsync("dispatchEvent(new Event('online'))");
        await Phone.Soon(() => diary.Value(OwnDiary.Today, "pain") == "4", "it goes in beside what is there");
    }

    private const int TapsADay = 4;

    // A day as its own clock has it: the page is opened in the evening and tapped four times, the last one mends the first.
    private static async Task Live(Phone phone, int daysAgo)
    {
        var day = OwnDiary.Today.PlusDays(-daysAgo);
        await phone.Page.Clock.SetFixedTimeAsync(day.At(new LocalTime(21, 30)).InUtc().ToDateTimeUtc());
        await phone.Go(day);
        await phone.Tap("pain", ((daysAgo * 3) % 10).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await phone.Tap("dose", daysAgo % 5 == 0 ? "skipped" : "taken unknown");
        await phone.Tap("crash", daysAgo % 4 == 0 ? "yes" : "no");
        await phone.Tap("pain", ((daysAgo + 5) % 10).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await phone.Until("document.querySelector('#saved [data-told]').textContent !== 'Saving.'");
    }

    private static Task<string> Told(Phone phone) => phone.Page.Locator("#saved [data-told]").InnerTextAsync();

    private sealed class KeptRecord
    {
        public int Count { get; set; }
        public string Algorithm { get; set; } = "";
        public bool Extractable { get; set; }
        public bool Exported { get; set; }
        public string Text { get; set; } = "";
        public int Length { get; set; }
        public int Local { get; set; }
    }
}
