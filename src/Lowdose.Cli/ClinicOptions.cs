using System.CommandLine;
using Lowdose.Dosing;
using Lowdose.Records;
using Lowdose.Web.Pairing;
using Lowdose.Web.SignIn;

namespace Lowdose.Cli;

/// <summary>What <c>lowdose serve --mode clinic</c> was told besides.</summary>
/// <param name="KeyFile">The clinic's key; null for the one in the data folder.</param>
/// <param name="Address">Where a proxy in front shows Lowdose; null: nothing stands in front.</param>
internal sealed record ClinicOptions(string? KeyFile, string? Address)
{
    /// <summary>Accounts for many people, or none for one.</summary>
    public static Option<string> Mode()
    {
        var mode = new Option<string>("--mode") { Description = "personal: one person's own computer, no accounts; clinic: accounts, roles and consent", HelpName = "personal|clinic", DefaultValueFactory = _ => "personal" };
        mode.AcceptOnlyFromAmong("personal", "clinic");
        return mode;
    }

    /// <summary>A fresh option for the verb.</summary>
    public static Option<string?> Key() => new("--key") { Description = "the clinic's key, made where there is no file; every web node needs the same (default: clinic.key in the data folder)", HelpName = "FILE" };

    /// <summary>A fresh option for the verb.</summary>
    public static Option<string?> ShownAt() => new("--address") { Description = "where a proxy in front of the clinic shows it to people, such as https://clinic.example.org; nobody but the proxy may then reach Lowdose itself", HelpName = "URL" };

    /// <summary>Makes clinic mode ready.</summary>
    /// <param name="archive">The records.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="where">Where Lowdose listens.</param>
    /// <param name="clinic">Null where refused.</param>
    /// <returns>Null, or why not.</returns>
    public Refused? Open(Archive archive, string folder, Listening where, out ClinicMode? clinic)
    {
        clinic = null;
        Uri? address = null;
        if (Address is not null && (!Uri.TryCreate(Address, UriKind.Absolute, out address) || address.Scheme != Uri.UriSchemeHttps || address.AbsolutePath != "/"))
            return new($"--address \"{Address}\" is not the https address of a site", "give one as https://clinic.example.org");
        // A passkey and a session must not cross a network in the open.
        if (address is null && where.Urls.FirstOrDefault(url => url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback) is { } open)
            return new($"a clinic does not answer at {open.GetLeftPart(UriPartial.Authority)}, which is not encrypted", "give an https address with --urls, or the proxy's own with --address");
        return ClinicMode.Open(archive, KeyFile ?? Path.Combine(folder, "clinic.key"), address, out clinic);
    }

    /// <summary>Says how the first administrator comes in, where there is none.</summary>
    /// <param name="code">The code; null where somebody has begun.</param>
    /// <param name="address">Where.</param>
    public static void SayCode(string? code, string address)
    {
        if (code is null) return;
        Console.Out.WriteLine($"Nobody has begun yet. Open {address}/begin and type this code:");
        Console.Out.WriteLine($"    {code}");
        Console.Out.WriteLine("It works once. The next start makes another one.");
    }
}
