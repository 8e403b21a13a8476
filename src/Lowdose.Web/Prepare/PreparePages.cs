using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Lowdose.Web.Prepare;

/// <summary>The addresses of the mixing card.</summary>
internal static class PreparePages
{
    public static void Map(IEndpointRouteBuilder site, IClock clock)
    {
        site.MapGet("/prepare", () => Reply.Page<PreparePage>(new() { [nameof(PreparePage.Posted)] = PostedMix.Empty(Reply.Today(clock)) }));
        site.MapPost("/prepare", async (HttpRequest request) => Mix(await Reply.Form(request).ConfigureAwait(false), clock));
    }

    private static IResult Mix(IFormCollection form, IClock clock)
    {
        var posted = PostedMix.From(form, Reply.Today(clock));
        if (posted.Card is null || form.ContainsKey("change") || form.ContainsKey("fill"))
            return Reply.Page<PreparePage>(new() { [nameof(PreparePage.Posted)] = posted }, posted.Card is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
        return posted.ToConfirm.Count > 0
            ? Reply.Page<ConfirmPage>(new() { [nameof(ConfirmPage.Posted)] = posted })
            : Reply.Page<CardPage>(new() { [nameof(CardPage.Posted)] = posted });
    }
}
