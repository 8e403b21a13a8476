using System.Collections.Concurrent;
using Lowdose.Acceptance.Day;
using Lowdose.Acceptance.Web;
using Microsoft.Playwright;
using NodaTime;

namespace Lowdose.Acceptance.Clinic;

/// <summary>Somebody of a clinic with a browser of their own, who comes in and works through the pages only.</summary>
internal sealed class Member : IAsyncDisposable
{
    private const string Password = "four quiet herons wading";

    private readonly string name;
    private string? key;
    private int codes;

    private Member(string name, IPage page, Visit visit)
    {
        (this.name, Page, Visit) = (name, page, visit);
        page.Response += (_, answer) =>
        {
            if (answer.Request.IsNavigationRequest) Answers.Add((answer.Request.Method, new Uri(answer.Url).AbsolutePath, answer.Status));
        };
    }

    public IPage Page { get; }
    public Visit Visit { get; }

    /// <summary>Every page that was asked for, and how it was answered.</summary>
    public ConcurrentBag<(string Method, string Path, int Status)> Answers { get; } = [];

    /// <summary>Opens a browser; with a device that makes passkeys.</summary>
    public static async Task<Member> Arrives(string name, IBrowser browser, OwnClinic clinic, int width)
    {
        var page = await clinic.Page(browser, width: width);
        await Authenticator.In(page);
        return new(name, page, new(page.Context, page, clinic.Address));
    }

    /// <summary>The words of the page, also those folded away, with plain spaces.</summary>
    public async Task<string> Reads(string part = "main")
    {
        await Unfolds();
        return await CarePath.Text(Visit, part);
    }

    /// <summary>Opens what is folded away.</summary>
    public Task Unfolds() => Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");

    /// <summary>Opens a page and reads it.</summary>
    public async Task<string> Opens(string path)
    {
        await Page.GotoAsync(path);
        return await Reads();
    }

    /// <summary>Presses a link or a button that leads to another page; what it is called as a pattern.</summary>
    public async Task Presses(AriaRole role, string called)
    {
        await Unfolds();
        var what = Page.GetByRole(role, new() { NameRegex = new(called) }).First;
        await Phone.Leave(Page, () => what.ClickAsync());
    }

    /// <summary>The first administrator begins with the code that was printed.</summary>
    public async Task Begins(string code, string organisation)
    {
        await Page.GotoAsync("/begin");
        await Page.FillAsync("#code", code);
        await Page.FillAsync("#organisation", organisation);
        await Page.FillAsync("#name", name);
        await MakesPasskey();
    }

    /// <summary>Lets somebody in, as this role; the code.</summary>
    public async Task<string> Invites(string role)
    {
        await Page.GotoAsync("/people");
        await Page.SelectOptionAsync("#role", role);
        await Presses(AriaRole.Button, "Make an invitation");
        return await Page.Locator("main code").First.InnerTextAsync();
    }

    /// <summary>Takes an invitation up with a passkey.</summary>
    public async Task JoinsWithPasskey(string code)
    {
        await TakesUp(code);
        await MakesPasskey();
    }

    /// <summary>Takes an invitation up with a password.</summary>
    /// <param name="code">Of the invitation.</param>
    /// <param name="app">Whether the clinic asks for a second step, as it does of staff.</param>
    public async Task JoinsWithPassword(string code, bool app)
    {
        await TakesUp(code);
        await Page.FillAsync("#sign-in-name", name.Split(' ')[0]);
        await Page.FillAsync("#password", Password);
        await Page.FillAsync("#again", Password);
        await Presses(AriaRole.Button, "Take this password");
        if (!app) return;
        new Uri(Page.Url).AbsolutePath.ShouldBe("/account/app");
        await Unfolds();
        key = await Page.Locator("details code").InnerTextAsync();
        await Page.FillAsync("#code", NextCode());
        await Presses(AriaRole.Button, "Turn it on");
        new Uri(Page.Url).AbsolutePath.ShouldBe("/account/printed");
    }

    /// <summary>Comes back after a while, when the session has ended.</summary>
    public async Task SignsIn(string then)
    {
        await Page.GotoAsync(then);
        new Uri(Page.Url).AbsolutePath.ShouldBe("/sign-in", name);
        if (key is null)
        {
            await Ask();
        }
        else
        {
            await Page.FillAsync("#name", name.Split(' ')[0]);
            await Page.FillAsync("#password", Password);
            await Presses(AriaRole.Button, "Sign in");
            await Page.FillAsync("#code", NextCode());
            await Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        }
        await Page.WaitForURLAsync("**" + then);
    }

    /// <summary>The computer's clock and this browser's.</summary>
    public Task Lives(Instant now) => Page.Clock.SetFixedTimeAsync(now.ToDateTimeUtc());

    public ValueTask DisposeAsync() => Visit.DisposeAsync();

    private async Task TakesUp(string code)
    {
        await Page.GotoAsync("/invitation");
        await Page.FillAsync("#code", code);
        await Presses(AriaRole.Button, "Go on");
        await Page.FillAsync("#name", name);
    }

    private async Task MakesPasskey()
    {
        await Ask();
        await Page.WaitForURLAsync("**/account?new=yes");
    }

    private async Task Ask()
    {
        await Page.WaitForSelectorAsync("form[data-passkey][data-ready]");
        await Page.Locator("[data-ask]").ClickAsync();
    }

    // A code is good once: the next one is that of half a minute later, which an app with a quick clock shows.
    private string NextCode() => Totp.Now(key!, codes++ % 2);
}
