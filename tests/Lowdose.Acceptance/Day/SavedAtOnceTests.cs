using Lowdose.Diary;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Day;

/// <summary>U3: each tap is kept at once, and can be taken back at once, in ten seconds and tomorrow.</summary>
[Collection(nameof(Bedside))]
public sealed class SavedAtOnceTests(Bedside bedside)
{
    [Fact]
    public async Task A_tab_killed_after_each_tap_loses_nothing()
    {
        await using var diary = await OwnDiary.Start(dose: "taken 4.5 mg");
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        (string Field, string Value)[] taps = [("pain", "7"), ("dose", "taken 4.5 mg"), ("crash", "yes"), ("pain", "6"), ("pain", "10")];
        foreach (var (field, value) in taps)
        {
            await phone.Go();
            await phone.Tap(field, value);
            await phone.KillTab();
            await Phone.Soon(() => diary.Value(OwnDiary.Today, field)?.StartsWith(value, StringComparison.Ordinal) == true, $"{field} {value}");
        }
        diary.DayWrites.Count(w => w.Write.Subject == Subjects.Day(OwnDiary.Today)).ShouldBe(taps.Length);
    }

    [Fact]
    public async Task A_tab_killed_while_lowdose_is_away_loses_nothing_either()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        await phone.ReadyForOffline();
        await diary.Stop();
        foreach (var pain in (string[])["7", "8", "3"])
        {
            await phone.Go();
            await phone.Tap("pain", pain);
            // What a thumb takes to leave the glass.
            await Task.Delay(150);
            await phone.KillTab();
        }
        await phone.Go();
        (await phone.Page.Locator("#saved [data-told]").InnerTextAsync()).ShouldContain("3 answers wait on this device");
        (await phone.Page.Locator("input[name=pain]:checked").GetAttributeAsync("value")).ShouldBe("3");
        await diary.Run();
        await phone.Go();
        await phone.AllSent();
        diary.Value(OwnDiary.Today, "pain").ShouldBe("3");
        diary.DayWrites.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Undo_takes_the_last_tap_back_and_every_version_stays()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        await phone.Tap("pain", "4");
        await phone.Tap("pain", "9");
        await phone.Page.Locator("[data-undo]").TapAsync();
        await phone.AllSent();
        diary.Value(OwnDiary.Today, "pain").ShouldBe("4");
        diary.DayWrites.Select(w => w.Write.Changes[0].Value).ShouldBe(["4", "9", "4"]);
        (await phone.Page.Locator("input[name=pain]:checked").GetAttributeAsync("value")).ShouldBe("4");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_was_written_yesterday_can_be_taken_back_today_with_and_without_a_script(bool script)
    {
        await using var diary = await OwnDiary.Start();
        var yesterday = OwnDiary.Today.PlusDays(-1);
        diary.Write(Subjects.Day(yesterday), ("pain", "4"));
        diary.Write(Subjects.Day(yesterday), ("pain", "9"), ("crash", "yes"));
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script);
        await phone.Page.GotoAsync("/day/" + Phone.Iso(yesterday));
        await phone.Page.Locator("summary", new() { HasTextString = "All that was written" }).TapAsync();
        await phone.Page.Locator(".written li", new() { HasTextString = "Pain: 9, Crash: yes" }).GetByRole(AriaRole.Button).TapAsync();
        await Phone.Soon(() => diary.Value(yesterday, "pain") == "4" && diary.Value(yesterday, "crash") is null, "taken back");
        diary.DayWrites.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Same_as_yesterday_is_one_tap_says_so_and_copies_no_dose()
    {
        await using var diary = await OwnDiary.Start();
        diary.Write(Subjects.Day(OwnDiary.Today.PlusDays(-1)), ("pain", "6"), ("fatigue", "7"), ("dose", "taken 3 mg"), ("crash", "no"));
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        await phone.Tap("pain", "5");
        await phone.Page.Locator("[data-copy]").TapAsync();
        await phone.AllSent();
        diary.Value(OwnDiary.Today, "pain").ShouldBe("5");
        diary.Value(OwnDiary.Today, "fatigue").ShouldBe("7");
        diary.Value(OwnDiary.Today, "dose").ShouldBeNull();
        diary.Value(OwnDiary.Today, DayFields.SameAsYesterday).ShouldBe("crash,fatigue");
        await phone.Go();
        (await phone.Page.Locator("main").InnerTextAsync()).ShouldContain("Copied from the day before: Crash, Fatigue.");
    }

    [Fact]
    public async Task A_past_day_can_be_filled_in_and_is_marked_as_written_later()
    {
        await using var diary = await OwnDiary.Start();
        var day = OwnDiary.Today.PlusDays(-3);
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go(day);
        (await phone.Page.Locator("main").InnerTextAsync()).ShouldContain("marked as written later");
        await phone.Tap("pain", "2");
        await phone.AllSent();
        diary.Archive.Read(log => DayEntry.Of(log, day).IsLate("pain")).ShouldBe(true);
        await phone.Go(day);
        (await phone.Page.Locator(".written").InnerHTMLAsync()).ShouldContain("written later");
    }

    [Fact]
    public async Task A_note_another_amount_a_side_effect_and_a_treatment_are_kept()
    {
        await using var diary = await OwnDiary.Start(dose: "taken 4.5 mg");
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        foreach (var fold in (string[])["Side effects", "What else happened", "Note", "Another amount"]) await phone.Unfold(fold);
        await phone.Tap("effect/headache", "moderate");
        await phone.Tap("event/infection", "yes");
        await phone.Page.FillAsync("#treatment-name", "duloxetine 30 mg");
        await phone.Page.Locator("[data-add]").TapAsync();
        await phone.Page.FillAsync("#dose-amount", "3.0");
        await phone.Page.FillAsync("#note", "A line.\nAnd “another”, <b>with</b> marks.");
        await phone.Page.Locator("#note").BlurAsync();
        await phone.AllSent();
        diary.State.Where(s => s.StartsWith(Subjects.Day(OwnDiary.Today), StringComparison.Ordinal)).Select(s => s[("day/2026-11-22 ".Length)..]).Select(s => s.Split(" at ")[0]).ShouldBe(
            ["dose = taken 3 mg", "effect/headache = moderate", "event/infection = yes", "note = A line.\nAnd “another”, <b>with</b> marks.", "treatment/duloxetine 30 mg = started"]);
    }
}
