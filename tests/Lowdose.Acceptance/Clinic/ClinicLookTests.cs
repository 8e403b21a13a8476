using System.Text.RegularExpressions;
using Lowdose.Acceptance.Day;
using Lowdose.Acceptance.Web;
using Lowdose.Records.Clinic;
using Lowdose.Tests.Evidence;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Clinic;

/// <summary>That coming in can be seen, read and pressed by somebody tired, in a dark room.</summary>
[Collection(nameof(Bedside))]
public sealed class ClinicLookTests(Bedside bedside)
{
    [Theory, InlineData(ColorScheme.Dark), InlineData(ColorScheme.Light)]
    public async Task Axe_finds_nothing_at_320_px_what_is_pressed_is_large_and_it_is_plain(ColorScheme scheme)
    {
        await using var clinic = await OwnClinic.Start();
        var account = clinic.Somebody(Role.Person);
        using var http = clinic.Visitor();
        (await http.Post("/invitation", ("code", clinic.Invitations.Invite(clinic.Admin, Role.Prescriber)), ("name", "Dora Doctor"), ("sign-in-name", "dora"), ("password", "four quiet herons wading"), ("again", "four quiet herons wading"))).Dispose();
        var dora = clinic.Accounts.FindByName("dora")!;
        (string Place, Account? Who)[] places =
        [
            ("/sign-in", null), ("/sign-in/printed", null), ("/invitation", null), ("/invitation/" + clinic.Invitations.Invite(clinic.Admin, Role.Person), null), ("/account?new=yes", account), ("/account/passkeys", account),
            ("/account/password", account), ("/account/password", dora), ("/account/app", dora), ("/account/printed", account), ("/account/confirm?then=/account", dora), ("/sign-out", account), ("/people", clinic.Admin), ("/people/" + dora.Id, clinic.Admin),
        ];
        foreach (var (place, who) in places)
        {
            var page = await clinic.Page(bedside.Browser, who, scheme: scheme);
            await using var visit = new Visit(page.Context, page, clinic.Address);
            (await page.GotoAsync(place))!.Status.ShouldBe(200, place);
            await CareLooks.AreRight(visit);
            visit.Abroad.ShouldBeEmpty(place);
            var texts = await page.Locator("main").EvaluateAsync<string[]>("main => [...main.querySelectorAll('p:not(.buttons), li, summary')].filter(e => e.offsetParent && !e.querySelector('p, li, form, code')).map(e => e.innerText.trim()).filter(t => t.split(/\\s+/).length > 3)");
            string[] prose = [.. texts.Where(t => t[^1] is '.' or '?' or ':')];
            if (prose.Length > 0) ReadingGrade.Of(prose).ShouldBeLessThanOrEqualTo(6, place);
            texts.SelectMany(t => Regex.Split(t, @"[.!?:]\s|\n")).Where(s => Regex.Count(s, @"[\p{L}’']+") > 15).ShouldBeEmpty(place);
        }
    }

    [Fact]
    public async Task Without_a_script_somebody_joins_signs_out_and_signs_in_with_a_password()
    {
        await using var clinic = await OwnClinic.Start();
        var page = await clinic.Page(bedside.Browser, script: false);
        await using var context = page.Context;
        await page.GotoAsync("/invitation/" + clinic.Invitations.Invite(clinic.Admin, Role.Person));
        (await page.Locator("[data-ask]").IsVisibleAsync()).ShouldBeFalse();
        await page.Locator("#name").FillAsync("Paula");
        await page.Locator("#sign-in-name").FillAsync("paula");
        await page.Locator("#password").FillAsync("four quiet herons wading");
        await page.Locator("#again").FillAsync("four quiet herons wading");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take this password" }).ClickAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain("You are Paula");
        await page.GotoAsync("/sign-out");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.Locator("#name").FillAsync("Paula");
        await page.Locator("#password").FillAsync("four quiet herons wading");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        page.Url.ShouldEndWith("/today");
    }
}
