using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.Asking;

/// <summary>The addresses of what helps a person to ask for LDN and to look further.</summary>
internal static class AskingPages
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/ask", () => Reply.Page<AskPage>(new()));
        site.MapGet("/resources", () => Reply.Page<ResourcesPage>(new()));
    }
}
