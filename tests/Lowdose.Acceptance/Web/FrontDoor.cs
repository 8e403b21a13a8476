using System.Diagnostics;
using System.Runtime.InteropServices;
using Lowdose.Acceptance.Records;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>Lowdose as it is used: its own process on a free port of this computer, and a real browser.</summary>
public sealed class FrontDoor : IAsyncLifetime
{
    private Process? lowdose;
    private IPlaywright? playwright;

    /// <summary>Where it is, without a slash at the end.</summary>
    public string Address { get; private set; } = "";
    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;
    internal static readonly string[] ChromiumArguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    internal static string Chromium => OnPath("chromium", "chromium-browser", "google-chrome");
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    public async Task InitializeAsync()
    {
        (lowdose, Address) = await Start();
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium, Args = ChromiumArguments,
        });
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright?.Dispose();
        lowdose?.Kill();
        lowdose?.Dispose();
    }

    /// <summary>Starts another Lowdose, as published by bin/lowdose (which builds it first where sources are newer).</summary>
    internal static async Task<(Process Lowdose, string Address)> Start()
    {
        var store = Store.Usual();
        var start = new ProcessStartInfo(Path.Combine(Root, "bin", "lowdose"), ["serve", "--urls", "http://127.0.0.1:0", "--data", store.Folder.Path]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (store.Connection is { } connection) start.Environment["LOWDOSE_DATABASE"] = connection;
        var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(5));
        said.ShouldNotBeNull(customMessage: "lowdose serve ended at once");
        return (process, said.Split(' ')[^1]);
    }

    /// <summary>As Ctrl-C does.</summary>
    internal static void Interrupt(Process process) => Kill(process.Id, 2).ShouldBe(0);

    /// <summary>A fresh page, with a record of what it asked for and what it complained of.</summary>
    internal async Task<Visit> Visit(int width = 1100, int height = 900, ColorScheme scheme = ColorScheme.Dark, bool script = true, float scale = 1)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = Address, ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme,
            JavaScriptEnabled = script, DeviceScaleFactor = scale, ReducedMotion = ReducedMotion.Reduce,
        });
        return new Visit(context, await context.NewPageAsync(), Address);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private static string OnPath(params string[] names) => names
        .SelectMany(_ => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), (name, folder) => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("There is no Chromium on PATH; bin/test installs it");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Lowdose.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run inside the repository");
    }
}

/// <summary>One person's visit with a browser.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext context;

    public Visit(IBrowserContext context, IPage page, string address)
    {
        (this.context, Page) = (context, page);
        page.Request += (_, request) => { if (!request.Url.StartsWith(address, StringComparison.Ordinal)) Abroad.Add(request.Url); };
        page.Console += (_, message) => { if (message.Type is "error" or "warning") Complaints.Add(message.Text); };
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }
    /// <summary>Requests to anywhere but Lowdose.</summary>
    public List<string> Abroad { get; } = [];
    /// <summary>What the browser's console said.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>The headline, once the whole page is there: what is counted after it is counted whole.</summary>
    public Task<string> Sentence => Headline();

    private async Task<string> Headline()
    {
        var said = await Page.Locator("h1").InnerTextAsync();
        await Page.WaitForLoadStateAsync();
        return said;
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}

[CollectionDefinition(nameof(FrontDoor))]
public sealed class OneFrontDoor : ICollectionFixture<FrontDoor>;
