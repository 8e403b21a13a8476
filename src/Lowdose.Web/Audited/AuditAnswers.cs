using System.Text;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.Records;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Lowdose.Web.Audited;

/// <summary>What <c>lowdose audit</c> asks of the running Lowdose, through the socket in its folder.</summary>
internal static class AuditAnswers
{
    /// <summary>The body holds anchors, or nothing.</summary>
    public static async Task Verify(HttpContext context, Archive archive)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.ASCII);
        var text = await reader.ReadToEndAsync().ConfigureAwait(false);
        IReadOnlyList<AuditAnchor>? anchors = [];
        if (text.Length > 0 && AuditAnchor.Read(text, out anchors, out _) is { } refused) await LocalSocket.Say(context, StatusCodes.Status422UnprocessableEntity, refused.What, refused.Do).ConfigureAwait(false);
        else
        {
            var finding = AuditWalk.Along(archive, anchors!);
            await LocalSocket.Json(context, json => AuditJson.Write(json, finding)).ConfigureAwait(false);
        }
    }

    /// <summary>One anchor, as a line.</summary>
    public static Task Head(HttpContext context, Archive archive)
    {
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(new AuditTrail(archive, SystemClock.Instance).Head().ToString());
    }
}
