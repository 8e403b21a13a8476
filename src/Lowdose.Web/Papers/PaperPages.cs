using Lowdose.Web.Layout;
using Lowdose.Web.Plans;
using Lowdose.Web.Reports.Pdf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Lowdose.Web.Papers;

/// <summary>The addresses of what is carried on paper: to a doctor, to a pharmacy, in a wallet.</summary>
internal static class PaperPages
{
    public static void Map(IEndpointRouteBuilder site, IClock clock)
    {
        site.MapGet("/sheet", () => Results.Redirect("/plan"));
        site.MapGet("/sheet.pdf", () => Results.Redirect("/plan"));
        site.MapPost("/sheet", async (HttpRequest request) => Sheet(clock, await Reply.Form(request).ConfigureAwait(false)));
        site.MapPost("/sheet.pdf", async (HttpRequest request) => Pdf(clock, await Reply.Form(request).ConfigureAwait(false)));
        site.MapGet("/wallet", () => Reply.Page<WalletPage>(new() { [nameof(WalletPage.Posted)] = PostedCard.Empty }));
        site.MapPost("/wallet", async (HttpRequest request) => Card(clock, await Reply.Form(request).ConfigureAwait(false)));
        site.MapGet("/prepare/capsules", () => Capsules(clock, FormCollection.Empty));
        site.MapPost("/prepare/capsules", async (HttpRequest request) => Capsules(clock, await Reply.Form(request).ConfigureAwait(false)));
        site.MapGet("/prepare/pharmacy", () => Pharmacy(clock, FormCollection.Empty));
        site.MapPost("/prepare/pharmacy", async (HttpRequest request) => Pharmacy(clock, await Reply.Form(request).ConfigureAwait(false)));
        site.MapGet("/prepare/cost", () => Costs(PostedCosts.None));
        site.MapPost("/prepare/cost", async (HttpRequest request) => Costs(PostedCosts.From(await Reply.Form(request).ConfigureAwait(false))));
    }

    private static IResult Sheet(IClock clock, IFormCollection form) => Carried(clock, form) is { } posted
        ? Reply.Page<SheetPage>(new() { [nameof(SheetPage.Posted)] = posted, [nameof(SheetPage.Today)] = Reply.Today(clock) })
        : Results.Redirect("/plan");

    private static IResult Pdf(IClock clock, IFormCollection form) => Carried(clock, form) is { } posted
        ? Results.File(new DoctorSheet(posted, Reply.Today(clock)).ForPaper().OnOnePage(form["paper"] == "letter" ? Paper.Letter : Paper.A4, Reply.Today(clock)), "application/pdf", "naltrexone-sheet.pdf")
        : Results.Redirect("/plan");

    // A sheet is about answers, a plan, or both; about nothing there is none.
    private static PostedPlan? Carried(IClock clock, IFormCollection form) => PostedPlan.From(form, Reply.Today(clock)) is { } posted && (posted.Screening ?? (object?)posted.Plan) is not null ? posted : null;

    private static IResult Card(IClock clock, IFormCollection form)
    {
        var posted = PostedCard.From(form, Reply.Today(clock));
        return posted.Wrong.Count > 0 || form.ContainsKey("change")
            ? Reply.Page<WalletPage>(new() { [nameof(WalletPage.Posted)] = posted }, Status(posted.Wrong.Count))
            : Reply.Page<WalletCardPage>(new() { [nameof(WalletCardPage.Posted)] = posted });
    }

    private static RazorComponentResult<CapsulesPage> Capsules(IClock clock, IFormCollection form)
    {
        var posted = PostedCourse.From(form, Reply.Today(clock));
        return Reply.Page<CapsulesPage>(new() { [nameof(CapsulesPage.Posted)] = posted }, Status(posted.Wrong.Count));
    }

    private static RazorComponentResult<PharmacyPage> Pharmacy(IClock clock, IFormCollection form)
    {
        var posted = PostedCourse.From(form, Reply.Today(clock));
        return Reply.Page<PharmacyPage>(new() { [nameof(PharmacyPage.Posted)] = posted, [nameof(PharmacyPage.Today)] = Reply.Today(clock) }, Status(posted.Wrong.Count));
    }

    private static RazorComponentResult<CostPage> Costs(PostedCosts posted) => Reply.Page<CostPage>(new() { [nameof(CostPage.Posted)] = posted }, Status(posted.Wrong.Count));

    private static int Status(int wrong) => wrong > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
}
