using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Web;
using Lowdose.Web.Pairing;
using Microsoft.Playwright;
using NodaTime;

namespace Lowdose.Acceptance.Pairing;

/// <summary>The page with the square, in a real browser.</summary>
[Collection(nameof(FrontDoor))]
public sealed class PairLookTests(FrontDoor door)
{
    [NeedsNetwork]
    public async Task At_320_px_the_square_and_the_fingerprint_fit_and_every_rule_of_axe_holds()
    {
        using var folder = new TemporaryFolder();
        using var certificate = ServerCertificate.OpenOrMake(folder.Path, [Environment.MachineName], [], SystemClock.Instance.GetCurrentInstant());
        await using var site = await RunningSite.Start(new([new("https://0.0.0.0:0")], certificate, "YWWNWJxXRNXRIWylUJ1Ykw"));
        var context = await door.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 320, Height = 640 }, ColorScheme = ColorScheme.Dark, IgnoreHTTPSErrors = true });
        await using var visit = new Visit(context, await context.NewPageAsync(), $"https://localhost:{site.Port}");
        await visit.Page.GotoAsync($"https://localhost:{site.Port}/pair");
        await visit.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        (await visit.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth")).ShouldBe(320);
        (await visit.Page.Locator("svg.qr").EvaluateAsync<double>("e => e.getBoundingClientRect().right")).ShouldBeLessThanOrEqualTo(320);
        if (Environment.GetEnvironmentVariable("LOWDOSE_SCREENSHOTS") is { } pictures)
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, "pair-320.png"), FullPage = true });
        await visit.Page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(FrontDoor.Root, "tests", "Lowdose.Acceptance", "Web", "node_modules", "axe-core", "axe.min.js")));
        (await visit.Page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { rules: { "color-contrast-enhanced": { enabled: true } } })).violations.map(v => `${v.id}: ${v.nodes.map(n => n.target).join(" ")}`)
            """)).ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
        visit.Abroad.ShouldBeEmpty();
    }
}
