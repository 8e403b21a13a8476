using System.Text.RegularExpressions;
using Lowdose.Acceptance.Records;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web;
using Lowdose.Web.Pairing;
using Lowdose.Web.Reminders;
using Lowdose.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using NodaTime;

namespace Lowdose.Acceptance.Clinic;

/// <summary>A clinic in this process, on a free port of this computer, with a clock that can be set.</summary>
internal sealed partial class OwnClinic : IAsyncDisposable
{
    public const string Cookie = "__Host-lowdose-session";

    private readonly Store store;
    private readonly WebApplication app;

    private OwnClinic(Store store, Archive archive, ClinicMode mode, NodaTime.IClock clock, string? firstCode, Func<int, byte[]>? secrets, TextWriter? log)
    {
        (Archive, Mode, Clock, FirstCode) = (archive, mode, clock, firstCode);
        (Accounts, Sessions, Invitations, Passkeys, Codes) = (new(archive, clock), new(archive, clock), new(archive, clock), new(archive, clock), new(archive, mode.Key, clock));
        this.store = store;
        app = Site.Build(Listening.At(new("http://127.0.0.1:0")), archive, clock, mode, secrets: secrets, log: log);
    }

    public string Folder => store.Folder.Path;
    public Archive Archive { get; }
    public ClinicMode Mode { get; }
    public NodaTime.IClock Clock { get; }
    public string? FirstCode { get; }
    public Accounts Accounts { get; }
    public Sessions Sessions { get; }
    public Invitations Invitations { get; }
    public Passkeys Passkeys { get; }
    public RecoveryCodes Codes { get; }

    /// <summary>Every address there is.</summary>
    public IEnumerable<Endpoint> Endpoints => ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints);

    /// <summary>Where it is, by a name, since passkeys need one; without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The administrator who is there from the beginning, unless the clinic is empty.</summary>
    public Account Admin { get; private set; } = null!;

    /// <summary>Starts one.</summary>
    /// <param name="clock">Null: this computer's.</param>
    /// <param name="empty">Whether nobody has begun yet.</param>
    /// <param name="store">Where its records are; null: in a file, or where all tests keep theirs.</param>
    /// <param name="secrets">Where the lots of trials come from; null: this computer's source of secrets.</param>
    /// <param name="log">Takes a line for each request; null: the terminal.</param>
    public static async Task<OwnClinic> Start(NodaTime.IClock? clock = null, bool empty = false, Store? store = null, Func<int, byte[]>? secrets = null, TextWriter? log = null)
    {
        clock ??= SystemClock.Instance;
        store ??= Store.Usual();
        var archive = store.Open(clock);
        (ClinicMode.Open(archive, Path.Combine(store.Folder.Path, "clinic.key"), null, out var mode)?.What).ShouldBeNull();
        var clinic = new OwnClinic(store, archive, mode!, clock, empty ? mode!.FirstCode(archive) : null, secrets, log);
        if (!empty) clinic.Admin = clinic.Accounts.Begin("Clinic of the Meadow", new(NewId(), "Ada Admin"))!;
        await clinic.app.StartAsync();
        clinic.Address = clinic.app.Urls.Single(u => u.StartsWith("http://127.", StringComparison.Ordinal)).Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        return clinic;
    }

    /// <summary>Somebody of this role, made without the pages.</summary>
    public Account Somebody(Role role, string name = "Paula Person", Account? by = null, Gift? gift = null)
    {
        Accounts.Redeem(Invitations.Find(Invitations.Invite(by ?? Admin, role, gift))!, new(NewId(), name), out var account).ShouldBeNull();
        return account!;
    }

    /// <summary>A visitor who follows no redirect; signed in where an account is given.</summary>
    public HttpClient Visitor(Account? account = null, Way way = Way.Passkey) => Holding(account is null ? null : Sessions.Begin(account, "A test", way));

    /// <summary>A visitor whose browser holds this.</summary>
    public HttpClient Holding(string? secret)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(Address) };
        if (secret is not null) http.DefaultRequestHeaders.Add("Cookie", $"{Cookie}={secret}");
        return http;
    }

    /// <summary>A browser's page; signed in where an account is given.</summary>
    public async Task<IPage> Page(IBrowser browser, Account? account = null, Way way = Way.Passkey, int width = 320, bool script = true, ColorScheme scheme = ColorScheme.Dark)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = Address, ViewportSize = new() { Width = width, Height = 640 }, ColorScheme = scheme, JavaScriptEnabled = script, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        if (account is null) return page;
        // Playwright's own way names a domain, which a __Host- cookie must not have.
        var session = await context.NewCDPSessionAsync(page);
        var set = await session.SendAsync("Network.setCookie", new() { ["name"] = Cookie, ["value"] = Sessions.Begin(account, "A test", way), ["url"] = Address.Replace("http:", "https:", StringComparison.Ordinal), ["path"] = "/", ["secure"] = true, ["httpOnly"] = true, ["sameSite"] = "Lax" });
        set!.Value.GetProperty("success").GetBoolean().ShouldBeTrue();
        return page;
    }

    /// <summary>Ends the site's own looking for reminders, for a test that looks itself.</summary>
    public Task StopReminding() => app.Services.GetServices<IHostedService>().OfType<ReminderLoop>().Single().StopAsync(default);

    /// <summary>All that lies in the database, as whoever stole it would read it.</summary>
    public string Stolen()
    {
        if (store.Connection is null)
            return string.Concat(Directory.GetFiles(Folder, "lowdose.db*").Select(path => { using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite); using var reader = new StreamReader(file, System.Text.Encoding.Latin1); return reader.ReadToEnd(); }));
        var tables = store.Ask("SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = current_schema()")!.Split(',');
        // PostgreSQL says bytes in hexadecimal.
        return Bytes().Replace(string.Concat(tables.Select(table => store.Ask($"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t"))), hex => System.Text.Encoding.Latin1.GetString(Convert.FromHexString(hex.Groups[1].Value)));
    }

    [GeneratedRegex(@"\\+x((?:[0-9a-f]{2})*)")]
    private static partial Regex Bytes();

    public static string NewId() => Guid.NewGuid().ToString("N");

    /// <summary>Ends it and leaves its records where they are, for another program; whoever gave the store ends that.</summary>
    public async Task Leave()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Archive.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Leave();
        store.Dispose();
    }
}

/// <summary>The parts of a form.</summary>
internal static class Posted
{
    public static Task<HttpResponseMessage> Post(this HttpClient http, string path, params (string Name, string Value)[] fields) =>
        http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))));

    public static Task<HttpResponseMessage> Get(this HttpClient http, string path) => http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>What the browser is to hold from now on; null where nothing is said.</summary>
    public static string? Secret(this HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var set) && set.FirstOrDefault(c => c.StartsWith(OwnClinic.Cookie + "=", StringComparison.Ordinal)) is { } cookie ? cookie.Split(';')[0][(OwnClinic.Cookie.Length + 1)..] : null;

    public static string? Goes(this HttpResponseMessage answer) => answer.Headers.Location?.ToString();
}
