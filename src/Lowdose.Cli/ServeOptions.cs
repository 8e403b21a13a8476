using System.Security.Cryptography.X509Certificates;
using Lowdose.Web.Pairing;
using NodaTime;

namespace Lowdose.Cli;

/// <summary>What <c>lowdose serve</c> was told, made ready to listen.</summary>
internal static class ServeOptions
{
    private const string PasswordVariable = "LOWDOSE_CERTIFICATE_PASSWORD";

    /// <summary>Where to listen, with which certificate.</summary>
    /// <param name="urls">Addresses, separated by semicolons.</param>
    /// <param name="certificate">A PFX file; null for one of Lowdose's own where an https address needs it.</param>
    /// <param name="data">The data directory; made where it is missing.</param>
    /// <param name="where">Ready to listen; null where the options are wrong.</param>
    /// <returns>0, or the exit code; what is wrong has then been said.</returns>
    public static int Read(string urls, string? certificate, string data, out Listening? where)
    {
        where = null;
        List<Uri> addresses = [];
        foreach (var written in urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(written, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
                return Program.CommandLineIsWrong($"--urls \"{written}\" is not an http or https address", "give one as http://127.0.0.1:5080 or https://0.0.0.0:5443");
            addresses.Add(url);
        }
        if (addresses.Count == 0) return Program.CommandLineIsWrong("--urls names no address", "give one as http://127.0.0.1:5080");
        var encrypted = addresses.Any(url => url.Scheme == Uri.UriSchemeHttps);
        if (certificate is not null && !encrypted) return Program.CommandLineIsWrong("--certificate is given, but no https address", "give one with --urls, as https://0.0.0.0:5443");
        X509Certificate2? shown = null;
        if (certificate is not null && Certificate(certificate, out shown) is { } refusal) return Program.CommandLineIsWrong(refusal.What, refusal.Do);
        where = new(addresses, shown);
        try
        {
            if (encrypted || !where.OnlyHere) Directory.CreateDirectory(data);
            if (encrypted && shown is null) where = where with { Certificate = ServerCertificate.OpenOrMake(data, Names(addresses), [.. Listening.OwnAddresses()], SystemClock.Instance.GetCurrentInstant()) };
            if (!where.OnlyHere) where = where with { PhoneKey = PhoneKey.OpenOrMake(data) };
            return ExitCode.Done;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return Program.CommandLineIsWrong($"cannot write in the data directory {data}", "give one where you may write");
        }
    }

    /// <summary>Whether a push service could write there. Source: RFC 8292, section 2.1.</summary>
    public static bool IsContact(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && !text.Any(char.IsWhiteSpace)
        && (address.Scheme == Uri.UriSchemeMailto ? text.IndexOf('@', StringComparison.Ordinal) is var at && at > "mailto:".Length && at < text.Length - 1 : address.Scheme == Uri.UriSchemeHttps);

    private static string[] Names(IEnumerable<Uri> addresses) =>
        [.. Listening.OwnNames(), "localhost", .. addresses.Where(url => url.HostNameType == UriHostNameType.Dns && url.Host != "localhost").Select(url => url.Host)];

    /// <summary>The certificate; the password is asked for where a person is there to type it.</summary>
    private static CertificateRefusal? Certificate(string path, out X509Certificate2? certificate)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        var given = Environment.GetEnvironmentVariable(PasswordVariable);
        var refusal = ServerCertificate.Read(path, given, now, out certificate);
        if (refusal is not { Password: true } || given is not null || Console.IsInputRedirected) return refusal;
        Console.Error.Write($"Password of {path}: ");
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0) typed.Length--;
            else if (key.KeyChar >= ' ') typed.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return ServerCertificate.Read(path, typed.ToString(), now, out certificate);
    }
}
