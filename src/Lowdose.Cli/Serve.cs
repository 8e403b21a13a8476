using System.CommandLine;
using Lowdose.Records;
using Lowdose.Web;
using Lowdose.Web.Pairing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace Lowdose.Cli;

/// <summary><c>lowdose serve</c>: the web pages, on this computer, until Ctrl-C.</summary>
internal static class Serve
{
    private const string Usual = "http://127.0.0.1:5080";

    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var urls = new Option<string?>("--urls") { Description = $"where to listen, several with semicolons (default {Usual}, or a free port where that is taken); https://0.0.0.0:5443 lets phones in", HelpName = "URL" };
        var certificate = new Option<string?>("--certificate") { Description = "the certificate for https as PFX, its password in LOWDOSE_CERTIFICATE_PASSWORD (default: one that Lowdose makes and keeps)", HelpName = "PFX" };
        var (data, database) = (RecordsOptions.Data(), RecordsOptions.Database());
        var verb = new Command("serve", "Opens the pages of Lowdose on this computer. Ctrl-C ends it.") { urls, certificate, data, database };
        verb.SetAction(parsed => Run(parsed.GetValue(urls), parsed.GetValue(certificate), parsed.GetValue(data), parsed.GetValue(database)));
        return verb;
    }

    /// <summary>Serves until told to stop.</summary>
    /// <param name="urls">Where; null for the usual place.</param>
    /// <param name="certificate">The PFX file for https; null for none given.</param>
    /// <param name="data">The data folder; null for the usual one.</param>
    /// <param name="database">The PostgreSQL database; null for the one in the environment, or a file in the data folder.</param>
    public static int Run(string? urls, string? certificate = null, string? data = null, string? database = null)
    {
        if (ServeOptions.Read(urls ?? Usual, certificate, RecordsOptions.Folder(data), out var where) is not ExitCode.Done and var wrong) return wrong;
        if (Archive.Open(RecordsOptions.Folder(data), SystemClock.Instance, RecordsOptions.Connection(database), out var archive) is { } refused) return RecordsOptions.Refuse(refused);
        using var records = archive!;
        var app = Site.Build(where!, records);
        try
        {
            app.Start();
        }
        catch (IOException) when (urls is null)
        {
            // Its reminders have begun already, and would go out twice.
            ((IDisposable)app).Dispose();
            app = Site.Build(Listening.At(new("http://127.0.0.1:0")), records);
            app.Start();
        }
        catch (IOException taken)
        {
            return Program.CommandLineIsWrong($"cannot listen on {urls}: {taken.Message.TrimEnd('.')}", "give another port with --urls");
        }
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Where(address => !address.StartsWith("http://unix:", StringComparison.Ordinal));
        // "Every address" is none that a browser can open.
        foreach (var address in addresses) Console.Out.WriteLine($"Lowdose is at {address.Replace("//0.0.0.0:", "//localhost:", StringComparison.Ordinal).Replace("//[::]:", "//localhost:", StringComparison.Ordinal)}");
        Console.Out.WriteLine($"Your diary is in {records.Place}");
        Console.Out.WriteLine("Open it in a browser on this computer. Ctrl-C ends it.");
        if (where!.PhoneKey is not null) Console.Out.WriteLine("To let a phone in, open the page /pair on this computer.");
        if (where.Certificate is { } shown && ServerCertificate.IsOwn(shown)) Console.Out.WriteLine($"Its certificate is its own, SHA-256 {ServerCertificate.Fingerprint(shown)}");
        app.WaitForShutdown();
        return ExitCode.Done;
    }
}
