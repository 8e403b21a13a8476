using System.CommandLine;
using Lowdose.Records;
using Lowdose.Web;
using Lowdose.Web.Pairing;
using Lowdose.Web.SignIn;
using Microsoft.AspNetCore.Builder;
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
        var contact = new Option<string?>("--contact") { Description = "whom the makers of browsers may write to about reminders, as mailto:you@example.org or https://…; they see it with each one (default none; Apple refuses reminders without it)", HelpName = "ADDRESS" };
        var (data, database) = (RecordsOptions.Data(), RecordsOptions.Database());
        var (mode, key, shownAt) = (ClinicOptions.Mode(), ClinicOptions.Key(), ClinicOptions.ShownAt());
        var verb = new Command("serve", "Opens the pages of Lowdose on this computer. Ctrl-C ends it.") { urls, certificate, contact, data, database, mode, key, shownAt };
        verb.SetAction(parsed => Run(parsed.GetValue(urls), parsed.GetValue(certificate), parsed.GetValue(data), parsed.GetValue(contact), parsed.GetValue(database),
            parsed.GetValue(mode) == "clinic" ? new ClinicOptions(parsed.GetValue(key), parsed.GetValue(shownAt)) : null));
        return verb;
    }

    /// <summary>Serves until told to stop.</summary>
    /// <param name="urls">Where; null for the usual place.</param>
    /// <param name="certificate">The PFX file for https; null for none given.</param>
    /// <param name="data">The data folder; null for the usual one.</param>
    /// <param name="contact">Whom push services may write to; null for nobody.</param>
    /// <param name="database">The PostgreSQL database; null for the one in the environment, or a file in the data folder.</param>
    /// <param name="options">For a clinic; null for one person.</param>
    public static int Run(string? urls, string? certificate = null, string? data = null, string? contact = null, string? database = null, ClinicOptions? options = null)
    {
        if (contact is not null && !ServeOptions.IsContact(contact)) return Program.CommandLineIsWrong($"--contact \"{contact}\" is not an address", "give one as mailto:you@example.org or https://example.org/contact");
        if (ServeOptions.Read(urls ?? Usual, certificate, RecordsOptions.Folder(data), out var where) is not ExitCode.Done and var wrong) return wrong;
        if (Archive.Open(RecordsOptions.Folder(data), SystemClock.Instance, RecordsOptions.Connection(database), out var archive) is { } refused) return RecordsOptions.Refuse(refused);
        using var records = archive!;
        ClinicMode? clinic = null;
        if (options?.Open(records, RecordsOptions.Folder(data), where!, out clinic) is { } cannot) return RecordsOptions.Refuse(cannot);
        var app = Site.Build(where!, records, clinic: clinic, contact: contact);
        try
        {
            app.Start();
        }
        catch (IOException) when (urls is null)
        {
            // Its reminders have begun already, and would go out twice.
            ((IDisposable)app).Dispose();
            app = Site.Build(Listening.At(new("http://127.0.0.1:0")), records, clinic: clinic, contact: contact);
            app.Start();
        }
        catch (IOException taken)
        {
            return Program.CommandLineIsWrong($"cannot listen on {urls}: {taken.Message.TrimEnd('.')}", "give another port with --urls");
        }
        Say(app, records, where!, clinic);
        app.WaitForShutdown();
        return ExitCode.Done;
    }

    private static void Say(WebApplication app, Archive records, Listening where, ClinicMode? clinic)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Where(address => !address.StartsWith("http://unix:", StringComparison.Ordinal)).Select(Openable).ToArray();
        foreach (var address in addresses) Console.Out.WriteLine($"Lowdose is at {address}");
        Console.Out.WriteLine(clinic is null ? $"Your diary is in {records.Place}" : $"The records are in {records.Place}");
        Console.Out.WriteLine("Open it in a browser on this computer. Ctrl-C ends it.");
        if (clinic is not null) ClinicOptions.SayCode(clinic.FirstCode(records), clinic.Address?.GetLeftPart(UriPartial.Authority) ?? addresses[0]);
        else if (where.PhoneKey is not null) Console.Out.WriteLine("To let a phone in, open the page /pair on this computer.");
        if (where.Certificate is { } shown && ServerCertificate.IsOwn(shown)) Console.Out.WriteLine($"Its certificate is its own, SHA-256 {ServerCertificate.Fingerprint(shown)}");

        // "Every address" is none that a browser can open, and a passkey belongs to a name.
        string Openable(string address) => (clinic is null ? address : address.Replace("//127.0.0.1:", "//localhost:", StringComparison.Ordinal))
            .Replace("//0.0.0.0:", "//localhost:", StringComparison.Ordinal).Replace("//[::]:", "//localhost:", StringComparison.Ordinal);
    }
}
