using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Web.Pairing;
using NodaTime;

namespace Lowdose.Acceptance.Pairing;

/// <summary>What Lowdose shows over https.</summary>
public sealed class CertificateTests
{
    private static readonly Instant Now = SystemClock.Instance.GetCurrentInstant();
    private static readonly IPAddress Home = IPAddress.Parse("192.168.1.5");

    [Fact]
    public void One_of_its_own_is_made_once_for_the_owner_and_anew_when_it_runs_out_or_the_address_changes()
    {
        using var folder = new TemporaryFolder();
        using var first = ServerCertificate.OpenOrMake(folder.Path, ["attic", "attic.local"], [Home], Now);
        ServerCertificate.IsOwn(first).ShouldBeTrue();
        (first.MatchesHostname("attic.local"), first.MatchesHostname("192.168.1.5"), first.MatchesHostname("evil.example")).ShouldBe((true, true, false));
        (first.NotAfter - first.NotBefore).TotalDays.ShouldBeLessThan(825);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.Combine(folder.Path, "certificate.pfx")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        ServerCertificate.Fingerprint(ServerCertificate.OpenOrMake(folder.Path, ["attic", "attic.local"], [Home], Now)).ShouldBe(ServerCertificate.Fingerprint(first));
        ServerCertificate.Fingerprint(ServerCertificate.OpenOrMake(folder.Path, ["attic"], [IPAddress.Parse("192.168.1.6")], Now)).ShouldNotBe(ServerCertificate.Fingerprint(first));
        using var later = ServerCertificate.OpenOrMake(folder.Path, ["attic"], [Home], Now + Duration.FromDays(360));
        later.NotAfter.ShouldBeGreaterThan(first.NotAfter);
        Directory.GetFiles(folder.Path).ShouldHaveSingleItem();
    }

    [Trait("trust", "S11")]
    [Fact]
    public async Task The_pages_come_over_https_and_a_name_is_promised_to_stay_so()
    {
        using var folder = new TemporaryFolder();
        using var certificate = ServerCertificate.OpenOrMake(folder.Path, [Environment.MachineName], [Home], Now);
        await using var site = await RunningSite.Start(new([new("https://0.0.0.0:0")], certificate, "YWWNWJxXRNXRIWylUJ1Ykw"));
        using var here = RunningSite.Visitor();
        foreach (var (host, promised) in new[] { ("localhost", false), ("127.0.0.1", false), (Environment.MachineName, true) })
        {
            using var answer = await here.GetAsync(new Uri($"https://{host}:{site.Port}/"));
            (answer.StatusCode, answer.Headers.Contains("Strict-Transport-Security")).ShouldBe((HttpStatusCode.OK, promised), host);
        }
        var loaded = await here.GetByteArrayAsync(new Uri($"https://localhost:{site.Port}/pair/lowdose.crt"));
        using var shown = X509CertificateLoader.LoadCertificate(loaded);
        (shown.HasPrivateKey, ServerCertificate.Fingerprint(shown)).ShouldBe((false, ServerCertificate.Fingerprint(certificate)));
        if (Listening.OwnAddresses().Count == 0) return;
        var page = await here.GetStringAsync(new Uri($"https://localhost:{site.Port}/pair"));
        // It is shown in parts, so that it breaks well on a phone.
        page.Replace("</code><wbr><code>", "", StringComparison.Ordinal).ShouldContain(ServerCertificate.Fingerprint(certificate));
    }

    [Fact]
    public void A_password_opens_a_certificate_and_a_wrong_one_or_none_does_not()
    {
        using var folder = new TemporaryFolder();
        var file = Pfx(folder, "right", Now + Duration.FromDays(9));
        ServerCertificate.Read(file, "right", Now, out var read).ShouldBeNull();
        read!.HasPrivateKey.ShouldBeTrue();
        ServerCertificate.Read(file, "wrong", Now, out read)!.Password.ShouldBeTrue();
        ServerCertificate.Read(file, null, Now, out read)!.Password.ShouldBeTrue();
        read.ShouldBeNull();
        ServerCertificate.Read(file, "right", Now + Duration.FromDays(10), out _)!.What.ShouldContain("is good from");
    }

    [Fact]
    public void What_is_wrong_with_the_options_is_said_and_exits_2()
    {
        using var folder = new TemporaryFolder();
        // Where it is set nobody is asked to type.
        Environment.SetEnvironmentVariable("LOWDOSE_CERTIFICATE_PASSWORD", "wrong");
        var locked = Pfx(folder, "right", Now + Duration.FromDays(9));
        foreach (var (arguments, said) in new (string[], string)[]
        {
            (["--urls", "ftp://127.0.0.1"], "is not an http or https address"), (["--urls", ";"], "names no address"),
            (["--certificate", locked], "no https address"), (["--urls", "https://127.0.0.1:0", "--certificate", "missing.pfx"], "there is no certificate missing.pfx"),
            (["--urls", "https://127.0.0.1:0", "--certificate", folder.File("not.pfx", "not a certificate")], "is not a PFX file"),
            (["--urls", "https://127.0.0.1:0", "--certificate", locked], "LOWDOSE_CERTIFICATE_PASSWORD"),
        })
        {
            var run = LowdoseProcess.RunIn(folder.Path, ["serve", .. arguments]);
            (run.ExitCode, run.Output).ShouldBe((2, ""), said);
            run.Error.ShouldContain(said);
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        }
    }

    private static string Pfx(TemporaryFolder folder, string password, Instant until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=attic", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.ToDateTimeOffset().AddDays(-1), until.ToDateTimeOffset());
        var path = Path.Combine(folder.Path, "attic.pfx");
        File.WriteAllBytes(path, made.Export(X509ContentType.Pkcs12, password));
        return path;
    }
}
