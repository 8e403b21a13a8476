using System.Text.RegularExpressions;
using Lowdose.Acceptance.Web;
using Lowdose.Diary;
using Lowdose.Tests.Evidence;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Day;

/// <summary>That the diary can be seen, read and pressed in a dark room by somebody tired.</summary>
[Collection(nameof(Bedside))]
public sealed class DayLookTests(Bedside bedside)
{
    private static readonly string[] Places = ["primary", "/today", "written", "clash", "/settings", "/settings/reminders", "passphrase", "/unlock", "/offline", "/offline/day"];

    [Theory, InlineData(ColorScheme.Dark), InlineData(ColorScheme.Light)]
    public async Task Axe_finds_nothing_at_320_px_and_what_is_pressed_is_large(ColorScheme scheme)
    {
        foreach (var place in Places)
        {
            await using var diary = await In(place);
            await using var phone = await Phone.Open(bedside.Browser, diary.Address, scheme: scheme);
            await using var visit = new Visit(phone.Context, phone.Page, diary.Address);
            await Go(phone, place);
            await CareLooks.AreRight(visit);
            visit.Abroad.ShouldBeEmpty(place);
        }
    }

    [Fact]
    public async Task Wider_spacing_loses_nothing_nothing_moves_and_nothing_is_red()
    {
        foreach (var place in Places)
        {
            await using var diary = await In(place);
            await using var phone = await Phone.Open(bedside.Browser, diary.Address);
            await Go(phone, place);
            await Unfolded(phone);
            (await phone.Page.EvaluateAsync<int>("document.getAnimations().length")).ShouldBe(0);
            (await phone.Page.EvaluateAsync<string[]>("""
                [...document.querySelectorAll("body *")].flatMap(e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor, s.borderColor]; })
                  .filter(c => { const [r, g, b] = c.match(/\d+/g).map(Number); return r > 150 && g < 100 && b < 100; })
                """)).ShouldBeEmpty(place);
            await phone.Page.EvaluateAsync("""
                () => { for (const e of document.querySelectorAll("body, body *:not(svg, svg *)")) {
                  e.style.lineHeight = "1.5"; e.style.letterSpacing = ".12em"; e.style.wordSpacing = ".16em";
                  if (e.matches("p")) e.style.marginBottom = "2em";
                } }
                """);
            (await phone.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth")).ShouldBe(320, place);
        }
    }

    [Fact]
    public async Task A_dark_room_stays_dark()
    {
        await using var diary = await In("written");
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await Go(phone, "written");
        var picture = Convert.ToBase64String(await phone.Page.ScreenshotAsync());
        await phone.Page.GotoAsync("about:blank");
        // The mean relative luminance of the first screen (WCAG 2.2's definition).
        (await phone.Page.EvaluateAsync<double>("""
            async png => {
              const image = new Image();
              image.src = "data:image/png;base64," + png;
              await image.decode();
              const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height }), pen = canvas.getContext("2d");
              pen.drawImage(image, 0, 0);
              const { data } = pen.getImageData(0, 0, image.width, image.height);
              const linear = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
              let sum = 0;
              for (let i = 0; i < data.length; i += 4) sum += .2126 * linear(data[i]) + .7152 * linear(data[i + 1]) + .0722 * linear(data[i + 2]);
              return sum / (data.length / 4);
            }
            """, picture)).ShouldBeLessThan(0.10);
    }

    [Fact]
    public async Task It_is_read_at_the_sixth_grade_in_short_sentences_without_blame()
    {
        foreach (var place in Places)
        {
            await using var diary = await In(place);
            await using var phone = await Phone.Open(bedside.Browser, diary.Address);
            await Go(phone, place);
            await Unfolded(phone);
            var texts = await phone.Page.Locator("main").EvaluateAsync<string[]>("main => [...main.querySelectorAll('p:not(.buttons), li, summary, .checks label')].filter(e => !e.closest('.days-back')).map(e => e.innerText.trim()).filter(t => t.split(/\\s+/).length > 3)");
            string[] prose = [.. texts.Where(t => t[^1] is '.' or '?' or ':')];
            if (prose.Length > 0) ReadingGrade.Of(prose).ShouldBeLessThanOrEqualTo(6, place);
            texts.SelectMany(t => Regex.Split(t, @"[.!?:]\s|\n")).Where(s => Regex.Count(s, @"[\p{L}’']+") > 15).ShouldBeEmpty(place);
            var all = await phone.Page.Locator("main").InnerTextAsync();
            foreach (var word in (string[])["missed", "streak", "fail", "forgot", "should have", "!", "well done"]) all.ShouldNotContain(word, Case.Insensitive, place);
        }
    }

    [Trait("trust", "S13")]
    [Theory, InlineData("/today"), InlineData("/settings"), InlineData("/unlock"), InlineData("/sw.js"), InlineData("/manifest.webmanifest"), InlineData("/offline/day")]
    public async Task A_page_is_not_kept_and_may_ask_only_its_own_server(string path)
    {
        await using var diary = await OwnDiary.Start();
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(diary.Address + path));
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        policy.ShouldContain("connect-src 'self'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task It_can_be_installed()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Go();
        var session = await phone.Context.NewCDPSessionAsync(phone.Page);
        var manifest = await session.SendAsync("Page.getAppManifest");
        manifest!.Value.GetProperty("errors").GetArrayLength().ShouldBe(0);
        manifest.Value.GetProperty("data").GetString()!.ShouldContain("\"start_url\":\"/today\"");
    }

    // A diary in the state in which the place is worth a look.
    private static async Task<OwnDiary> In(string place)
    {
        var diary = await OwnDiary.Start(place == "primary" ? null : "pain", dose: "taken 4.5 mg");
        var today = Subjects.Day(OwnDiary.Today);
        if (place is "written" or "clash") diary.Write(Subjects.Day(OwnDiary.Today.PlusDays(-1)), ("pain", "4"), ("fatigue", "7"));
        if (place is "written" or "clash") diary.Write(today, ("pain", "6"), ("dose", "taken 4.5 mg at 22:05"), ("crash", "yes"), ("treatment/duloxetine 30 mg", "started"));
        if (place is "clash") diary.Archive.Append(new DiaryWrite(Guid.NewGuid(), today, null, [new("pain", "3")], NodaTime.SystemClock.Instance.GetCurrentInstant(), "UTC", "me")).ShouldBeOfType<Appended.Conflict>();
        if (place is "passphrase") diary.Archive.SetPassphrase("correct horse battery staple").ShouldBeNull();
        if (place is "/unlock")
        {
            diary.Archive.SetPassphrase("correct horse battery staple").ShouldBeNull();
            await diary.Stop();
            await diary.Run();
        }
        return diary;
    }

    private static async Task Go(Phone phone, string place)
    {
        await phone.Page.GotoAsync(place switch { "primary" or "written" or "clash" => "/today", "passphrase" => "/settings", _ => place });
        if (place is "/today" or "written" or "clash") await phone.Page.WaitForSelectorAsync("form.day-entry[data-ready]");
    }

    private static async Task Unfolded(Phone phone) => await phone.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
}
