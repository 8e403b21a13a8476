using Lowdose.Acceptance.Day;
using Lowdose.Acceptance.Web;
using Lowdose.Records.Clinic;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Clinic;

/// <summary>That the pages of carers, pharmacists and researchers can be seen and pressed, dark, at 320 px, without a script.</summary>
[Collection(nameof(Bedside))]
public sealed class RoleLookTests(Bedside bedside)
{
    [Fact]
    public async Task Axe_finds_nothing_at_320_px_and_each_role_finds_its_page_from_any_other()
    {
        await using var cared = await Cared.Start();
        var paula = CohortTests.Agreed(cared, 6)[0];
        var nora = cared.Clinic.Somebody(Role.Carer, "Nora Niece", paula, new(paula.Record!, May.Write, null));
        var fia = cared.Clinic.Somebody(Role.Pharmacist, "Fia Pharmacist");
        new Consent(cared.Clinic.Archive, cared.Clinic.Clock).Give(paula, fia.Id, May.Prepare).ShouldBeNull();
        var rosa = cared.Clinic.Somebody(Role.Researcher, "Rosa Researcher");
        (string Place, Account Who, string Link)[] places =
            [("/helping", nora, "/helping"), ("/preparing", fia, "/preparing"), ($"/for/{paula.Record}/preparation", fia, "/preparing"), ("/cohort", rosa, "/cohort"), ("/account", rosa, "/cohort")];
        foreach (var (place, who, link) in places)
        {
            var page = await cared.Clinic.Page(bedside.Browser, who, script: true);
            await using var visit = new Visit(page.Context, page, cared.Clinic.Address);
            (await page.GotoAsync(place))!.Status.ShouldBe(200, place);
            await CareLooks.AreRight(visit);
            visit.Abroad.ShouldBeEmpty(place);
            (await page.Locator($"header a[href='{link}']").CountAsync()).ShouldBe(1, place);
            (await page.Locator($"a[href='/for/{paula.Record}/course']").CountAsync()).ShouldBe(place == "/helping" ? 1 : 0, place);
        }
    }

    [Fact]
    public async Task Without_a_script_a_carer_writes_a_day_from_the_list()
    {
        await using var cared = await Cared.Start();
        var paula = cared.Person("Paula");
        var nora = cared.Clinic.Somebody(Role.Carer, "Nora Niece", paula, new(paula.Record!, May.Write, null));
        var page = await cared.Clinic.Page(bedside.Browser, nora, script: false);
        await using var context = page.Context;
        await page.GotoAsync("/helping");
        await page.GetByRole(AriaRole.Link, new() { Name = "Write today" }).ClickAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Today");
        page.Url.ShouldEndWith($"/for/{paula.Record}/today");
    }
}
