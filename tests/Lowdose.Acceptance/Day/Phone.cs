using Microsoft.Playwright;
using NodaTime;

namespace Lowdose.Acceptance.Day;

/// <summary>A small phone in somebody's hand: 320 pixels wide. It counts taps and the words that are there to be read.</summary>
internal sealed class Phone : IAsyncDisposable
{
    private Phone(IBrowserContext context, IPage page) => (Context, Page) = (context, page);

    public IBrowserContext Context { get; }
    public IPage Page { get; private set; }
    public int Taps { get; private set; }

    public static async Task<Phone> Open(IBrowser browser, string address, bool script = true, ColorScheme scheme = ColorScheme.Dark, int height = 640)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address, ViewportSize = new() { Width = 320, Height = height }, ColorScheme = scheme, JavaScriptEnabled = script, HasTouch = true, ReducedMotion = ReducedMotion.Reduce,
        });
        return new(context, await context.NewPageAsync());
    }

    public static string Iso(LocalDate day) => day.ToString("uuuu-MM-dd", null);

    /// <summary>Opens a page of the diary and waits until it takes taps.</summary>
    public async Task Go(string path = "/today")
    {
        await Page.GotoAsync(path);
        await Page.WaitForSelectorAsync("form.day-entry[data-ready]");
    }

    public Task Go(LocalDate day) => Go("/day/" + Iso(day));

    /// <summary>One tap on an answer.</summary>
    public async Task Tap(string field, string value)
    {
        Taps++;
        await Page.Locator($"label.pick:has(input[name=\"{field}\"][value^=\"{value}\"]), .checks label:has(input[name=\"{field}\"])").First.TapAsync();
    }

    /// <summary>One tap on anything else.</summary>
    public async Task Tap(ILocator what)
    {
        Taps++;
        await what.TapAsync();
    }

    /// <summary>Presses what sends a form, and waits for the page it leads to.</summary>
    public Task Press(ILocator button) => Leave(Page, () => button.TapAsync());

    /// <summary>Does what leads to another page, and waits for that.</summary>
    public static async Task Leave(IPage page, Func<Task> press)
    {
        // The page that is pressed on is marked; where the mark is gone, the next page is there.
        await page.EvaluateAsync("document.documentElement.dataset.pressed = ''");
        await press();
        for (var i = 0; i < 400; i++)
        {
            try
            {
                if (await page.EvaluateAsync<bool>("document.readyState === 'complete' && document.documentElement.dataset.pressed === undefined")) return;
            }
            catch (PlaywrightException between) when (between.Message.Contains("context was destroyed", StringComparison.Ordinal) || between.Message.Contains("navigat", StringComparison.OrdinalIgnoreCase))
            {
                // Asked just when one page gave way to the next.
            }
            await Task.Delay(50);
        }
        throw new TimeoutException("no page came");
    }

    public Task Unfold(string summary) => Tap(Page.Locator("summary", new() { HasTextString = summary }).First);

    /// <summary>Until nothing waits to be sent.</summary>
    public Task AllSent() => Until("document.querySelector('#saved').dataset.unsent === '0'");

    /// <summary>Until something holds in the page, for longer than the page waits between two tries. The page's policy forbids Playwright's own way of waiting, which evaluates text.</summary>
    public async Task Until(string isSo)
    {
        for (var i = 0; i < 400 && !await Page.EvaluateAsync<bool>(isSo); i++) await Task.Delay(50);
        (await Page.EvaluateAsync<bool>(isSo)).ShouldBeTrue(isSo);
    }

    /// <summary>The tab dies, as when the phone needs its memory: no goodbye is said.</summary>
    public async Task KillTab()
    {
        var session = await Context.NewCDPSessionAsync(Page);
        _ = session.SendAsync("Page.crash");
        var dead = Page;
        Page = await Context.NewPageAsync();
        await dead.CloseAsync();
    }

    public async Task<int> Kept() => await Page.EvaluateAsync<int>("""
        () => new Promise(done => {
          const asked = indexedDB.open("lowdose", 1);
          asked.onsuccess = () => {
            const count = asked.result.transaction("unsent").objectStore("unsent").count();
            count.onsuccess = () => { asked.result.close(); done(count.result); };
          };
        })
        """);

    /// <summary>The worker is there and has put the empty pages by.</summary>
    public Task ReadyForOffline() => Page.EvaluateAsync("navigator.serviceWorker.ready.then(async () => { while (!(await caches.match('/offline/day'))) await new Promise(r => setTimeout(r, 50)); })");

    /// <summary>It is written, at the latest a moment from now.</summary>
    public static async Task Soon(Func<bool> isSo, string what)
    {
        for (var i = 0; i < 100 && !isSo(); i++) await Task.Delay(100);
        isSo().ShouldBeTrue(what);
    }

    public ValueTask DisposeAsync() => Context.DisposeAsync();
}
