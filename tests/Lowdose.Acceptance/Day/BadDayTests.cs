using System.Text.RegularExpressions;
using Lowdose.Diary;

namespace Lowdose.Acceptance.Day;

/// <summary>U1: somebody who taps once a second and reads 150 words a minute, on a phone 320 pixels wide.</summary>
[Collection(nameof(Bedside))]
public sealed class BadDayTests(Bedside bedside)
{
    private const double SecondsATap = 1, WordsASecond = 150.0 / 60;

    [Fact]
    public async Task An_entry_on_a_bad_day_is_three_taps_and_at_most_ten_seconds_with_every_word_read()
    {
        await using var diary = await OwnDiary.Start(dose: "taken 4.5 mg");
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        var words = await Words(phone, "h1, .day-entry > .picks");
        await phone.Tap("pain", "8");
        await phone.Tap("dose", "taken");
        await phone.Tap("crash", "yes");
        await phone.AllSent();
        phone.Taps.ShouldBe(3);
        Seconds(phone.Taps, words).ShouldBeLessThanOrEqualTo(10, $"{words} words");
        diary.Value(OwnDiary.Today, "pain").ShouldBe("8");
        diary.Value(OwnDiary.Today, "dose")!.ShouldMatch(@"^taken 4\.5 mg at \d\d:\d\d$");
        diary.Value(OwnDiary.Today, "crash").ShouldBe("yes");
        // No tap needs a scroll: all three answers are on the first screen, one above the other.
        (await phone.Page.EvaluateAsync<double>("scrollY")).ShouldBe(0);
    }

    [Fact]
    public async Task A_full_entry_of_all_nine_scores_dose_crash_and_side_effects_is_at_most_thirty_seconds()
    {
        await using var diary = await OwnDiary.Start(dose: "taken 4.5 mg");
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        await phone.Tap("pain", "4");
        await phone.Tap("dose", "taken");
        await phone.Tap("crash", "no");
        await phone.Unfold("More");
        foreach (var score in DayFields.Scores.Where(s => s != "pain")) await phone.Tap(score, "5");
        var words = await Words(phone, "h1, .day-entry > .picks, details[open] > *");
        await phone.Unfold("Side effects");
        await phone.Tap("effects", "none");
        words += 4; // "Side effects", "None today"
        await phone.AllSent();
        Seconds(phone.Taps, words).ShouldBeLessThanOrEqualTo(30, $"{phone.Taps} taps, {words} words");
        DayFields.Scores.Select(s => diary.Value(OwnDiary.Today, s)).ShouldBe(DayFields.Scores.Select(s => s == "pain" ? "4" : "5"));
        diary.Value(OwnDiary.Today, DayFields.Effects).ShouldBe("none");
        diary.DayWrites.Count(w => w.Write.Subject == Subjects.Day(OwnDiary.Today)).ShouldBe(12);
    }

    [Fact]
    public async Task Nothing_needs_to_be_typed_and_a_missing_answer_stays_missing()
    {
        await using var diary = await OwnDiary.Start(dose: "taken 1.5 mg");
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        (await phone.Page.Locator("input:checked:not([value=''])").CountAsync()).ShouldBe(0);
        await phone.Tap("pain", "0");
        await phone.AllSent();
        diary.Value(OwnDiary.Today, "pain").ShouldBe("0");
        diary.Value(OwnDiary.Today, "fatigue").ShouldBeNull();
        await phone.Tap(phone.Page.Locator("label.pick:has(input[name=pain][value=''])"));
        await phone.AllSent();
        diary.Value(OwnDiary.Today, "pain").ShouldBeNull();
    }

    [Fact]
    public async Task The_first_visit_asks_only_what_should_get_better()
    {
        await using var diary = await OwnDiary.Start(primary: null);
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Page.GotoAsync("/today");
        (await phone.Page.Locator("h1").InnerTextAsync()).ShouldBe("What should get better?");
        await phone.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Fatigue" }).TapAsync();
        await phone.Page.WaitForSelectorAsync("form.day-entry[data-ready]");
        (await phone.Page.Locator(".picks legend").First.InnerTextAsync()).ShouldStartWith("Fatigue");
        diary.State.ShouldBe(["course primary = fatigue"]);
    }

    private static double Seconds(int taps, int words) => (taps * SecondsATap) + (words / WordsASecond);

    // Everything that stands there but the figures on the keys.
    private static async Task<int> Words(Phone phone, string where)
    {
        var texts = await phone.Page.Locator(where).EvaluateAllAsync<string[]>("all => all.filter(e => !all.some(o => o !== e && o.contains(e)) && e.checkVisibility()).map(e => e.innerText)");
        var keys = await phone.Page.Locator(where).EvaluateAllAsync<int>("all => all.filter(e => !all.some(o => o !== e && o.contains(e))).flatMap(e => [...e.querySelectorAll('.pick span')]).filter(s => /^(\\d+|–)$/.test(s.textContent) && s.checkVisibility()).length");
        return texts.Sum(t => Regex.Count(t, @"[\p{L}\d.’]+|–")) - keys;
    }
}
