using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Load;
using Lowdose.Acceptance.Records;
using Lowdose.Records.Clinic;

namespace Lowdose.Acceptance.Deploy;

/// <summary>nginx with the lines of the manual before two servers of one clinic. Slow, because nginx is there for the slow tests only.</summary>
[Trait("speed", "slow")]
public sealed class ProxyTests : IAsyncLifetime, IDisposable
{
    // Where Debian puts it: not in everybody's path.
    private const string Name = "clinic.example.org", Usual = "/usr/sbin/nginx";

    private readonly ServerStore store = new();
    private readonly TemporaryFolder folder = new();
    private readonly (int Plain, int Tls) ports = (FreePort(), FreePort());
    private Served[] nodes = [];
    private Face[] faces = [];
    private Process? nginx;

    public async Task InitializeAsync()
    {
        faces = Crowd.In(store, 2, 3);
        var key = Path.Combine(store.Folder.Path, "clinic.key");
        nodes = await Task.WhenAll(((string[])["a", "b"]).Select(name => Task.Run(() => Served.StartClinic(Path.Combine(store.Folder.Path, name), store.Connection, "--key", key, "--address", "https://" + Name))));
        Certify();
        var site = Manual.Lines("proxy.md", null, ("127.0.0.1:5080", new Uri(nodes[0].Address).Authority), ("127.0.0.1:5081", new Uri(nodes[1].Address).Authority), ("listen 80;", $"listen 127.0.0.1:{ports.Plain};"),
            ("listen 443 ssl;", $"listen 127.0.0.1:{ports.Tls} ssl;"), ("/etc/lowdose/", folder.Path + "/"), ("/var/log/nginx/", folder.Path + "/"));
        var temporary = string.Concat(((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(kind => $"{kind}_temp_path {folder.Path}/{kind};\n"));
        var conf = folder.File("nginx.conf", $"pid {folder.Path}/pid;\nerror_log {folder.Path}/error.log;\ndaemon off;\nevents {{}}\nhttp {{\naccess_log {folder.Path}/access.log;\n{temporary}{site}\n}}\n");
        nginx = ChildProcess.Start(new ProcessStartInfo(File.Exists(Usual) ? Usual : "nginx", ["-c", conf, "-p", folder.Path]) { RedirectStandardError = true });
        using var http = Visitor();
        var patience = Stopwatch.StartNew();
        while (!await Answers(http))
        {
            (nginx.HasExited ? await nginx.StandardError.ReadToEndAsync() : "").ShouldBe("");
            patience.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task People_reach_the_clinic_over_https_by_its_name_and_its_headers_come_through()
    {
        using var http = Visitor();
        using var plain = await http.GetAsync(new Uri($"http://{Name}/sign-in?then=%2Ftoday"));
        plain.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        plain.Goes().ShouldBe($"https://{Name}/sign-in?then=%2Ftoday");
        using var page = await http.Get("/sign-in");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=2592000"]);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = "evil.example" } };
        (await http.SendAsync(foreign)).StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task Somebody_signed_in_writes_through_either_node_and_no_address_or_word_is_in_what_nginx_keeps()
    {
        using var http = Visitor(faces[0]);
        (await http.Get("/today")).StatusCode.ShouldBe(HttpStatusCode.OK);
        for (var n = 0; n < 4; n++) (await Keep(http, n)).ShouldBe(HttpStatusCode.OK);
        using var other = Visitor(faces[1]);
        (await other.Get($"/for/{faces[0].Record}/course")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        nginx!.Kill();
        nginx.WaitForExit();
        foreach (var kept in Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is not (".conf" or ".key" or ".pem")))
        {
            var text = await File.ReadAllTextAsync(kept);
            text.ShouldNotContain(faces[0].Record, Case.Sensitive, kept);
            text.ShouldNotContain("walnut", Case.Sensitive, kept);
        }
    }

    [Fact]
    public async Task Guesses_are_counted_for_the_visitor_whatever_they_say_they_are()
    {
        using var http = Visitor();
        HttpResponseMessage answer = null!;
        for (var i = 0; i < 21; i++)
        {
            using var guess = new HttpRequestMessage(HttpMethod.Get, "/invitation/" + PrintedCode.Strong()) { Headers = { { "X-Forwarded-For", $"198.51.100.{i}" } } };
            answer = await http.SendAsync(guess);
            if (i < 20) answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_by_Lowdose_with_a_page_and_far_beyond_by_nginx()
    {
        using var http = Visitor(faces[0]);
        (await Sent(http, 3 << 20)).ShouldBe((HttpStatusCode.RequestEntityTooLarge, true));
        (await Sent(http, 65 << 20)).ShouldBe((HttpStatusCode.RequestEntityTooLarge, false));
    }

    [Fact]
    public async Task Where_one_node_is_gone_the_other_answers_everybody()
    {
        using var http = Visitor(faces[0]);
        (await http.Get("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        nodes[0].Kill();
        for (var n = 0; n < 10; n++)
        {
            (await http.Get("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await http.Get("/today")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await Keep(http, n)).ShouldBe(HttpStatusCode.OK);
        }
        nodes[1].Kill();
        (await http.Get("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.BadGateway);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        if (nginx is { HasExited: false }) nginx.Kill(entireProcessTree: true);
        nginx?.WaitForExit();
        nginx?.Dispose();
        foreach (var node in nodes) node.Dispose();
        store.Dispose();
        folder.Dispose();
    }

    private static async Task<HttpStatusCode> Keep(HttpClient http, int n)
    {
        var write = Some.Past(n, ("note", "under the walnut"));
        using var answer = await http.PostAsync(new Uri("/writes", UriKind.Relative), Served.Content(write));
        return answer.StatusCode;
    }

    /// <summary>Posts so many bytes, asking first.</summary>
    /// <returns>The answer, and whether it is a page of Lowdose.</returns>
    private static async Task<(HttpStatusCode, bool)> Sent(HttpClient http, int bytes)
    {
        using var large = new HttpRequestMessage(HttpMethod.Post, "/verdict") { Content = new FormUrlEncodedContent([new("diary", new string('x', bytes))]), Headers = { ExpectContinue = true } };
        using var answer = await http.SendAsync(large);
        return (answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Contains("lowdose.css", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<bool> Answers(HttpClient http)
    {
        try
        {
            return (await http.Get("/health/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>A browser that finds the clinic by its name, on this computer.</summary>
    private HttpClient Visitor(Face? face = null)
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, SslOptions = new() { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Subject == "CN=" + Name },
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port == 80 ? ports.Plain : ports.Tls, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = new("https://" + Name) };
        if (face is not null) http.DefaultRequestHeaders.Add("Cookie", $"{OwnClinic.Cookie}={face.Session}");
        return http;
    }

    private void Certify()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=" + Name, key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        folder.File("certificate.pem", certificate.ExportCertificatePem());
        folder.File("certificate.key", key.ExportPkcs8PrivateKeyPem());
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
