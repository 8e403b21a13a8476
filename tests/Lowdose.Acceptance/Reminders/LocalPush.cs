using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Lowdose.Web.Reminders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lowdose.Acceptance.Reminders;

/// <summary>What reached the push service.</summary>
internal sealed record Arrived(string Path, IHeaderDictionary Headers, byte[] Body);

/// <summary>A push service on this computer, and one browser subscribed at it.</summary>
internal sealed class LocalPush : IAsyncDisposable
{
    private readonly WebApplication app;

    private LocalPush(WebApplication app) => this.app = app;

    /// <summary>Everything that was asked of it.</summary>
    public ConcurrentQueue<Arrived> Arrived { get; } = [];
    /// <summary>What it answers next; 201 where nothing is said.</summary>
    public ConcurrentQueue<(int Status, string? RetryAfter)> Answers { get; } = [];
    /// <summary>How long it thinks before it answers.</summary>
    public TimeSpan Thinks { get; set; }
    /// <summary>The browser's key pair.</summary>
    public ECDiffieHellman Browser { get; } = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    /// <summary>The browser's secret.</summary>
    public byte[] Auth { get; } = RandomNumberGenerator.GetBytes(16);
    /// <summary>Where it listens.</summary>
    public string Address { get; private set; } = "";

    public static async Task<LocalPush> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var local = new LocalPush(builder.Build());
        local.app.Run(local.Take);
        await local.app.StartAsync();
        local.Address = local.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return local;
    }

    public PushSubscription Subscription(string? endpoint = null)
    {
        PushSubscription.Of(endpoint ?? Address + "/push/one", Base64Url.EncodeToString(Decoder.Point(Browser.ExportParameters(false))), Base64Url.EncodeToString(Auth), out var made).ShouldBeNull();
        return made!;
    }

    public string Read(Arrived message) => System.Text.Encoding.UTF8.GetString(Decoder.DecryptPush(message.Body, Browser, Auth));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Browser.Dispose();
    }

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Arrived.Enqueue(new(context.Request.Path, new HeaderDictionary(context.Request.Headers.ToDictionary()), body.ToArray()));
        if (Thinks > TimeSpan.Zero) await Task.Delay(Thinks);
        var (status, retryAfter) = Answers.TryDequeue(out var answer) ? answer : (201, null);
        context.Response.StatusCode = status;
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        if (status == 302) context.Response.Headers.Location = Address + "/elsewhere";
    }
}
