using System.Net;
using System.Net.Sockets;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Records;
using Lowdose.Web;
using Lowdose.Web.Pairing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Lowdose.Acceptance.Pairing;

/// <summary>The pages in this process, on a free port of every address of this computer.</summary>
internal sealed class RunningSite : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TemporaryFolder folder;
    private readonly Archive archive;

    private RunningSite(WebApplication app, TemporaryFolder folder, Archive archive, int port) => (this.app, this.folder, this.archive, Port) = (app, folder, archive, port);

    public int Port { get; }

    public static async Task<RunningSite> Start(Listening where)
    {
        var folder = new TemporaryFolder();
        Archive.Open(folder.Path, SystemClock.Instance, out var archive).ShouldBeNull();
        var app = Site.Build(where, archive!);
        await app.StartAsync();
        return new(app, folder, archive!, new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(a => !a.Contains("unix", StringComparison.Ordinal))).Port);
    }

    /// <summary>A visitor from this computer; from another one where an address of it in the network is given: the server sees where a visitor comes from.</summary>
    public static HttpClient Visitor(IPAddress? from = null) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject.StartsWith("CN=Lowdose on", StringComparison.Ordinal) == true },
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            if (from is not null) socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        archive.Dispose();
        folder.Dispose();
    }
}

/// <summary>A test that needs an address of this computer other than its own 127.0.0.1; left out, saying so, where there is none.</summary>
internal sealed class NeedsNetworkAttribute : FactAttribute
{
    public NeedsNetworkAttribute()
    {
        if (Listening.OwnAddresses().Count == 0) Skip = "this computer has no address in a network";
    }
}
