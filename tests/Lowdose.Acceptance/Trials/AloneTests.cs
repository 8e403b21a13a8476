using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.Day;
using Lowdose.Acceptance.Records;
using Lowdose.Acceptance.Reminders;
using Lowdose.Acceptance.Web;
using Lowdose.Diary;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Trials;

/// <summary>Somebody alone, without a clinic or an account: a blinded n-of-1 on a small phone, with a friend who fills the bottles and is the only one who knows.</summary>
[Collection(nameof(Bedside))]
public sealed partial class A_blinded_trial_of_somebody_alone(Bedside bedside)
{
    private const string Passphrase = "kettle orbit willow tram";
    private const int PeriodDays = 21;

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Goes_from_the_plan_to_an_answer_that_is_checked(bool script)
    {
        var clock = new SetClock(TriedClinic.At(0));
        var store = Store.Usual();
        await using var diary = await OwnDiary.Start(primary: null, clock: clock, store: store);
        await using var person = await Phone.Open(bedside.Browser, diary.Address, script);
        await Plans(person, diary.Address, script);
        await Presses(person, "Take part");
        await IsRight(person, diary.Address, script);
        var held = await Fills(diary);
        await SeesNoArm(diary, store, held);
        await Lives(person, diary, clock, held, script);
        await SeesNoArm(diary, store, held);
        await Answers(person, diary, clock, held, script);
    }

    [Fact]
    public async Task The_same_form_shows_the_sheet_once_and_only_with_the_passphrase()
    {
        await using var diary = await OwnDiary.Start(primary: null);
        using var http = new HttpClient { BaseAddress = new(diary.Address) };
        await Consents(http);
        var once = Once(await http.GetStringAsync("/my-trial/friend"));
        (await Draws(http, once, "something else")).ShouldContain("The two passphrases differ");
        once = Once(await http.GetStringAsync("/my-trial/friend"));
        var sheet = await Draws(http, once);
        sheet.ShouldContain("naltrexone hydrochloride");
        (await Sends(http, "/my-trial/friend", ("once", once), ("passphrase", Passphrase), ("what", "sheet"))).ShouldNotContain("naltrexone hydrochloride");
        once = Once(await http.GetStringAsync("/my-trial/friend"));
        (await Sends(http, "/my-trial/friend", ("once", once), ("passphrase", "kettle orbit willow train"), ("what", "sheet"))).ShouldContain("The key is another");
        once = Once(await http.GetStringAsync("/my-trial/friend"));
        (await Sends(http, "/my-trial/friend", ("once", once), ("passphrase", Passphrase), ("what", "sheet"))).ShouldContain("naltrexone hydrochloride");
        (await http.GetStringAsync("/my-trial")).ShouldContain("2 times");
    }

    [Fact]
    public async Task The_persons_pages_are_the_same_whichever_bottle_holds_the_drug()
    {
        var seen = new Dictionary<bool, string>();
        for (var lot = 0; lot < 40 && seen.Count < 2; lot++)
        {
            var clock = new SetClock(TriedClinic.At(0));
            await using var diary = await OwnDiary.Start(primary: null, clock: clock);
            using var http = new HttpClient { BaseAddress = new(diary.Address) };
            await Consents(http);
            var sheet = Plain(await Draws(http, Once(await http.GetStringAsync("/my-trial/friend"))));
            var first = Row().Match(sheet) is { Success: true } row && row.Groups[1].Value == "naltrexone";
            if (seen.ContainsKey(first)) continue;
            await Sends(http, "/my-trial/start", ("day", Phone.Iso(TriedClinic.First)));
            clock.Now = TriedClinic.At(PeriodDays - 1);
            await Sends(http, "/my-trial/taken", ("taken", "yes"));
            var pages = new StringBuilder();
            foreach (var page in (string[])["/my-trial", "/today", "/course", "/my-trial/file", "/my-trial/friend", "/settings"]) pages.Append(await http.GetStringAsync(page));
            seen[first] = Masked(pages.ToString());
        }
        seen.Count.ShouldBe(2, "both arms came first in some lot");
        seen[true].ShouldBe(seen[false]);
    }

    [Fact]
    public async Task In_an_emergency_the_friend_opens_it_on_the_record_and_a_trial_that_is_not_over_asks_why_it_ends()
    {
        await using var diary = await OwnDiary.Start(primary: null);
        using var http = new HttpClient { BaseAddress = new(diary.Address) };
        await Consents(http);
        await Draws(http, Once(await http.GetStringAsync("/my-trial/friend")));
        await Sends(http, "/my-trial/start", ("day", Phone.Iso(OwnDiary.Today)));
        (await Sends(http, "/my-trial/friend", ("once", Once(await http.GetStringAsync("/my-trial/friend"))), ("passphrase", Passphrase), ("what", "emergency"), ("second", "Ann"), ("why", ""))).ShouldContain("No reason is given");
        var opened = await Sends(http, "/my-trial/friend", ("once", Once(await http.GetStringAsync("/my-trial/friend"))), ("passphrase", Passphrase), ("what", "emergency"), ("second", "Ann"), ("why", "an operation"));
        opened.ShouldContain("Some of these kits hold naltrexone");
        (await http.GetStringAsync("/my-trial/file")).ShouldContain("\"what\": \"unblinded\"");
        (await Sends(http, "/my-trial/close", ("why", ""))).ShouldContain("Periods remain");
        (await Sends(http, "/my-trial/close", ("why", "an operation"))).ShouldContain("Your friend’s passphrase");
        (await Sends(http, "/my-trial/reveal", ("passphrase", "not the one it was"))).ShouldContain("The key is another");
        (await Sends(http, "/my-trial/reveal", ("passphrase", Passphrase))).ShouldContain("The trial does not answer");
    }

