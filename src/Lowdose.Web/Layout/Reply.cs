using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Lowdose.Web.Layout;

/// <summary>What every room answers with, and what it may ask of a request.</summary>
internal static class Reply
{
    /// <summary>The day it is where this computer is.</summary>
    /// <param name="clock">Says what time it is.</param>
    public static LocalDate Today(IClock clock) => clock.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb.GetSystemDefault()).Date;

    /// <summary>A page.</summary>
    /// <param name="parameters">The component's parameters by name.</param>
    /// <param name="status">The HTTP status.</param>
    public static RazorComponentResult<T> Page<T>(Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where T : IComponent => new(parameters) { StatusCode = status };

    /// <summary>A page with one thing to say.</summary>
    public static RazorComponentResult<MessagePage> Message(int status, string heading, string text) =>
        Page<MessagePage>(new() { [nameof(MessagePage.Heading)] = heading, [nameof(MessagePage.Text)] = text }, status);

    /// <summary>The posted fields; none where the post is no form.</summary>
    public static async Task<IFormCollection> Form(HttpRequest request) =>
        request.HasFormContentType ? await request.ReadFormAsync().ConfigureAwait(false) : FormCollection.Empty;
}
