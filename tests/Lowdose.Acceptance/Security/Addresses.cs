using Lowdose.Acceptance.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Acceptance.Security;

/// <summary>Every address of a running clinic, so that no test of them all forgets one.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">With a slash first, and names in braces.</param>
/// <param name="Rule">Who may have it.</param>
internal sealed record Address(string Method, string Path, Admission Rule)
{
    /// <summary>All but the files that are the same for everybody.</summary>
    public static IReadOnlyList<Address> Of(OwnClinic clinic) =>
    [
        .. from endpoint in clinic.Endpoints.OfType<RouteEndpoint>()
           let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
           where !path.Contains("{*", StringComparison.Ordinal) && Asset.All.All(asset => asset.Path != path)
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
           select new Address(method, path, endpoint.Metadata.GetMetadata<Admission>()!),
    ];

    /// <summary>Those that differ from one visitor to the next; the others are asked for once, since some of them compute for long.</summary>
    public bool IsPersonal => Rule is not Admission.Anyone;

    /// <summary>The code of the answer on pain in fibromyalgia: an address that must not say so. Codes never change.</summary>
    public const string FibromyalgiaAnswer = "ea69791a";

    /// <summary>One that can be asked for.</summary>
    public string Filled(OwnClinic clinic) => Path.Replace("{date}", "2026-11-02", StringComparison.Ordinal).Replace("{day}", "2026-11-02", StringComparison.Ordinal)
        .Replace("/questionnaires/{id}", "/questionnaires/acr-2016", StringComparison.Ordinal).Replace("{id}", clinic.Admin.Id, StringComparison.Ordinal)
        .Replace("{code}", FibromyalgiaAnswer, StringComparison.Ordinal).Replace("{name}", "no-effect", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
}
