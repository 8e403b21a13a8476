using System.Net;
using System.Net.Sockets;
using Lowdose.Diary;

namespace Lowdose.Web.Reminders;

/// <summary>
/// Which addresses Lowdose may send a reminder to. The address comes from a browser, so it could be made up: it must be the https address of a push service on
/// the list, and the name must not lead to this computer or its network.
/// </summary>
/// <param name="Hosts">The push services: a name, or <c>.name</c> for every name below it.</param>
/// <param name="ThisComputer">For tests: <c>http</c> and this computer's own addresses are allowed too.</param>
public sealed record PushAllowance(IReadOnlyList<string> Hosts, bool ThisComputer = false)
{
    /// <summary>The push services of Chrome and its kin, Firefox, Safari and Edge.</summary>
    public static readonly PushAllowance Browsers = new(["fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com"]);

    /// <summary>Whether an address may be asked.</summary>
    /// <returns>Why not; null where it may.</returns>
    public ReminderRefusal? Check(Uri endpoint)
    {
        const string Do = "use a browser whose push service Lowdose knows, or take the reminders into your calendar";
        if (ThisComputer && endpoint.IsLoopback) return null;
        if (endpoint.Scheme != Uri.UriSchemeHttps || !endpoint.IsDefaultPort || endpoint.UserInfo.Length > 0) return new("a push service is asked over https only", Do);
        var host = endpoint.IdnHost.ToLowerInvariant();
        return Hosts.Any(known => known[0] == '.' ? host.EndsWith(known, StringComparison.Ordinal) : host == known)
            ? null : new($"{host} is not a push service Lowdose knows", Do);
    }

    /// <summary>Whether a name may lead to this address: the open internet, or this computer where that is allowed.</summary>
    public bool MayConnect(IPAddress address) => IPAddress.IsLoopback(address) ? ThisComputer : IsPublic(address);

    // Special-purpose blocks: IANA registries, RFC 6890.
    private static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // NAT64 carries an IPv4 address in its last four bytes.
            if (b.AsSpan(0, 12).SequenceEqual((ReadOnlySpan<byte>)[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0])) return IsPublic(new(b.AsSpan(12)));
            var tunnelled = b is [0x20, 0x02, ..] or [0x20, 0x01, 0, 0, ..];
            return b[0] >> 5 == 1 && !tunnelled && b is not [0x20, 0x01, 0x0d, 0xb8, ..];
        }
        return b switch
        {
            [0 or 10 or 127 or >= 224, ..] => false,
            [100, >= 64 and < 128, ..] => false,
            [169, 254, ..] => false,
            [172, >= 16 and < 32, ..] => false,
            [192, 168, ..] or [192, 0, 0 or 2, _] or [192, 88, 99, _] => false,
            [198, 18 or 19, ..] or [198, 51, 100, _] or [203, 0, 113, _] => false,
            _ => true,
        };
    }
}
