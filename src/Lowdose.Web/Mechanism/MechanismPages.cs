using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.Mechanism;

/// <summary>The address of the models: a question in the query, what they say in the page.</summary>
internal static class MechanismPages
{
    public static void Map(IEndpointRouteBuilder site) => site.MapGet("/mechanism", Page);

    private static RazorComponentResult<MechanismPage> Page(HttpRequest request)
    {
        var asked = new AskedQuestion(request.Query);
        return Reply.Page<MechanismPage>(new() { [nameof(MechanismPage.Asked)] = asked, [nameof(MechanismPage.Answer)] = asked.Question is { } question ? new Answer(question) : null },
            asked.Question is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
