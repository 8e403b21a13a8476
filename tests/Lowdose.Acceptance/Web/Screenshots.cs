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
    public async Task Are_taken_of_every_screen(string name, string place, int width, ColorScheme scheme)
    {
        if (Folder is not { } folder) return;
        await using var visit = await door.Visit(width, 800, scheme);
        await LookTests.Go(visit, place);
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    [Fact]
    public async Task Are_taken_of_the_printed_sheet()
    {
        if (Folder is not { } folder) return;
        await using var visit = await door.Visit(794, 1123, ColorScheme.Light);
        await LookTests.Go(visit, "/example/probably-works");
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await visit.Page.EvaluateAsync("document.body.style.padding = '36px 44px'");
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, "report-print.png"), FullPage = true });
    }

    private static string? Folder => Environment.GetEnvironmentVariable("LOWDOSE_SCREENSHOTS") is { Length: > 0 }
        ? Directory.CreateDirectory(Path.Combine(FrontDoor.Root, "docs", "screenshots")).FullName : null;
}
