using System.CommandLine;
using Lowdose.Web;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lowdose.Cli;

/// <summary><c>lowdose serve</c>: the web pages, on this computer, until Ctrl-C.</summary>
internal static class Serve
{
    private const string Usual = "http://127.0.0.1:5080";

    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var urls = new Option<string?>("--urls") { Description = $"where to listen (default {Usual}, or a free port where that is taken)", HelpName = "URL" };
        var verb = new Command("serve", "Opens the pages in which a diary is judged, on this computer. Ctrl-C ends it.") { urls };
        verb.SetAction(parsed => Run(parsed.GetValue(urls)));
        return verb;
    }

    /// <summary>Serves until told to stop.</summary>
    /// <param name="urls">Where; null for the usual place.</param>
    public static int Run(string? urls)
    {
        if (!Uri.TryCreate(urls ?? Usual, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
            return Program.CommandLineIsWrong($"--urls \"{urls}\" is not an http address", $"give one as {Usual}");
        var app = Site.Build(url);
        try
        {
            app.Start();
        }
        catch (IOException) when (urls is null)
        {
            app = Site.Build(new Uri("http://127.0.0.1:0"));
            app.Start();
        }
        catch (IOException taken)
        {
            return Program.CommandLineIsWrong($"cannot listen on {urls}: {taken.Message.TrimEnd('.')}", "give another port with --urls");
        }
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Console.Out.WriteLine($"Lowdose is at {address}");
        Console.Out.WriteLine("Open it in a browser on this computer. Ctrl-C ends it.");
        app.WaitForShutdown();
        return ExitCode.Done;
    }
}
