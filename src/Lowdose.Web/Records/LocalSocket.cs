using System.Text;
using System.Text.Json;
using Lowdose.Exchange;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.Audited;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using NodaTime;

namespace Lowdose.Web.Records;

/// <summary>
/// How a command beside a running server reaches the records: a Unix socket in the data folder, which only its owner may open.
/// What answers there answers nowhere else, and no page answers there.
/// </summary>
internal static class LocalSocket
{
    private const int LargestImportBytes = 256 << 20;

    private const string Scheme = "http://unix:";

    /// <summary>As one of the server's addresses.</summary>
    public static string Address(Archive archive) => Scheme + DataFolder.SocketIn(archive.Folder);

    /// <summary>Whether one of the server's addresses is the socket, which no browser can open.</summary>
    public static bool IsOne(string address) => address.StartsWith(Scheme, StringComparison.Ordinal);

    /// <summary>Marks what comes through a socket.</summary>
    public static void MarkLocal(this KestrelServerOptions kestrel) => kestrel.ConfigureEndpointDefaults(listen =>
    {
        if (listen.SocketPath is null) return;
        listen.Use(next => connection =>
        {
            connection.Features.Set(new Local());
            return next(connection);
        });
    });

    /// <summary>Answers the socket, before anything else sees the request.</summary>
    public static void UseLocalSocket(this WebApplication app, Archive archive)
    {
        var path = DataFolder.SocketIn(archive.Folder);
        // Left by a server that was killed; this process owns the folder, so nobody listens there.
        File.Delete(path);
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        });
        app.Lifetime.ApplicationStopped.Register(() => File.Delete(path));
        app.Use((context, next) => context.Features.Get<Local>() is null ? next(context) : Answer(context, archive));
    }

    private static async Task Answer(HttpContext context, Archive archive)
    {
        try
        {
            var answer = (context.Request.Method, context.Request.Path.Value) switch
            {
                ("GET", "/writes") => Writes(context, archive),
                ("POST", "/writes") => Import(context, archive),
                ("POST", "/backup") => BackUp(context, archive),
                ("POST", "/audit/verify") => AuditAnswers.Verify(context, archive),
                ("GET", "/audit/head") => AuditAnswers.Head(context, archive),
                ("POST", "/administrator") => Administrator(context, archive),
                _ => Say(context, StatusCodes.Status404NotFound, "this Lowdose does not know the command", "stop it and run the command again"),
            };
            await answer.ConfigureAwait(false);
        }
        catch (SealedException)
        {
            await Say(context, StatusCodes.Status423Locked, "the records are sealed", "give the passphrase to the running Lowdose first").ConfigureAwait(false);
        }
        catch (DamagedException damaged)
        {
            await Say(context, StatusCodes.Status500InternalServerError, "the diary is damaged: " + damaged.Message, "restore a backup: the daily ones are in the folder backups").ConfigureAwait(false);
        }
        catch (NotKeptException notKept)
        {
            await Say(context, notKept.Why == NotKept.DiskFull ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable, notKept.Message, "nothing was changed").ConfigureAwait(false);
        }
    }

    private static async Task Writes(HttpContext context, Archive archive)
    {
        var said = archive.Read(log =>
        {
            using var buffer = new MemoryStream();
            WritesJson.Write(log.Writes, buffer);
            return buffer.ToArray();
        });
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(said).ConfigureAwait(false);
    }

    private static async Task Import(HttpContext context, Archive archive)
    {
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = LargestImportBytes;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body).ConfigureAwait(false);
        if (WritesJson.Read(body.ToArray(), out var writes) is { } unread)
            await Say(context, StatusCodes.Status422UnprocessableEntity, unread.What, unread.Do).ConfigureAwait(false);
        else if (archive.Import(writes!, out var imported) is { } refused)
            await Say(context, StatusCodes.Status422UnprocessableEntity, refused.What, refused.Do).ConfigureAwait(false);
        else
            await Json(context, json =>
            {
                json.WriteNumber("added", imported!.Added);
                json.WriteNumber("known", imported.Known);
                json.WriteNumber("conflicts", imported.Conflicts);
            }).ConfigureAwait(false);
    }

    /// <summary>The body is the path, which the command has made absolute.</summary>
    private static async Task BackUp(HttpContext context, Archive archive)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var path = await reader.ReadToEndAsync().ConfigureAwait(false);
        if (archive.BackUp(path) is { } refused) await Say(context, StatusCodes.Status422UnprocessableEntity, refused.What, refused.Do).ConfigureAwait(false);
        else await Json(context, _ => { }).ConfigureAwait(false);
    }

    /// <summary>The body is what the organisation is called, or nothing.</summary>
    private static async Task Administrator(HttpContext context, Archive archive)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var named = await reader.ReadToEndAsync().ConfigureAwait(false);
        if (new Invitations(archive, SystemClock.Instance).InviteAdministrator(named.Length > 0 ? named : null, out var code, out var organisation) is { } refused)
            await Say(context, StatusCodes.Status422UnprocessableEntity, refused.What, refused.Do).ConfigureAwait(false);
        else
            await Json(context, json =>
            {
                json.WriteString("code", code);
                json.WriteString("organisation", organisation);
            }).ConfigureAwait(false);
    }

    internal static Task Say(HttpContext context, int status, string what, string @do)
    {
        context.Response.StatusCode = status;
        return Json(context, json =>
        {
            json.WriteString("what", what);
            json.WriteString("do", @do);
        });
    }

    internal static async Task Json(HttpContext context, Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(buffer.ToArray()).ConfigureAwait(false);
    }

    /// <summary>On a connection that came through the socket.</summary>
    private sealed class Local;
}
