using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Lowdose.Web.Pairing;

/// <summary>Where Lowdose listens, and who may come in.</summary>
/// <param name="Urls">Its addresses, <c>http</c> or <c>https</c>; the hosts 0.0.0.0 and [::] mean every address of this computer, port 0 a free one.</param>
/// <param name="Certificate">What it shows over https; null where there is no https address.</param>
/// <param name="PhoneKey">What a phone must have shown once; null where only this computer can come in at all.</param>
public sealed record Listening(IReadOnlyList<Uri> Urls, X509Certificate2? Certificate = null, string? PhoneKey = null)
{
    /// <summary>On one address of this computer.</summary>
    /// <param name="url">Such as <c>http://127.0.0.1:5080</c>.</param>
    public static Listening At(Uri url) => new([url]);

    /// <summary>The addresses as the server takes them.</summary>
    public string[] Addresses => [.. Urls.Select(url => url.GetLeftPart(UriPartial.Authority))];

    /// <summary>Whether only programs on this computer reach it.</summary>
    public bool OnlyHere => Urls.All(url => url.IsLoopback);

    /// <summary>Whether it listens on every address of this computer.</summary>
    public bool Everywhere => Urls.Any(url => IsEverywhere(url));

    /// <summary>The addresses a phone in the same network can open, https first.</summary>
    /// <param name="bound">The addresses the server has, with their real ports.</param>
    /// <param name="own">The addresses this computer has in its networks.</param>
    public static IReadOnlyList<Uri> ForPhones(IEnumerable<Uri> bound, IReadOnlyList<IPAddress> own) =>
    [
        .. from url in bound
           where !url.IsLoopback
           orderby url.Scheme == Uri.UriSchemeHttps descending
           from host in IsEverywhere(url) ? own.Select(address => address.ToString()) : [url.Host]
           select new UriBuilder(url) { Host = host }.Uri,
    ];

    /// <summary>The IPv4 addresses of this computer in its networks; the one that leads outside is first.</summary>
    public static IReadOnlyList<IPAddress> OwnAddresses() =>
    [
        .. from network in NetworkInterface.GetAllNetworkInterfaces()
           where network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback
           let properties = network.GetIPProperties()
           orderby properties.GatewayAddresses.Count > 0 descending
           from address in properties.UnicastAddresses
           where address.Address.AddressFamily == AddressFamily.InterNetwork
           select address.Address,
    ];

    /// <summary>The names this computer goes by in its network.</summary>
    public static IReadOnlyList<string> OwnNames() => [Environment.MachineName.ToLowerInvariant(), Environment.MachineName.ToLowerInvariant() + ".local"];

    private static bool IsEverywhere(Uri url) => url.Host is "0.0.0.0" or "[::]";
}
