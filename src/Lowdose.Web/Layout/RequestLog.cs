using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Layout;

/// <summary>
/// A line of JSON a request: when, method, kind of address, status, milliseconds. Nothing that anybody sent gets into it: the address is the pattern it matched, the
/// method one of a closed list. Source: deploy/README.md.
/// </summary>
internal static class RequestLog
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post];

    /// <summary>Begins it.</summary>
    /// <param name="app">The application.</param>
    /// <param name="clock">Says when.</param>
    /// <param name="to">Takes whole lines.</param>
    public static void UseRequestLog(this WebApplication app, IClock clock, TextWriter to)
    {
        var lines = new LogLines(to);
        app.Lifetime.ApplicationStopped.Register(lines.Dispose);
        app.Use(async (context, next) =>
        {
            var (began, others) = (Stopwatch.GetTimestamp(), context.Request.Path.StartsWithSegments("/for", StringComparison.Ordinal));
            try
            {
                await next(context).ConfigureAwait(false);
            }
            finally
            {
                lines.Add(Line(clock.GetCurrentInstant(), context, others, Stopwatch.GetElapsedTime(began)));
            }
        });
    }

    private static string Line(Instant now, HttpContext context, bool others, TimeSpan took)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("at", InstantPattern.General.Format(now));
            json.WriteString("method", Methods.FirstOrDefault(m => m == context.Request.Method) ?? "other");
            json.WriteString("address", (others ? "/for/{record}" : "") + ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none"));
            json.WriteNumber("status", context.Response.StatusCode);
            json.WriteNumber("ms", (long)took.TotalMilliseconds);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
