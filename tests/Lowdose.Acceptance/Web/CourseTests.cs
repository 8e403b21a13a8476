using System.Diagnostics;
using System.Globalization;
using Lowdose.Acceptance.Day;
using Lowdose.Acceptance.Records;
using Lowdose.Diary;
using Microsoft.Playwright;
using NodaTime;

namespace Lowdose.Acceptance.Web;

/// <summary>My course, what it asks, and what is decided: seen, read and pressed.</summary>
[Collection(nameof(Bedside))]
public sealed class CourseTests(Bedside bedside)
{
    private static readonly LocalDate Today = OwnDiary.Today;
    private static readonly FixedClock Clock = new(Today.At(new LocalTime(18, 30)).InZoneLeniently(DateTimeZoneProviders.Tzdb.GetSystemDefault()).ToInstant());

    [Theory, InlineData(ColorScheme.Dark), InlineData(ColorScheme.Light)]
    public async Task Its_pages_are_seen_read_and_pressed_at_320_px(ColorScheme scheme)
    {
        await using var diary = await Course(60);
        for (var n = 0; n < 9; n++) diary.Write(Subjects.Day(Today.PlusDays(-n)), ("effect/headache", "mild"));
        diary.Write(Subjects.Day(Today), ("treatment/tramadol", "started"));
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, scheme: scheme);
        await using var visit = new Visit(phone.Context, phone.Page, diary.Address);
        foreach (var (path, isForPatients) in ((string, bool)[])[("/course", true), ("/decide", true), ("/course/weeks", true), ("/course/report", false), ("/today", true), ("/", true)]) await Look(visit, path, isForPatients);
        visit.Abroad.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_opioid_told_to_the_diary_is_found_at_once_on_the_course_and_on_today()
    {
        await using var diary = await Course(20);
        using var http = new HttpClient { BaseAddress = new(diary.Address) };
        (await http.GetStringAsync(new Uri("/course", UriKind.Relative))).ShouldNotContain("tramadol");
        diary.Write(Subjects.Day(Today), ("treatment/tramadol", "started"));
        foreach (var page in (string[])["/course", "/today"]) (await http.GetStringAsync(new Uri(page, UriKind.Relative))).ShouldContain("Stop: tramadol");
        (await http.GetStringAsync(new Uri("/course", UriKind.Relative))).ShouldContain("Take no dose now. Ask your prescriber today.");
        diary.Write(Subjects.Day(Today), ("treatment/tramadol", null), ("event/rescue-medicine", "codeine 30 mg"));
        (await http.GetStringAsync(new Uri("/course", UriKind.Relative))).ShouldContain("codeine");
    }

    [Fact]
    public async Task A_diary_kept_without_a_plan_is_judged_and_reported_too()
    {
        await using var diary = await OwnDiary.Start();
        using var http = new HttpClient { BaseAddress = new(diary.Address) };
        (await http.GetStringAsync(new Uri("/course", UriKind.Relative))).ShouldContain("There is no course yet");
        for (var n = 70; n >= 0; n--) diary.Write(Subjects.Day(OwnDiary.Today.PlusDays(-n)), ("pain", n > 50 ? "7" : "4"), ("dose", n > 50 ? "skipped" : "taken 4.5 mg"));
        var page = await http.GetStringAsync(new Uri("/course", UriKind.Relative));
        page.ShouldContain("Today: All is written.");
        page.ShouldContain("No plan is kept here.");
        page.ShouldNotContain("Nothing to judge yet");
        page.ShouldContain("Week by week");
        (await http.GetStringAsync(new Uri("/course/report", UriKind.Relative))).ShouldContain("No plan was kept, so what was due is not known.");
        (await http.GetByteArrayAsync(new Uri("/course/report.pdf", UriKind.Relative))).Length.ShouldBeGreaterThan(10_000);
        (await http.GetStringAsync(new Uri("/decide", UriKind.Relative))).ShouldContain("Make a plan first");
    }

    [Fact]
    public async Task Half_a_year_is_shown_within_a_second_the_second_time()
    {
        await using var diary = await Course(182);
        using var http = new HttpClient { BaseAddress = new(diary.Address) };
        foreach (var page in (string[])["/course", "/course/weeks"])
        {
            await http.GetStringAsync(new Uri(page, UriKind.Relative));
            // The quickest of three: the machine may have been busy with something else.
            var quickest = TimeSpan.MaxValue;
            for (var time = 0; time < 3; time++)
            {
                var watch = Stopwatch.StartNew();
                (await http.GetStringAsync(new Uri(page, UriKind.Relative))).ShouldContain("half a year");
                quickest = watch.Elapsed < quickest ? watch.Elapsed : quickest;
            }
            quickest.ShouldBeLessThan(TimeSpan.FromSeconds(1), page);
        }
    }

