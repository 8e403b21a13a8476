using Lowdose.Acceptance.Records;
using Lowdose.Diary;
using Microsoft.Playwright;
using NodaTime;

namespace Lowdose.Acceptance.Day;

/// <summary>The settings: what is asked, the passphrase, the backup, deleting it all.</summary>
[Collection(nameof(Bedside))]
public sealed class KeepingTests(Bedside bedside)
{
    private const string Words = "correct horse battery staple";

    [Fact]
    public async Task Fewer_scores_can_be_asked_and_the_main_one_changed_for_all_to_see()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script: false);
        await phone.Page.GotoAsync("/settings");
        foreach (var score in (string[])["Worst pain", "Stress", "Mood"]) await phone.Page.GetByLabel(score).UncheckAsync();
        await phone.Press(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Keep this choice" }));
        await Phone.Soon(() => diary.State.Contains("settings scores = overall,fatigue,sleep,concentration,function"), string.Join("; ", diary.State));
        await phone.Page.GotoAsync("/settings");
        await phone.Page.Locator("summary", new() { HasTextString = "The main score" }).TapAsync();
        await phone.Page.SelectOptionAsync("#primary", "fatigue");
        await phone.Press(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Change it" }));
        await Phone.Soon(() => diary.State.Contains("course primary = fatigue"), "changed");
        diary.Archive.Read(log => CourseRecord.Of(log).Primary!.Before).ShouldBe(["pain"]);
    }

    [Fact]
    public async Task A_passphrase_is_asked_after_each_start_and_a_wrong_one_opens_nothing()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script: false);
        await phone.Page.GotoAsync("/settings");
        (await phone.Page.Locator("main").InnerTextAsync()).ShouldNotContain("asked for each time");
        await phone.Page.Locator("summary", new() { HasTextString = "Set a passphrase" }).TapAsync();
        (await phone.Page.Locator("main").InnerTextAsync()).ShouldContain("A lost passphrase is lost.");
        await phone.Page.GetByLabel("I know that a lost passphrase is lost").CheckAsync();
        await phone.Page.FillAsync("#new-pass", Words);
        await phone.Page.FillAsync("#again", Words);
        await phone.Press(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Set it" }));
        await Phone.Soon(() => diary.Archive.HasPassphrase(), "set");
        await diary.Stop();
        await diary.Run();
        await phone.Page.GotoAsync("/today");
        (await phone.Page.Locator("h1").InnerTextAsync()).ShouldBe("Lowdose is locked");
        await Give("wrong words here");
        (await phone.Page.Locator("[role=alert]").InnerTextAsync()).ShouldContain("Nobody can open the diary without it.");
        await Give(Words);
        await Phone.Soon(() => !diary.Archive.IsSealed(), "open");
        await phone.Page.GotoAsync("/today");
        (await phone.Page.Locator("h1").InnerTextAsync()).ShouldStartWith("Today");

        async Task Give(string words)
        {
            await phone.Page.FillAsync("#passphrase", words);
            await phone.Press(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Open it" }));
        }
    }

    [Fact]
    public async Task The_same_passphrase_opens_from_a_device_that_writes_its_accents_apart()
    {
        const string Whole = "caf\u00e9 walnut harbour seven", Apart = "cafe\u0301 walnut harbour seven";
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        diary.Archive.SetPassphrase(Whole).ShouldBeNull();
        (await Opens(Apart)).ShouldBeTrue("typed apart");
        (await Opens(Whole)).ShouldBeTrue("typed whole");
        // Locked before the pages did so, or at the command line.
        diary.Archive.SetPassphrase(Apart, Whole).ShouldBeNull();
        (await Opens(Apart)).ShouldBeTrue("as it was typed then");
        (await Opens("cafe walnut harbour seven")).ShouldBeFalse();

        async Task<bool> Opens(string typed)
        {
            await diary.Stop();
            await diary.Run();
            await phone.Page.GotoAsync("/unlock");
            await phone.Page.FillAsync("#passphrase", typed);
            await phone.Press(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Open it" }));
            return !diary.Archive.IsSealed();
        }
    }

    [Fact]
    public async Task A_lost_passphrase_is_lost_and_the_locked_page_lets_one_start_anew()
    {
        await using var diary = await OwnDiary.Start();
        diary.Write(Subjects.Day(OwnDiary.Today), ("pain", "6"));
        diary.Archive.SetPassphrase(Words).ShouldBeNull();
        await diary.Stop();
        await diary.Run();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script: false);
        await phone.Page.GotoAsync("/today");
        await phone.Page.Locator("summary", new() { HasTextString = "I lost it" }).TapAsync();
        (await phone.Page.Locator("details").InnerTextAsync()).ShouldContain("A lost passphrase is lost.");
        await phone.Page.GetByLabel("Yes, delete it all").CheckAsync();
        await phone.Press(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Delete it all and start anew" }));
        (await phone.Page.Locator("h1").InnerTextAsync()).ShouldBe("Everything is deleted");
        diary.Archive.HasPassphrase().ShouldBeFalse();
        Directory.Exists(Path.Combine(diary.Archive.Folder, "backups")).ShouldBeFalse();
        await phone.Page.GotoAsync("/today");
        (await phone.Page.Locator("h1").InnerTextAsync()).ShouldBe("What should get better?");
        diary.State.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_can_be_saved_and_all_be_deleted_once_it_was_explained()
    {
        await using var diary = await OwnDiary.Start(store: new FileStore());
        diary.Write(Subjects.Day(OwnDiary.Today), ("pain", "6"));
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Page.GotoAsync("/settings");
        var backup = await phone.Page.RunAndWaitForDownloadAsync(() => phone.Page.GetByRole(AriaRole.Button, new() { Name = "Save a backup" }).TapAsync());
        new FileInfo(await backup.PathAsync()).Length.ShouldBeGreaterThan(1000);
        using var http = new HttpClient();
        ((int)(await http.PostAsync(new Uri(diary.Address + "/settings/delete"), new FormUrlEncodedContent([]))).StatusCode).ShouldBe(422);
        diary.DayWrites.Count.ShouldBe(1);
        await phone.Page.Locator("summary", new() { HasTextString = "Delete all I wrote" }).TapAsync();
        (await phone.Page.Locator("main").InnerTextAsync()).ShouldContain("It cannot be undone.");
        await phone.Page.GetByLabel("Yes, delete it all").CheckAsync();
        await phone.Press(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Delete it all" }));
        await Phone.Soon(() => diary.DayWrites.Count == 0, "deleted");
        diary.State.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_choice_sent_twice_or_from_an_old_page_is_kept_or_said_not_to_be()
    {
        await using var diary = await OwnDiary.Start();
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var page = Guid.NewGuid();
        async Task<int> Choose(Guid id, Guid? @base, string score)
        {
            using var form = new FormUrlEncodedContent([new("id", id.ToString()), new("base", @base?.ToString() ?? ""), new("score", score)]);
            using var answer = await http.PostAsync(new Uri(diary.Address + "/settings/scores"), form);
            return (int)answer.StatusCode;
        }
        (await Choose(page, null, "mood")).ShouldBe(302);
        // Back, and another choice on the same page.
        (await Choose(page, null, "stress")).ShouldBe(302);
        diary.State.ShouldContain("settings scores = stress");
        // An older backup was restored meanwhile: what the page had seen is not there.
        (await Choose(Guid.NewGuid(), Guid.NewGuid(), "sleep")).ShouldBe(302);
        diary.State.ShouldContain("settings scores = sleep");
        // Another tab chose otherwise since.
        (await Choose(Guid.NewGuid(), null, "fatigue")).ShouldBe(409);
    }

    [Fact]
    public async Task Where_a_server_keeps_the_records_no_backup_is_offered_and_it_is_said_who_makes_them()
    {
        await using var diary = await OwnDiary.Start(store: new ServerStore());
        using var http = new HttpClient { BaseAddress = new(diary.Address) };
        var page = await http.GetStringAsync(new Uri("/settings", UriKind.Relative));
        page.ShouldNotContain("Save a backup");
        page.ShouldContain("The database server makes the backups.");
        (await http.PostAsync(new Uri("/settings/backup", UriKind.Relative), new FormUrlEncodedContent([]))).StatusCode.ShouldBe(System.Net.HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task While_a_backup_is_downloaded_no_open_copy_of_it_lies_on_the_disk()
    {
        await using var diary = await OwnDiary.Start(store: new FileStore());
        for (var n = 0; n < 20; n++)
            diary.Archive.Append([.. Enumerable.Range(0, 100).Select(k => new DiaryWrite(Guid.NewGuid(), Subjects.Day(new LocalDate(2020, 1, 1).PlusDays((100 * n) + k)), null,
                [new("note", new string('x', 4000))], SystemClock.Instance.GetCurrentInstant(), "UTC", "me"))]);
        using var http = new HttpClient();
        using var answer = await http.SendAsync(new(HttpMethod.Post, diary.Address + "/settings/backup"), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        Directory.GetFiles(Path.GetTempPath(), "lowdose-*.backup").Concat(Directory.GetFiles(diary.Archive.Folder, "download-*", SearchOption.AllDirectories)).ShouldBeEmpty();
        (await answer.Content.ReadAsByteArrayAsync()).Length.ShouldBeGreaterThan(8_000_000);
    }

    [Fact]
    public async Task An_answer_that_was_refused_and_left_out_is_gone_and_later_ones_are_sent_again_by_themselves()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        await phone.Page.RouteAsync("**/writes", route => route.FulfillAsync(new() { Status = 200, ContentType = "application/json", Body = """[{"status":422,"what":"no","do":"no"}]""" }));
        await phone.Tap("pain", "6");
        await phone.Until("!document.querySelector('#asks').hidden");
        await phone.Tap(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Leave it out" }));
        await phone.Until("document.querySelector('#asks').hidden");
        await phone.AllSent();
        // Unreachable for a moment: nobody touches the page, and it is sent.
        await phone.Page.UnrouteAllAsync();
        await phone.Page.RouteAsync("**/writes", route => route.AbortAsync());
        await phone.Tap("pain", "4");
        await phone.Until("document.querySelector('#saved').dataset.unsent === '1'");
        await Task.Delay(1000);
        await phone.Page.UnrouteAllAsync();
        for (var i = 0; i < 250 && diary.Value(OwnDiary.Today, "pain") is null; i++) await Task.Delay(100);
        diary.Value(OwnDiary.Today, "pain").ShouldBe("4");
    }
}
