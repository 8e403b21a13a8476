using System.Net;
using System.Text.Json;
using Lowdose.Acceptance.Day;
using Lowdose.Records.Clinic;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Clinic;

/// <summary>S6: making and using a passkey, and what must not open anything.</summary>
[Collection(nameof(Bedside))]
[Trait("trust", "S6")]
public sealed class PasskeyTests(Bedside bedside)
{
    [Fact]
    public async Task The_first_administrator_begins_with_the_printed_code_and_a_passkey_and_comes_back_with_one_tap()
    {
        await using var clinic = await OwnClinic.Start(empty: true);
        var page = await clinic.Page(bedside.Browser);
        await using var context = page.Context;
        await Authenticator.In(page);
        await page.GotoAsync("/begin");
        await page.Locator("#code").FillAsync(clinic.FirstCode!.ToLowerInvariant());
        await page.Locator("#organisation").FillAsync("Clinic of the Meadow");
        await page.Locator("#name").FillAsync("Ada");
        await Ask(page);
        await page.WaitForURLAsync("**/account?new=yes");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("You are Ada at Clinic of the Meadow.");
        (await page.GotoAsync("/begin"))!.Status.ShouldBe(404);

        await page.GotoAsync("/sign-out");
        await page.Locator("form[data-leave][data-ready] button").ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await page.GotoAsync("/people");
        page.Url.ShouldEndWith("/sign-in?then=%2Fpeople");
        await Ask(page);
        await page.WaitForURLAsync("**/people");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("People at Clinic of the Meadow");
    }

