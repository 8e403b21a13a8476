using System.Security.Cryptography.X509Certificates;
using Lowdose.Web.Layout;
using Lowdose.Web.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.Pairing;

/// <summary>The addresses with which a phone is let in.</summary>
internal static class PairPages
{
    public static void Map(IEndpointRouteBuilder site, Listening where, PairedPhones phones)
    {
        // What lets a phone in is shown on this computer only: a phone that is in cannot let in another.
        site.MapGet("/pair", IResult (HttpContext context, IServer server) => !PhoneKey.IsHere(context)
            ? Reply.Message(StatusCodes.Status200OK, "This phone is paired", "To pair another, open this page on the computer that Lowdose runs on.")
            : Reply.Page<PairPage>(new()
            {
                [nameof(PairPage.Addresses)] = Listening.ForPhones(server.Features.Get<IServerAddressesFeature>()!.Addresses.Where(a => !LocalSocket.IsOne(a)).Select(a => new Uri(a)), Listening.OwnAddresses()),
                [nameof(PairPage.Key)] = phones.Key,
                [nameof(PairPage.Phones)] = phones.All,
                [nameof(PairPage.Certificate)] = where.Certificate,
            }));
        site.MapGet("/pair/{key}", IResult (string key, HttpContext context) => phones.Pair(context, key)
            ? Results.Redirect("/")
            : Reply.Message(StatusCodes.Status403Forbidden, "This square is not the one of this computer", "Open the page Pair a phone on the computer again, and scan the square there."));
        site.MapPost("/pair/forget", async (HttpContext context) =>
        {
            if (!PhoneKey.IsHere(context)) return Reply.Message(StatusCodes.Status403Forbidden, "This can be done on the computer only", "Open this page on the computer that Lowdose runs on.");
            if (Guid.TryParseExact((await Reply.Form(context.Request).ConfigureAwait(false))["phone"], "D", out var phone)) phones.Forget(phone);
            return Results.Redirect("/pair");
        });
        if (where.Certificate is { } certificate && ServerCertificate.IsOwn(certificate))
            site.MapGet("/pair/lowdose.crt", () => Results.Bytes(certificate.Export(X509ContentType.Cert), "application/x-x509-ca-cert", "lowdose.crt"));
    }
}
