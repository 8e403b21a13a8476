using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Access;

/// <summary>
/// Lets a request through to its address, with the record in hand, or answers as if there were no such address. Nobody can tell a page that is
/// not for them from one that does not exist. Source: docs/methods/clinic-access.md.
/// </summary>
internal static class Door
{
    private const string Others = "/for";

    /// <summary>Takes <c>/for/{record}</c> off the path, before an address is looked for.</summary>
    public static void UseRecordPaths(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments(Others, StringComparison.Ordinal, out var rest) && rest.Value is ['/', .. var named] && named.Length > 0)
        {
            var end = named.IndexOf('/', StringComparison.Ordinal);
            var record = end < 0 ? named : named[..end];
            context.Features.Set(new Named(record));
            context.Request.PathBase = context.Request.PathBase.Add($"{Others}/{record}");
            context.Request.Path = end < 0 ? "/" : named[end..];
        }
        return next(context);
    });

    /// <summary>Holds every address to its rule, on a person's own computer.</summary>
    public static void UsePersonalDoor(this WebApplication app, Archive archive)
    {
        var mine = RecordInHand.Mine(archive);
        app.Use((context, next) =>
        {
            context.Features.Set(mine);
            return RuleOf(context) switch { Admission.Anyone or Admission.OnlyPersonal => true, Admission.OnRecord(var may, _) => mine.Can(may), _ => false } ? next(context) : Nothing(context);
        });
    }

    /// <summary>Holds every address to its rule, in a clinic.</summary>
    public static void UseClinicDoor(this WebApplication app, Archive archive, IClock clock)
    {
        var (grants, trail) = (app.Services.GetRequiredService<Grants>(), app.Services.GetRequiredService<AuditTrail>());
        app.Use(async (context, next) =>
        {
            var (rule, who, named) = (RuleOf(context), context.Features.Get<Who>(), context.Features.Get<Named>());
            // Another's record has only what is about a record.
            if (rule is null or Admission.OnlyPersonal || (named is not null && rule is not Admission.OnRecord)) { await Nothing(context).ConfigureAwait(false); return; }
            if (who is null && rule is not Admission.Anyone) { await AskWho(context).ConfigureAwait(false); return; }
            var hand = who is null ? null : InHand(archive, grants, who, named?.Record ?? who.Record, clock.GetCurrentInstant());
            context.Features.Set(hand);
            var allowed = rule switch
            {
                Admission.Anyone or Admission.SignedIn => true,
                Admission.InRole(var role) => who!.Roles.Contains(role),
                Admission.OnRecord(var may, _) => hand?.Can(may) == true,
                _ => false,
            };
            if (!allowed) { await Nothing(context).ConfigureAwait(false); return; }
            // Kept before anything is shown; where it cannot be, nothing is.
            if (rule is Admission.OnRecord(_, var part) && !hand!.IsOwn)
                trail.Note(new(IsRead(context.Request) ? Act.RecordSeen : Act.RecordWritten, who!.Account, who.Organisation, hand.Person, Told(context, part, clock)));
            await next(context).ConfigureAwait(false);
        });
    }

    /// <summary>Every address has a rule; one that was forgotten stops the start.</summary>
    /// <exception cref="InvalidOperationException">One has none.</exception>
    public static void EveryAddressHasARule(this WebApplication app)
    {
        foreach (var endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints))
            if (endpoint.Metadata.GetMetadata<Admission>() is null) throw new InvalidOperationException($"{endpoint.DisplayName} has no rule");
    }

    /// <summary>There is nothing here, or nothing for you.</summary>
    public static IResult Nothing() => Reply.Message(StatusCodes.Status404NotFound, "There is nothing here", "The address is wrong, or the page has gone.");

    private static Task Nothing(HttpContext context)
    {
        // The same page to the letter, whatever was asked for.
        context.Features.Set<RecordInHand>(null);
        context.Request.PathBase = PathString.Empty;
        return Nothing().ExecuteAsync(context);
    }

    private static RecordInHand? InHand(Archive archive, Grants grants, Who who, string? record, Instant now)
    {
        if (record is null) return null;
        if (record == who.Record) return new(archive, record, who.Account, RecordInHand.Owner);
        var may = grants.Allowed(record, who.Account, who.Organisation, now);
        return may.Count == 0 ? null : new(archive, record, who.Account, may);
    }

    private static Task AskWho(HttpContext context)
    {
        var request = context.Request;
        if (IsRead(request)) return Results.Redirect("/sign-in?then=" + Uri.EscapeDataString(request.PathBase + request.Path)).ExecuteAsync(context);
        return Reply.Message(StatusCodes.Status401Unauthorized, "You are not signed in", "Sign in, go back and send this again.").ExecuteAsync(context);
    }

    // Of a day, which one.
    private static Detail Told(HttpContext context, RecordPart part, IClock clock) => part != RecordPart.Day ? Detail.Of(part)
        : context.Request.RouteValues["date"] is not string named ? Detail.Of(Reply.Today(clock))
        : LocalDatePattern.Iso.Parse(named) is { Success: true, Value: var day } ? Detail.Of(day) : Detail.Of(part);

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static Admission? RuleOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Admission>();

    /// <summary>The record an address names.</summary>
    private sealed record Named(string Record);
}