    [Fact]
    public async Task A_passkey_used_once_cannot_be_sent_again()
    {
        await using var clinic = await OwnClinic.Start();
        var (page, _, _) = await Somebody(clinic);
        await using var context = page.Context;
        var sent = await SignIn(page);
        using var again = await Post(clinic, sent);
        again.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, await again.Content.ReadAsStringAsync());
        again.Secret().ShouldBeNull();
    }

    [Fact]
    public async Task A_passkey_used_on_another_site_opens_nothing()
    {
        await using var clinic = await OwnClinic.Start();
        var (page, _, _) = await Somebody(clinic);
        await using var context = page.Context;
        using var http = clinic.Visitor();
        var asked = JsonDocument.Parse(await (await http.Post("/sign-in/passkey/options")).Content.ReadAsStringAsync()).RootElement;
        // Another port of the same name: the browser lets such a site ask for the passkey, and says whose site it is.
        await context.RouteAsync("http://localhost:1/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><title>evil</title>" }));
        await page.GotoAsync("http://localhost:1/");
        var stolen = await Credential(page, asked);
        stolen.ShouldContain("\"signature\"");
        using var answer = await http.Post("/sign-in/passkey", ("credential", stolen), ("ticket", asked.GetProperty("ticket").GetString()!));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Secret().ShouldBeNull();

        // The same from the clinic's own page is good: it was the site that was wrong.
        await page.GotoAsync("/sign-in");
        var own = await Credential(page, asked);
        using var good = await http.Post("/sign-in/passkey", ("credential", own), ("ticket", asked.GetProperty("ticket").GetString()!));
        good.Secret().ShouldNotBeNull();
    }

    [Fact]
    public async Task A_counter_that_goes_back_is_a_copied_passkey_and_is_refused()
    {
        await using var clinic = await OwnClinic.Start();
        var (page, device, _) = await Somebody(clinic);
        await using var context = page.Context;
        await SignIn(page);
        var passkey = (await device.Passkeys()).ShouldHaveSingleItem();
        await device.Put(passkey, 0);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await Ask(page);
        await page.WaitForSelectorAsync("[role=alert]:has-text('did not open')");
        await device.Put(passkey, 100);
        await SignIn(page);
    }

    [Fact]
    public async Task Without_the_owners_finger_it_opens_nothing()
    {
        await using var clinic = await OwnClinic.Start();
        var (page, device, _) = await Somebody(clinic);
        await using var context = page.Context;
        await device.Refuse();
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await Ask(page);
        await page.WaitForSelectorAsync("[data-said]:not([hidden])");
    }

    [Fact]
    public async Task A_second_passkey_is_added_and_named_and_the_last_way_in_cannot_be_removed()
    {
        await using var clinic = await OwnClinic.Start();
        var (page, _, account) = await Somebody(clinic);
        await using var context = page.Context;
        await page.GotoAsync("/account/passkeys");
        await page.Locator("summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove this passkey" }).ClickAsync();
        await page.WaitForSelectorAsync("[role=alert]:has-text('only way in')");
        var other = await clinic.Page(bedside.Browser, account);
        await using var elsewhere = other.Context;
        await Authenticator.In(other);
        await other.GotoAsync("/account/passkeys");
        await other.Locator("#new-name").FillAsync("my tablet");
        await Ask(other);
        await other.WaitForSelectorAsync("strong:has-text('my tablet')");
        clinic.Passkeys.Of(account.Id).Count.ShouldBe(2);
        // The first browser was signed out with it.
        await page.GotoAsync("/account");
        page.Url.ShouldContain("/sign-in");
    }

    [Fact]
    public async Task A_lost_device_opens_nothing_and_the_person_comes_back_with_a_code()
    {
        await using var clinic = await OwnClinic.Start();
        var (page, _, account) = await Somebody(clinic);
        await using var context = page.Context;
        using var admin = clinic.Visitor(clinic.Admin);
        using var told = await admin.Post($"/people/{account.Id}/lost");
        var code = System.Text.RegularExpressions.Regex.Match(await told.Content.ReadAsStringAsync(), "<code>([0-9A-Z-]{32})</code>").Groups[1].Value;
        code.ShouldNotBeEmpty();

        // Whoever found the device is out, and its passkey opens nothing.
        await page.GotoAsync("/account");
        page.Url.ShouldContain("/sign-in");
        await Ask(page);
        await page.WaitForSelectorAsync("[role=alert]:has-text('did not open')");

        var next = await clinic.Page(bedside.Browser);
        await using var fresh = next.Context;
        await Authenticator.In(next);
        await next.GotoAsync("/invitation");
        await next.Locator("#code").FillAsync(code);
        await next.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await next.WaitForURLAsync("**/invitation/" + PrintedCode.Plain(code));
        (await next.Locator("h1").InnerTextAsync()).ShouldBe($"Welcome back, {account.ShownName}");
        await Ask(next);
        await next.WaitForURLAsync("**/account?new=yes");
        clinic.Sessions.Of(account).ShouldHaveSingleItem();
        clinic.Invitations.Find(code).ShouldBeNull();
    }

    // Somebody invited, who made a passkey and is signed in.
    private async Task<(IPage Page, Authenticator Device, Account Account)> Somebody(OwnClinic clinic)
    {
        var page = await clinic.Page(bedside.Browser);
        var device = await Authenticator.In(page);
        await page.GotoAsync("/invitation/" + clinic.Invitations.Invite(clinic.Admin, Role.Person));
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Ada Admin invites you to Clinic of the Meadow, as somebody who keeps a diary.");
        await page.Locator("#name").FillAsync("Paula");
        await Ask(page);
        await page.WaitForURLAsync("**/account?new=yes");
        return (page, device, clinic.Accounts.In(clinic.Admin.Organisation).Single(a => a.ShownName == "Paula"));
    }

    private static async Task<string> SignIn(IPage page)
    {
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in?then=/account");
        var sent = page.WaitForRequestAsync(request => request.Method == "POST" && request.Url.EndsWith("/sign-in/passkey", StringComparison.Ordinal));
        await Ask(page);
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/account");
        return (await sent).PostData!;
    }

    private static async Task Ask(IPage page)
    {
        await page.WaitForSelectorAsync("form[data-passkey][data-ready]");
        await page.Locator("[data-ask]").ClickAsync();
    }

    private static async Task<HttpResponseMessage> Post(OwnClinic clinic, string body)
    {
        using var http = clinic.Visitor();
        using var content = new StringContent(body, null, "application/x-www-form-urlencoded");
        return await http.PostAsync(new Uri("/sign-in/passkey", UriKind.Relative), content);
    }

    // What passkey.js does, on a page that has no passkey.js.
    private static Task<string> Credential(IPage page, JsonElement asked) => page.EvaluateAsync<string>("""
        async json => {
          const made = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(json)) });
          return JSON.stringify(made.toJSON());
        }
        """, asked.GetProperty("options").GetRawText());
}