    private static Task<string> Draws(HttpClient http, string once, string again = Passphrase) =>
        Sends(http, "/my-trial/friend", ("once", once), ("passphrase", Passphrase), ("again", again), ("form", "capsules"), ("volume", "1"), ("pack", "28"), ("spare", "3"), ("spares", "1"), ("shelf", ""));

    private static async Task Plans(Phone person, string address, bool script)
    {
        await person.Page.GotoAsync("/my-trial");
        await IsRight(person, address, script);
        await Presses(person, "Plan it", AriaRole.Link);
        await IsRight(person, address, script);
        await person.Page.FillAsync("#days", PeriodDays.ToString(CultureInfo.InvariantCulture));
        await person.Page.FillAsync("#pairs", "1");
        await person.Page.FillAsync("#name", "meadow");
        await person.Page.CheckAsync("[name=safe]");
        await Presses(person, "Make this trial");
        await IsRight(person, address, script);
        await person.Page.CheckAsync("[name=agreed]");
    }

    /// <summary>The friend's turn, in a private window; what the kits of the person hold.</summary>
    private async Task<IReadOnlyDictionary<int, bool>> Fills(OwnDiary diary)
    {
        await using var friend = await Phone.Open(bedside.Browser, diary.Address);
        await friend.Page.GotoAsync("/my-trial");
        await Presses(friend, "I am the friend", AriaRole.Link);
        await IsRight(friend, diary.Address, true);
        await friend.Page.FillAsync("#passphrase", Passphrase);
        await friend.Page.FillAsync("#again", Passphrase);
        await Presses(friend, "Draw the lot");
        await IsRight(friend, diary.Address, true);
        var held = (await friend.Page.Locator("tbody tr").AllInnerTextsAsync()).ToDictionary(row => int.Parse(Regex.Match(row, @"\d{6}").Value, CultureInfo.InvariantCulture), row => row.Contains("naltrexone", StringComparison.Ordinal));
        held.Count.ShouldBe(4, "one kit a period, and a spare of each kind");
        foreach (var label in await friend.Page.Locator(".label").AllInnerTextsAsync()) label.ShouldContain("Naltrexone or placebo");
        await Presses(friend, "Done: close it", AriaRole.Link);
        // The browser keeps no answer to a post; going back it has nothing to show.
        (await Should.ThrowAsync<PlaywrightException>(() => friend.Page.GoBackAsync())).Message.ShouldContain("ERR_CACHE_MISS");
        return held;
    }

    private static async Task Lives(Phone person, OwnDiary diary, SetClock clock, IReadOnlyDictionary<int, bool> held, bool script)
    {
        for (var period = 1; period <= 2; period++)
        {
            var first = (period - 1) * PeriodDays;
            clock.Now = TriedClinic.At(first);
            await person.Page.GotoAsync("/my-trial");
            if (period == 1) await Presses(person, "Begin on this day");
            var kit = int.Parse(Regex.Match(await Reads(person), @"one dose of kit (\d{6})").Groups[1].Value, CultureInfo.InvariantCulture);
            await Presses(person, "I took it");
            await IsRight(person, diary.Address, script);
            diary.Value(TriedClinic.First.PlusDays(first), DayFields.Dose).ShouldBe($"taken kit {kit}");
            for (var day = first; day < first + PeriodDays; day++) diary.Write(Subjects.Day(TriedClinic.First.PlusDays(day)), ("pain", ((held[kit] && day - first > 4 ? 2 : 7) + (day % 3) - 1).ToString(CultureInfo.InvariantCulture)));
            clock.Now = TriedClinic.At(first + PeriodDays - 1);
            await person.Page.GotoAsync("/my-trial");
            await person.Page.CheckAsync("input[name=guess][value=unknown]");
            await IsRight(person, diary.Address, script);
            await Presses(person, "Send");
        }
    }