    [Fact]
    public async Task What_is_decided_is_kept_with_who_and_why_once_and_without_script()
    {
        await using var diary = await Course(60);
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script: false);
        await using var visit = new Visit(phone.Context, phone.Page, diary.Address);
        await phone.Page.GotoAsync("/decide");
        await phone.Page.Locator("summary", new() { HasTextString = "Stay on this dose" }).ClickAsync();
        await phone.Page.FillAsync("#why-stay", "well on it");
        await phone.Page.Locator("form:has([value=stay]) button").ClickAsync();
        diary.State.Where(s => s.StartsWith("plan change", StringComparison.Ordinal)).ShouldBe([$"plan change/stay-{Phone.Iso(Today)} = stay from {Phone.Iso(Today)}: decided by my prescriber and I: well on it"]);
        (await CarePath.Text(visit)).ShouldNotContain("Next step");
    }

    [Fact]
    public async Task Not_now_is_quiet_until_tomorrow_and_the_plan_stays()
    {
        await using var diary = await Course(30);
        for (var n = 0; n < 8; n++) diary.Write(Subjects.Day(Today.PlusDays(-n)), ("effect/headache", "mild"));
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Page.GotoAsync("/today");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Not now" }).ClickAsync();
        (await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Hold this step" }).CountAsync()).ShouldBe(0);
        diary.State.ShouldContain($"settings not-now/side-effect-hold/headache = {Phone.Iso(Today)}");
        diary.State.ShouldNotContain(s => s.StartsWith("plan change", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bottle_that_was_mixed_says_what_is_left_and_when_to_have_more()
    {
        await using var diary = await Course(20);
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, script: false);
        await using var visit = new Visit(phone.Context, phone.Page, diary.Address);
        await phone.Page.GotoAsync("/course");
        await phone.Page.Locator("summary", new() { HasTextString = "I have a new bottle" }).ClickAsync();
        await CarePath.Press(visit, "Note it");
        (await CarePath.Text(visit)).ShouldContain("Have more by");
    }

    private static async Task Look(Visit visit, string path, bool isForPatients)
    {
        await visit.Page.GotoAsync(path);
        if (path == "/today") await visit.Page.WaitForSelectorAsync("form.day-entry[data-ready]");
        if (Environment.GetEnvironmentVariable("LOWDOSE_LOOK") is { Length: > 0 } folder)
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, path.Trim('/').Replace('/', '-') + ".png"), FullPage = true });
        if (isForPatients) (await CareLooks.Grade(visit)).ShouldBeLessThanOrEqualTo(6, path);
        await CareLooks.AreRight(visit);
    }

    /// <summary>A course of so many days so far: two weeks before, then the careful start.</summary>
    internal static async Task<OwnDiary> Course(int days)
    {
        var diary = await OwnDiary.Start(clock: Clock);
        var first = Today.PlusDays(-days + 1);
        diary.Write(Subjects.Plan, ("protocol", "prudent"), ("start", Phone.Iso(first.PlusDays(14))), ("time", "22:00"), ("product", "50 mg in 50 mL"));
        diary.Write(Subjects.Profile, ("medicines", "none"), ("conditions", "none"), ("surgeries", "none"), ("pregnancy", "no"), ("age", "43"), ("allergies", "none"), ("as-of", Phone.Iso(first)),
            ("labs", $"1742-6 | 20 | unit U/L | date {Phone.Iso(first)}\n1920-8 | 22 | unit U/L | date {Phone.Iso(first)}"));
        decimal[] doses = [0.5m, 1, 1.5m, 3, 4.5m];
        for (var n = 0; n < days - 1; n++)
        {
            List<(string, string?)> changes = [("pain", (n < 21 ? 6 + (n % 3) : 3 + (n % 3)).ToString(CultureInfo.InvariantCulture)), ("mood", (4 + (n % 4)).ToString(CultureInfo.InvariantCulture))];
            if (n >= 14) changes.Add(("dose", $"taken {doses[Math.Min(4, (n - 14) / 14)].ToString(CultureInfo.InvariantCulture)} mg"));
            diary.Write(Subjects.Day(first.PlusDays(n)), [.. changes]);
        }
        return diary;
    }
}
