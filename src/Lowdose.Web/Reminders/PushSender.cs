using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using NodaTime;

namespace Lowdose.Web.Reminders;

/// <summary>What a push service said to a message.</summary>
public abstract record PushAnswer
{
    /// <summary>It will pass the message on.</summary>
    public sealed record Taken : PushAnswer;
    /// <summary>The browser is no longer subscribed: forget the subscription.</summary>
    public sealed record Gone : PushAnswer;
    /// <summary>It cannot just now.</summary>
    /// <param name="After">How long it asks to wait.</param>
    public sealed record NotNow(Duration After) : PushAnswer;
    /// <summary>It never will, or it may not be asked.</summary>
    /// <param name="Why">Why; it names neither the address nor the text.</param>
    public sealed record Refused(string Why) : PushAnswer;
}

/// <summary>
/// Sends encrypted messages to push services, and to nothing else: no redirect is followed, no proxy asked, no cookie kept. Source: RFC 8030, 8291, 8292.
/// </summary>
public sealed class PushSender : IDisposable
{
    /// <summary>Every message is this long before it is encrypted, in bytes, so that its length tells nothing.</summary>
    public const int Padded = 256;
    /// <summary>How long the push service keeps a message for a browser that sleeps.</summary>
    public static readonly Duration Life = Duration.FromHours(4);

    private static readonly Duration UsualWait = Duration.FromMinutes(1), LongestWait = Duration.FromMinutes(30);
    private readonly VapidKey key;
    private readonly PushAllowance allowed;
    private readonly IClock clock;
    private readonly string? contact;
    private readonly HttpClient http;

    /// <summary>A sender.</summary>
    /// <param name="key">The key browsers subscribed with.</param>
    /// <param name="allowed">Where it may send.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="contact">Whom a push service may write to, <c>mailto:</c> or <c>https:</c>; null for nobody (Apple's service insists on one).</param>
    public PushSender(VapidKey key, PushAllowance allowed, IClock clock, string? contact)
    {
        (this.key, this.allowed, this.clock, this.contact) = (key, allowed, clock, contact);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectCallback = Connect,
        }) { Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Whether a push service is told whom it may write to. Apple's takes nothing without.</summary>
    public bool HasContact => contact is not null;

    /// <summary>Sends one message.</summary>
    /// <param name="to">The browser.</param>
    /// <param name="text">What is said, at most <see cref="Padded"/> bytes.</param>
    /// <param name="topic">A message that still waits at the push service is replaced by one of the same topic; letters and digits, at most 32.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<PushAnswer> Send(PushSubscription to, ReadOnlyMemory<byte> text, string topic, CancellationToken cancel)
    {
        if (allowed.Check(to.Endpoint) is { } refusal) return new PushAnswer.Refused(refusal.What);
        using var request = new HttpRequestMessage(HttpMethod.Post, to.Endpoint) { Content = new ByteArrayContent(Encrypted(to, text.Span)) };
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Headers.TryAddWithoutValidation("Authorization", key.Authorization(to.Endpoint, clock.GetCurrentInstant(), contact));
        request.Headers.Add("TTL", ((long)Life.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("Urgency", "normal");
        request.Headers.Add("Topic", topic);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
            return answer switch
            {
                { IsSuccessStatusCode: true } => new PushAnswer.Taken(),
                { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Gone } => new PushAnswer.Gone(),
                { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError } => new PushAnswer.NotNow(Wait(answer.Headers.RetryAfter)),
                _ => new PushAnswer.Refused($"the push service answered {(int)answer.StatusCode}"),
            };
        }
        catch (HttpRequestException abroad) when (abroad.InnerException is ForbiddenAddressException)
        {
            return new PushAnswer.Refused("the push service’s name leads to this computer or its network");
        }
        catch (HttpRequestException)
        {
            return new PushAnswer.NotNow(UsualWait);
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new PushAnswer.NotNow(UsualWait);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static byte[] Encrypted(PushSubscription to, ReadOnlySpan<byte> text)
    {
        using var once = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return to.Encrypt(text, Padded - text.Length, once, RandomNumberGenerator.GetBytes(EncryptedContent.KeyLength));
    }

    private Duration Wait(RetryConditionHeaderValue? asked)
    {
        var wait = asked?.Delta is { } delta ? Duration.FromTimeSpan(delta)
            : asked?.Date is { } date ? Instant.FromDateTimeOffset(date) - clock.GetCurrentInstant() : UsualWait;
        return Duration.Max(UsualWait, Duration.Min(wait, LongestWait));
    }

    // The name is looked up here and the very addresses that were checked are connected to: a name cannot change its mind in between.
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel).ConfigureAwait(false);
        if (!addresses.All(allowed.MayConnect)) throw new ForbiddenAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The name leads where nothing may be sent.</summary>
    private sealed class ForbiddenAddressException : Exception;
}