    private static async Task Answers(Phone person, OwnDiary diary, SetClock clock, IReadOnlyDictionary<int, bool> held, bool script)
    {
        clock.Now = TriedClinic.At(2 * PeriodDays);
        await person.Page.GotoAsync("/my-trial");
        await Presses(person, "End the trial");
        await IsRight(person, diary.Address, script);
        await person.Page.FillAsync("#passphrase", Passphrase);
        await Presses(person, "Open it and read the answer");
        await IsRight(person, diary.Address, script);
        (await Reads(person)).ShouldContain("Nothing was changed. Drawing again from the seed deals the same.");
        var rows = await person.Page.Locator("section[aria-labelledby=allocation-h] tbody tr").AllInnerTextsAsync();
        rows.Count(row => row.Contains("naltrexone", StringComparison.Ordinal)).ShouldBe(1);
        held.Values.Count(drug => drug).ShouldBe(2, "the drug's kit and its spare");
        using var http = new HttpClient();
        var file = await http.GetByteArrayAsync(new Uri(diary.Address + "/my-trial/opened"));
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file)).ShouldBe(await person.Page.Locator("#commitment").InnerTextAsync());
    }

    /// <summary>Neither the pages nor the export nor the files on the disk say what a kit holds, or the passphrase.</summary>
    private static async Task SeesNoArm(OwnDiary diary, Store store, IReadOnlyDictionary<int, bool> held)
    {
        using var http = new HttpClient { BaseAddress = new(diary.Address) };
        var seen = new StringBuilder();
        foreach (var page in (string[])["/my-trial", "/my-trial/friend", "/my-trial/file", "/my-trial/sealed", "/my-trial/answer", "/my-trial/opened", "/today", "/course", "/settings"]) seen.Append(await http.GetStringAsync(page));
        using (var zip = new ZipArchive(await (await http.PostAsync("/settings/export", null)).Content.ReadAsStreamAsync()))
            foreach (var entry in zip.Entries)
            {
                using var text = new StreamReader(entry.Open());
                seen.Append(await text.ReadToEndAsync());
            }
        foreach (var file in Directory.EnumerateFiles(store.Folder.Path, "lowdose.db*", SearchOption.TopDirectoryOnly))
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new StreamReader(open, Encoding.Latin1);
            seen.Append(await bytes.ReadToEndAsync());
        }
        var all = seen.ToString();
        all.ShouldContain(held.Keys.First().ToString(CultureInfo.InvariantCulture));
        foreach (var secret in (string[])[Passphrase, "me 1 ", "ldn-4.5mg", "naltrexone hydrochloride 4.5", "lowdose allocation 1\n"]) all.ShouldNotContain(secret, Case.Sensitive);
    }

    private static async Task Consents(HttpClient http)
    {
        await Sends(http, "/my-trial/new", ("design", "trial-pairs"), ("people", "1"), ("days", PeriodDays.ToString(CultureInfo.InvariantCulture)), ("pairs", "1"), ("outcome", "pain"), ("change", "1"), ("decision", "Go on if it works."), ("name", "meadow"), ("safe", "yes"));
        (await Sends(http, "/my-trial/consent", ("agreed", "yes"))).ShouldContain("Now your friend draws the lot");
    }

    private static async Task<string> Sends(HttpClient http, string path, params (string Key, string Value)[] fields)
    {
        using var answer = await http.PostAsync(path, new FormUrlEncodedContent(fields.ToDictionary(f => f.Key, f => f.Value)));
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task Presses(Phone phone, string called, AriaRole role = AriaRole.Button)
    {
        await phone.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        await phone.Press(phone.Page.GetByRole(role, new() { NameRegex = new("^" + called) }).First);
    }

    private static async Task<string> Reads(Phone phone) => Regex.Replace((await phone.Page.Locator("main").InnerTextAsync()).Replace('\u00A0', ' '), @"\s+", " ");

    /// <summary>Axe, 320 px, large enough to press, and plain enough to read. Without a script only what the browser can measure itself.</summary>
    private static async Task IsRight(Phone phone, string address, bool script)
    {
        var visit = new Visit(phone.Context, phone.Page, address);
        (await phone.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth")).ShouldBe(320, phone.Page.Url);
        if (!script) return;
        (await CareLooks.Grade(visit)).ShouldBeInRange(-2, 6, await visit.Sentence);
        await CareLooks.AreRight(visit);
    }

    private static string Once(string page) => Regex.Match(page, "name=\"once\" value=\"([^\"]+)\"").Groups[1].Value;

    private static string Plain(string page) => Regex.Replace(Regex.Replace(page, "<[^>]+>", " "), @"\s+", " ");

    /// <summary>Ids, hashes, kit numbers and clock times by the order in which they first appear.</summary>
    private static string Masked(string text)
    {
        var names = new Dictionary<string, string>();
        return Numbers().Replace(text, m => names.TryGetValue(m.Value, out var name) ? name : names[m.Value] = $"[{names.Count}]");
    }

    [GeneratedRegex("[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![0-9])[1-9][0-9]{5}(?![0-9])")]
    private static partial Regex Numbers();

    [GeneratedRegex("(naltrexone|placebo)[a-z0-9. ]* me, period 1, days")]
    private static partial Regex Row();
}
