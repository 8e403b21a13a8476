using Lowdose.Diary;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Day;

/// <summary>The diary as a plain form.</summary>
[Collection(nameof(Bedside))]
public sealed class NoScriptTests(Bedside bedside)
{
    [Fact]
    public async Task A_day_is_written_changed_cleared_and_taken_back_without_a_script()
    {
        await using var diary = await OwnDiary.Start(dose: "taken 4.5 mg");
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script: false);
        await phone.Page.GotoAsync("/today");
        await phone.Tap("pain", "6");
        await phone.Tap("dose", "taken 4.5 mg");
        await phone.Tap("crash", "no");
        await Save(phone);
        (diary.Value(OwnDiary.Today, "pain"), diary.Value(OwnDiary.Today, "dose"), diary.Value(OwnDiary.Today, "crash")).ShouldBe(("6", "taken 4.5 mg", "no"));
        await phone.Tap("pain", "5");
        await phone.Tap(phone.Page.Locator("label.pick:has(input[name=crash][value=''])"));
        await Save(phone);
        (diary.Value(OwnDiary.Today, "pain"), diary.Value(OwnDiary.Today, "crash")).ShouldBe(("5", null));
        diary.DayWrites[^1].Write.Changes.Count.ShouldBe(2);
        await phone.Press(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }));
        (diary.Value(OwnDiary.Today, "pain"), diary.Value(OwnDiary.Today, "crash")).ShouldBe(("6", "no"));
        diary.DayWrites.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_page_sent_twice_is_kept_once_and_changed_in_between_is_a_change()
    {
        await using var diary = await OwnDiary.Start();
        using var http = new HttpClient();
        var (id, path) = (Guid.NewGuid().ToString(), new Uri($"{diary.Address}/day/{Phone.Iso(OwnDiary.Today)}"));
        foreach (var pain in (string[])["6", "6", "4"])
            (await http.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string> { ["id"] = id, ["base"] = "", ["pain"] = pain }))).EnsureSuccessStatusCode();
        diary.DayWrites.Select(w => w.Write.Changes.Single().Value).ShouldBe(["6", "4"]);
        diary.Value(OwnDiary.Today, "pain").ShouldBe("4");
    }

    [Fact]
    public async Task Same_as_yesterday_copies_and_keeps_what_was_chosen()
    {
        await using var diary = await OwnDiary.Start();
        diary.Write(Subjects.Day(OwnDiary.Today.PlusDays(-1)), ("pain", "6"), ("sleep", "3"), ("effect/headache", "mild"));
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script: false);
        await phone.Page.GotoAsync("/today");
        await phone.Tap("pain", "2");
        await phone.Press(phone.Page.Locator("[data-copy]"));
        (diary.Value(OwnDiary.Today, "pain"), diary.Value(OwnDiary.Today, "sleep"), diary.Value(OwnDiary.Today, "effect/headache")).ShouldBe(("2", "3", "mild"));
        diary.Value(OwnDiary.Today, DayFields.SameAsYesterday).ShouldBe("effect/headache,sleep");
        diary.DayWrites.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_cannot_be_kept_comes_back_as_typed_and_says_what_to_do()
    {
        await using var diary = await OwnDiary.Start(dose: "taken 4.5 mg");
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri($"{diary.Address}/day/{Phone.Iso(OwnDiary.Today)}"),
            new FormUrlEncodedContent(new Dictionary<string, string> { ["id"] = Guid.NewGuid().ToString(), ["base"] = "", ["dose-amount"] = "4,5", ["note"] = "kept" }));
        ((int)answer.StatusCode).ShouldBe(422);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("Please mend this first");
        page.ShouldContain(">kept</textarea>");
        diary.DayWrites.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("", "skipped", "", "22:00", "skipped")]
    [InlineData("taken 4.5 mg", "skipped", "", "22:00", "skipped")]
    [InlineData("skipped", "skipped", "", "22:00", "skipped")]
    [InlineData("skipped", "", "", "22:00", "taken unknown at 22:00")]
    [InlineData("skipped", "skipped", "3", "22:00", "taken 3 mg at 22:00")]
    [InlineData("taken 4.5 mg", "taken 4.5 mg", "", "22:00", "taken 4.5 mg at 22:00")]
    public async Task A_time_left_beside_a_dose_that_was_not_taken_means_nothing(string was, string chosen, string amount, string time, string kept)
    {
        await using var diary = await OwnDiary.Start();
        if (was.Length > 0) diary.Write(Subjects.Day(OwnDiary.Today), (DayFields.Dose, was));
        using var http = new HttpClient();
        var fields = new Dictionary<string, string>
        {
            ["id"] = Guid.NewGuid().ToString(), ["base"] = diary.Archive.Read(log => log.Head(Subjects.Day(OwnDiary.Today)))?.ToString() ?? "", ["dose"] = chosen, ["dose-amount"] = amount, ["dose-time"] = time,
        };
        if (was.Length > 0) fields["was/dose"] = was;
        using var answer = await http.PostAsync(new Uri($"{diary.Address}/day/{Phone.Iso(OwnDiary.Today)}"), new FormUrlEncodedContent(fields));
        ((int)answer.StatusCode).ShouldBe(200);
        diary.Value(OwnDiary.Today, "dose").ShouldBe(kept);
    }

    [Fact]
    public async Task The_steps_before_a_page_lead_back_and_those_to_come_do_not_lead_on()
    {
        await using var diary = await OwnDiary.Start();
        using var http = new HttpClient();
        var page = System.Net.WebUtility.HtmlDecode(await http.GetStringAsync(diary.Address + "/prepare"));
        page.ShouldContain("<a href=\"/screen\">Screen</a> → <a href=\"/plan\">Plan</a> → <strong>Prepare</strong> → Take and record");
    }

    [Fact]
    public async Task What_the_page_does_not_ask_for_is_left_alone()
    {
        await using var diary = await OwnDiary.Start();
        diary.Write(Subjects.Settings, ("scores", "sleep"));
        diary.Write(Subjects.Day(OwnDiary.Today), ("mood", "7"), ("event/wedding", "yes"), ("instrument/acr-2016", "a=1"));
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script: false);
        await phone.Page.GotoAsync("/today");
        (await phone.Page.Locator("input[name=mood]").CountAsync()).ShouldBe(0);
        await phone.Tap("pain", "1");
        await Save(phone);
        diary.DayWrites[^1].Write.Changes.ShouldBe([new Change("pain", "1")]);
    }

    private static Task Save(Phone phone) => phone.Press(phone.Page.Locator(".saved").GetByRole(AriaRole.Button, new() { Name = "Save" }));
}
