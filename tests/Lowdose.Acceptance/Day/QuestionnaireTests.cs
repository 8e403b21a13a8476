using Lowdose.Diary;
using Lowdose.Evidence;
using Lowdose.Exchange;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Day;

/// <summary>A questionnaire answered on a small phone, with and without scripts: what was left out, what it comes to, and what is kept.</summary>
[Collection(nameof(Bedside))]
public sealed class QuestionnaireTests(Bedside bedside)
{
    private static readonly Instrument Of2016 = Knowledge.BuiltIn().Instruments["acr-2016"];
    private static readonly string Today = Phone.Iso(OwnDiary.Today), Field = DayFields.Instrument("acr-2016");

    // By hand: 7 areas (shoulders, hips, neck, upper and lower back) in all 5 regions; tired 2, unrested 2, thinking 1, headaches 1 is 6; 7 and 6 is 13.
    private static readonly Dictionary<string, int> ByHand = new(StringComparer.Ordinal)
    {
        ["shoulder-left"] = 1, ["shoulder-right"] = 1, ["hip-left"] = 1, ["hip-right"] = 1, ["neck"] = 1, ["upper-back"] = 1, ["lower-back"] = 1,
        ["fatigue"] = 2, ["unrefreshed"] = 2, ["thinking"] = 1, ["headaches"] = 1, ["three-months"] = 1,
    };

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_case_worked_by_hand_is_answered_scored_and_still_there_after_a_reload(bool script)
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script);
        await phone.Page.GotoAsync("/questionnaires");
        await phone.Press(phone.Page.GetByRole(AriaRole.Link, new() { Name = "Answer it " + Of2016.Title }));
        var next = phone.Page.Locator(".asked button").Nth(1);
        foreach (var item in Of2016.Items)
        {
            if (script) await Assertions.Expect(phone.Page.Locator("form[data-questions] > fieldset:visible")).ToHaveCountAsync(1);
            await Pick(phone, item.Id, ByHand.GetValueOrDefault(item.Id));
            if (script && item != Of2016.Items[^1]) await next.TapAsync();
        }
        await phone.Press(script ? next : phone.Page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }));
        await phone.Page.WaitForURLAsync("**/questionnaires/acr-2016/" + Today);
        for (var look = 0; look < 2; look++)
        {
            (await phone.Page.Locator(".lead").AllInnerTextsAsync()).ShouldBe(["The criteria of 2016 are met."]);
            (await Scores(phone)).ShouldBe(["7", "6", "5", "13"]);
            (await phone.Page.Locator("h3").AllInnerTextsAsync()).ShouldBe(["Holds: enough areas and enough severity", "Holds: pain in four of five regions or more", "Holds: three months or more"]);
            (await Text(phone)).ShouldContain("Widespread pain index 7 or more (yours: 7), and symptom severity 5 or more (yours: 6)");
            (await Text(phone)).ShouldContain("This is not a diagnosis.");
            (await Text(phone)).ShouldNotContain("missing");
            await phone.Page.ReloadAsync();
        }
        Answers.Read(diary.Value(OwnDiary.Today, Field)!)!.ByItem.Count.ShouldBe(Of2016.Items.Count);
        await phone.Page.GotoAsync("/questionnaires/acr-2016");
        (await phone.Page.Locator("input[name='answer/fatigue']:checked").GetAttributeAsync("value")).ShouldBe("2");
    }

    [Fact]
    public async Task Stopping_half_way_keeps_what_there_is_says_what_is_missing_and_goes_on_there()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Page.GotoAsync("/questionnaires/acr-2016");
        var next = phone.Page.Locator(".asked button").Nth(1);
        (await next.InnerTextAsync()).ShouldBe("Skip");
        await Pick(phone, "jaw-left", 1);
        (await next.InnerTextAsync()).ShouldBe("Next");
        await next.TapAsync();
        await Pick(phone, "shoulder-left", 0);
        await phone.Press(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Stop here and keep it" }));
        diary.Value(OwnDiary.Today, Field).ShouldBe("jaw-left=1; shoulder-left=0");
        // One area is there, one is not, seventeen are not known.
        (await phone.Page.Locator("section[aria-labelledby=scores-h] tr").First.InnerTextAsync()).ShouldEndWith("1 to 18, 17 missing");
        (await phone.Page.Locator(".lead").InnerTextAsync()).ShouldBe("It cannot be said yet: answers are missing.");
        (await Text(phone)).ShouldContain("24 of 26 answers are missing.");
        await phone.Unfold("Which ones");
        (await phone.Page.Locator("section[aria-labelledby=missing-h] li").CountAsync()).ShouldBe(24);
        await phone.Press(phone.Page.GetByRole(AriaRole.Link, new() { Name = "Answer the rest" }));
        (await phone.Page.Locator("#asked-where").InnerTextAsync()).ShouldBe("3 of 26");
    }

    [Fact]
    public async Task The_criteria_of_2010_do_not_hold_where_another_illness_explains_the_pain_and_the_page_says_why()
    {
        await using var diary = await OwnDiary.Start();
        var all = Knowledge.BuiltIn().Instruments["acr-2010"].Items.ToDictionary(i => i.Id, i => i.Id == "other-autoimmune" ? 1 : i.Id.StartsWith("other-", StringComparison.Ordinal) ? 0 : i.Answers.Count - 1);
        diary.Write(Subjects.Day(OwnDiary.Today), (DayFields.Instrument("acr-2010"), Answers.Of(all).ToString()));
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script: false);
        await phone.Page.GotoAsync($"/questionnaires/acr-2010/{Today}");
        (await phone.Page.Locator(".lead").InnerTextAsync()).ShouldBe("The criteria of 2010 are not met.");
        (await Scores(phone)).ShouldBe(["19", "12"]);
        (await phone.Page.Locator("h3").AllInnerTextsAsync()).ShouldBe(["Holds: enough areas and enough severity", "Holds: three months or more", "Does not hold: no other illness explains the pain"]);
        await phone.Page.Locator("summary", new() { HasTextString = "What is needed" }).TapAsync();
        (await Text(phone)).ShouldContain("Another autoimmune illness explains the pain: “no” (yours: yes)");
    }

    [Fact]
    public async Task Scores_stand_beside_those_of_other_days_and_a_past_day_can_be_looked_at()
    {
        await using var diary = await OwnDiary.Start();
        var before = OwnDiary.Today.PlusDays(-30);
        diary.Write(Subjects.Day(before), (Field, All(0)));
        diary.Write(Subjects.Day(OwnDiary.Today), (Field, All(1)));
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script: false);
        await phone.Page.GotoAsync($"/questionnaires/acr-2016/{Phone.Iso(before)}");
        (await Scores(phone)).ShouldBe(["0", "0", "0", "0"]);
        (await phone.Page.Locator("section[aria-labelledby=before-h] tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(r => [...r.querySelectorAll('td')].map(c => c.innerText).join(' '))"))
            .ShouldBe(["19 0", "6 0", "5 0", "25 0", "yes no"]);
        await phone.Page.GotoAsync("/questionnaires");
        (await Text(phone)).ShouldContain("Last answered " + OwnDiary.Today.ToString("d MMM uuuu", null));
    }

    [Fact]
    public async Task Nothing_answered_keeps_nothing_all_cleared_clears_and_going_back_is_a_change()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script: false);
        await phone.Page.GotoAsync("/questionnaires/acr-2016");
        await Keep();
        (await phone.Page.Locator("[role=alert]").InnerTextAsync()).ShouldBe("No answer was given, so nothing is kept.");
        diary.DayWrites.ShouldBeEmpty();
        using var http = new HttpClient();
        var id = Guid.NewGuid().ToString();
        foreach (var (jaw, kept) in ((string, string?)[])[("1", "jaw-left=1"), ("1", "jaw-left=1"), ("0", "jaw-left=0"), ("1", "jaw-left=1"), ("", null)])
        {
            (await Post(http, diary, ("id", id), ("answer/jaw-left", jaw))).ShouldBe(200);
            diary.Value(OwnDiary.Today, Field).ShouldBe(kept);
        }
        diary.DayWrites.Count.ShouldBe(4);

        Task Keep() => phone.Press(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }));
    }

    [Fact]
    public async Task What_cannot_be_an_answer_is_refused_and_two_devices_are_both_shown()
    {
        await using var diary = await OwnDiary.Start();
        using var http = new HttpClient();
        foreach (var wrong in (string[])["2", "-1", "yes", "+1"]) (await Post(http, diary, ("answer/jaw-left", wrong))).ShouldBe(422, wrong);
        (await Post(http, diary, ("day", Phone.Iso(OwnDiary.Today.PlusDays(1))), ("answer/jaw-left", "1"))).ShouldBe(404);
        (await Post(http, diary, ("day", "soon"), ("answer/jaw-left", "1"))).ShouldBe(404);
        ((int)(await http.GetAsync(new Uri($"{diary.Address}/questionnaires/unheard-of"))).StatusCode).ShouldBe(404);
        diary.DayWrites.ShouldBeEmpty();
        (await Post(http, diary, ("answer/jaw-left", "1"))).ShouldBe(200);
        (await Post(http, diary, ("answer/jaw-left", "0"))).ShouldBe(200);
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script: false);
        await phone.Page.GotoAsync("/today");
        (await Text(phone)).ShouldContain("two answers");
    }

    [Fact]
    public async Task Everything_is_taken_along_as_the_command_gives_it()
    {
        await using var diary = await OwnDiary.Start();
        diary.Write(Subjects.Day(OwnDiary.Today), ("pain", "6"), (Field, "jaw-left=1"));
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script: false);
        await phone.Page.GotoAsync("/settings");
        var download = await phone.Page.RunAndWaitForDownloadAsync(() => phone.Page.GetByRole(AriaRole.Button, new() { Name = "Take everything along" }).TapAsync());
        download.SuggestedFilename.ShouldBe("lowdose-everything.zip");
        (await File.ReadAllBytesAsync(await download.PathAsync())).ShouldBe(diary.Archive.Read(Everything.Zip));
    }

    private static string All(int answer) => Answers.Of(Of2016.Items.Select(i => KeyValuePair.Create(i.Id, answer))).ToString();

    private static Task Pick(Phone phone, string item, int answer) => phone.Page.Locator($"label.pick:has(input[name='answer/{item}'][value='{answer}'])").TapAsync();

    private static async Task<IReadOnlyList<string>> Scores(Phone phone) => await phone.Page.Locator("section[aria-labelledby=scores-h] td").AllInnerTextsAsync();

    private static Task<string> Text(Phone phone) => phone.Page.Locator("main").InnerTextAsync();

    private static async Task<int> Post(HttpClient http, OwnDiary diary, params (string Name, string Value)[] fields)
    {
        var form = new Dictionary<string, string> { ["id"] = Guid.NewGuid().ToString(), ["base"] = "", ["day"] = Today };
        foreach (var (name, value) in fields) form[name] = value;
        using var answer = await http.PostAsync(new Uri($"{diary.Address}/questionnaires/acr-2016"), new FormUrlEncodedContent(form));
        return (int)answer.StatusCode;
    }
}
