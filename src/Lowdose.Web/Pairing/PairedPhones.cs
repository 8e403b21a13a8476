using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Pairing;

/// <summary>One phone that was let in.</summary>
/// <param name="Id">Its name in the list.</param>
/// <param name="Kind">What it says it is ("iPhone").</param>
/// <param name="Since">The day it was paired, ISO 8601.</param>
/// <param name="Sum">SHA-256 of what it shows, in hexadecimal: who reads the file cannot come in with it.</param>
public sealed record PairedPhone(Guid Id, string Kind, string Since, string Sum);

/// <summary>
/// The phones that were let in. Each shows a token of its own, so that one can be forgotten and the others stay. Its file can be deleted: then every phone must
/// pair again. Safe for many threads at once.
/// </summary>
public sealed class PairedPhones
{
    private const string Cookie = "lowdose-phone";
    private const int TokenBytes = 16, Most = 50;

    private readonly Lock gate = new();
    private readonly string folder;
    private readonly IClock clock;
    private IReadOnlyList<PairedPhone> phones;

    /// <summary>Reads the list.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="key">What a phone must show to be paired; null where only this computer can come in at all.</param>
    /// <param name="clock">Says what day it is.</param>
    public PairedPhones(string folder, string? key, IClock clock)
    {
        (this.folder, Key, this.clock) = (folder, key, clock);
        phones = Read();
    }

    /// <summary>What stands in the square.</summary>
    public string? Key { get; private set; }

    /// <summary>Every phone, the last first.</summary>
    public IReadOnlyList<PairedPhone> All
    {
        get { lock (gate) return [.. phones.Reverse()]; }
    }

    /// <summary>Whether a request may pass: from this computer, or from a phone that was paired and not forgotten.</summary>
    internal bool Admits(HttpContext context) => PhoneKey.IsHere(context) || (Key is not null && Shown(context) is not null);

    /// <summary>Lets this phone in for a year, where it shows what stands in the square.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    internal bool Pair(HttpContext context, string shown)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        lock (gate)
        {
            // In the same time whatever is wrong, so that nobody finds it letter by letter.
            if (Key is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(Key))) return false;
            var again = Shown(context);
            var paired = new PairedPhone(Guid.NewGuid(), KindOf(context.Request.Headers.UserAgent.ToString()), LocalDatePattern.Iso.Format(clock.GetCurrentInstant().InUtc().Date), Sum(token));
            Keep([.. phones.Where(p => p != again).TakeLast(Most - 1), paired]);
        }
        context.Response.Cookies.Append(Cookie, token, new()
        {
            HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), Path = "/", IsEssential = true,
        });
        return true;
    }

    /// <summary>Ends what a phone may do. The square is another from then on: the old one may stand in the phone's history.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    internal void Forget(Guid id)
    {
        lock (gate)
        {
            if (phones.All(p => p.Id != id)) return;
            if (Key is not null) Key = PhoneKey.Renew(folder);
            Keep([.. phones.Where(p => p.Id != id)]);
        }
    }

    private PairedPhone? Shown(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(Cookie, out var token)) return null;
        var sum = Sum(token);
        lock (gate) return phones.FirstOrDefault(p => p.Sum == sum);
    }

    private static string Sum(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string KindOf(string agent) => Array.Find(["iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux"], kind => agent.Contains(kind, StringComparison.Ordinal)) ?? "A device";

    private void Keep(IReadOnlyList<PairedPhone> now)
    {
        OwnFile.Write(PathIn, JsonSerializer.SerializeToUtf8Bytes(now));
        phones = now;
    }

    private PairedPhone[] Read()
    {
        try
        {
            return File.Exists(PathIn) ? JsonSerializer.Deserialize<PairedPhone[]>(File.ReadAllBytes(PathIn)) ?? [] : [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // Then every phone pairs again.
            return [];
        }
    }

    private string PathIn => Path.Combine(folder, "phones.json");
}
