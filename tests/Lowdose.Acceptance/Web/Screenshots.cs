using Lowdose.Acceptance.Day;
using Lowdose.Diary;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>
/// The pictures in docs/screenshots, made again with:
/// LOWDOSE_SCREENSHOTS=1 dotnet test tests/Lowdose.Acceptance --filter makes=screenshots
/// </summary>
[Collection(nameof(FrontDoor)), Trait("speed", "slow"), Trait("makes", "screenshots")]
public sealed class Screenshots(FrontDoor door)
{
    [Theory]
    [InlineData("first-dark", "/", 1100, ColorScheme.Dark)]
    [InlineData("first-light", "/", 1100, ColorScheme.Light)]
    [InlineData("first-320", "/", 320, ColorScheme.Dark)]
    [InlineData("verdict-dark", "/example/probably-works", 1100, ColorScheme.Dark)]
    [InlineData("verdict-light", "/example/probably-works", 1100, ColorScheme.Light)]
    [InlineData("verdict-320", "/example/probably-works", 320, ColorScheme.Dark)]
    [InlineData("melatonin-dark", "/example/melatonin", 1100, ColorScheme.Dark)]
    [InlineData("refused-dark", "refused", 1100, ColorScheme.Dark)]
    [InlineData("refused-320", "refused", 320, ColorScheme.Dark)]
    [InlineData("style-dark", "/style", 1100, ColorScheme.Dark)]
    [InlineData("style-light", "/style", 1100, ColorScheme.Light)]
    [InlineData("screen-dark", "/screen", 1100, ColorScheme.Dark)]
    [InlineData("screen-320", "/screen", 320, ColorScheme.Dark)]
    [InlineData("found-dark", "found", 1100, ColorScheme.Dark)]
    [InlineData("found-320", "found", 320, ColorScheme.Dark)]
    [InlineData("plan-ask-dark", "/plan", 1100, ColorScheme.Dark)]
    [InlineData("plan-ask-320", "/plan", 320, ColorScheme.Dark)]
    [InlineData("protocols-320", "/plan/protocols", 320, ColorScheme.Dark)]
    [InlineData("plan-dark", "planned", 1100, ColorScheme.Dark)]
    [InlineData("plan-light", "planned", 1100, ColorScheme.Light)]
    [InlineData("plan-320", "planned", 320, ColorScheme.Dark)]
    [InlineData("plan-wait-320", "waiting", 320, ColorScheme.Dark)]
    [InlineData("month-dark", "month", 1100, ColorScheme.Dark)]
    [InlineData("month-320", "month", 320, ColorScheme.Dark)]
    [InlineData("prepare-dark", "/prepare", 1100, ColorScheme.Dark)]
    [InlineData("prepare-320", "/prepare", 320, ColorScheme.Dark)]
    [InlineData("card-dark", "card", 1100, ColorScheme.Dark)]
    [InlineData("card-320", "card", 320, ColorScheme.Dark)]
    [InlineData("danger-320", "/red-flags", 320, ColorScheme.Dark)]
    public async Task Are_taken_of_every_screen(string name, string place, int width, ColorScheme scheme)
    {
        if (Folder is not { } folder) return;
        await using var visit = await door.Visit(width, 800, scheme);
        await LookTests.Go(visit, place);
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    [Theory]
    [InlineData("report-print", "/example/probably-works"), InlineData("plan-print", "planned"), InlineData("month-print", "month"), InlineData("card-print", "card"), InlineData("found-print", "found")]
    public async Task Are_taken_of_the_printed_sheet(string name, string place)
    {
        if (Folder is not { } folder) return;
        await using var visit = await door.Visit(794, 1123, ColorScheme.Light);
        await LookTests.Go(visit, place);
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await visit.Page.EvaluateAsync("document.body.style.padding = '36px 44px'");
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    internal static string? Folder => Environment.GetEnvironmentVariable("LOWDOSE_SCREENSHOTS") is { Length: > 0 }
        ? Directory.CreateDirectory(Path.Combine(FrontDoor.Root, "docs", "screenshots")).FullName : null;
}

/// <summary>The pictures of a diary that is kept, made as the others are.</summary>
[Collection(nameof(Bedside)), Trait("speed", "slow"), Trait("makes", "screenshots")]
public sealed class DiaryScreenshots(Bedside bedside)
{
    [Fact]
    public async Task Are_taken_of_today_of_the_course_and_of_what_is_decided()
    {
        if (Screenshots.Folder is not { } folder) return;
        await using var diary = await CourseTests.Course(70);
        for (var n = 0; n < 5; n++) diary.Write(Subjects.Day(OwnDiary.Today.PlusDays(-30 - n)), ("effect/headache", "mild"));
        foreach (var (name, path) in ((string, string)[])[("today-320", "/today"), ("course-320", "/course"), ("course-dark", "/course"), ("weeks-320", "/course/weeks"), ("decide-320", "/decide"), ("settings-320", "/settings"), ("doctor-print", "/course/report"), ("ask-print", "/ask"), ("pool-dark", "/pool/example"), ("pool-320", "/pool/example")])
        {
            var (width, scheme, media) = name.Split('-')[1] switch { "320" => (320, ColorScheme.Dark, Media.Screen), "print" => (794, ColorScheme.Light, Media.Print), _ => (1100, ColorScheme.Dark, Media.Screen) };
            await using var context = await bedside.Browser.NewContextAsync(new() { BaseURL = diary.Address, ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var page = await context.NewPageAsync();
            await page.GotoAsync(path);
            await page.EmulateMediaAsync(new() { Media = media });
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
