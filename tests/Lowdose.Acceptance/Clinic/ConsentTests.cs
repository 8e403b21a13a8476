using System.Net;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.Day;
using Lowdose.Acceptance.Web;
using Lowdose.Records.Clinic;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Clinic;

/// <summary>S4: a person says who may see the diary, and it holds from the next request on.</summary>
[Trait("trust", "S4")]
[Collection(nameof(Bedside))]
public sealed partial class ConsentTests(Bedside bedside)
{
    [GeneratedRegex("<code>(?<code>[^<]+)</code>")]
    private static partial Regex Code { get; }

    [Fact]
    public async Task Who_is_let_in_sees_the_course_and_who_is_let_out_sees_nothing_in_the_same_session()
    {
        await using var clinic = await OwnClinic.Start();
        var (person, prescriber) = (clinic.Somebody(Role.Person), clinic.Somebody(Role.Prescriber, "Pia Prescriber"));
        using var me = clinic.Visitor(person);
        using var her = clinic.Visitor(prescriber);
        var course = $"/for/{person.Record}/course";
        (await her.Get(course)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await me.Post("/rights/give", ("account", prescriber.Id), ("may", "Prescribe"))).Goes().ShouldBe("/rights");
        (await her.Get(course)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await me.Get("/rights")).Content.ReadAsStringAsync()).ShouldContain("Pia Prescriber");
        (await me.Post("/rights/withdraw", ("account", prescriber.Id))).Goes().ShouldBe("/rights");
        (await her.Get(course)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var trail = new AuditTrail(clinic.Archive, clinic.Clock);
        trail.Of(person.Record!, person.Id, true, null, 10).Select(e => e.Act).ShouldBe([Act.RecordSeen]);
        trail.Of(person.Record!, person.Id, false, null, 10).Select(e => e.Act).ShouldBe([Act.ConsentWithdrawn, Act.ConsentGiven]);
    }

    [Fact]
    public async Task Nobody_is_let_in_for_more_than_their_role_nor_from_another_organisation()
    {
        await using var clinic = await OwnClinic.Start();
        var person = clinic.Somebody(Role.Person);
        var elsewhere = clinic.Somebody(Role.Prescriber, "Outside Prescriber", clinic.Accounts.Begin("Another Clinic", new(OwnClinic.NewId(), "Bob Admin"), onlyFirst: false)!);
        var pharmacist = clinic.Somebody(Role.Pharmacist, "Fia Pharmacist");
        using var me = clinic.Visitor(person);
        foreach (var (account, may) in ((string, string)[])[(elsewhere.Id, "Prescribe"), (pharmacist.Id, "Prescribe"), (pharmacist.Id, "See"), (pharmacist.Id, "Own"), (clinic.Admin.Id, "Prescribe"), ("nobody", "Prescribe")])
            (await me.Post("/rights/give", ("account", account), ("may", may))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, may);
        new Grants(clinic.Archive).On(person.Record!).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("write", HttpStatusCode.OK), InlineData("see", HttpStatusCode.NotFound)]
    public async Task A_helper_comes_with_a_code_and_does_what_was_said_until_it_ends(string may, HttpStatusCode diary)
    {
        await using var clinic = await OwnClinic.Start();
        var person = clinic.Somebody(Role.Person);
        using var me = clinic.Visitor(person);
        var page = await (await me.Post("/rights/helper", ("may", may))).Content.ReadAsStringAsync();
        clinic.Accounts.Redeem(clinic.Invitations.Find(Code.Match(page).Groups["code"].Value)!, new(OwnClinic.NewId(), "Carl Carer"), out var carer).ShouldBeNull();
        using var his = clinic.Visitor(carer);
        (await his.Get($"/for/{person.Record}/course")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await his.Get($"/for/{person.Record}/today")).StatusCode.ShouldBe(diary);
        new Grants(clinic.Archive).On(person.Record!).ShouldHaveSingleItem().EndsAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Research_is_asked_for_by_itself_and_taken_back_by_itself()
    {
        await using var clinic = await OwnClinic.Start();
        var person = clinic.Somebody(Role.Person);
        using var me = clinic.Visitor(person);
        (await me.Post("/rights/research", ("research", "yes"))).Goes().ShouldBe("/rights");
        new Grants(clinic.Archive).On(person.Record!).ShouldHaveSingleItem().ShouldSatisfyAllConditions(g => g.Account.ShouldBeNull(), g => g.May.ShouldBe(May.Research), g => g.WithdrawnAt.ShouldBeNull());
        await me.Post("/rights/research", ("research", "no"));
        new Grants(clinic.Archive).On(person.Record!).ShouldHaveSingleItem().WithdrawnAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(ColorScheme.Dark), InlineData(ColorScheme.Light)]
    public async Task The_page_fits_a_phone_and_takes_two_taps(ColorScheme scheme)
    {
        await using var clinic = await OwnClinic.Start();
        var (person, prescriber) = (clinic.Somebody(Role.Person), clinic.Somebody(Role.Prescriber, "Pia Prescriber"));
        clinic.Somebody(Role.Pharmacist, "Fia Pharmacist");
        var page = await clinic.Page(bedside.Browser, person, scheme: scheme);
        await using var visit = new Visit(page.Context, page, clinic.Address);
        await page.GotoAsync("/rights");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pia Prescriber" }).ClickAsync();
        await CareLooks.AreRight(visit);
        // Paper, too, says who is in, and nobody else.
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var paper = await page.Locator("main").InnerTextAsync();
        paper.ShouldContain("Pia Prescriber");
        paper.ShouldNotContain("Fia Pharmacist");
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.GetByRole(AriaRole.Button, new() { Name = "Pia Prescriber" }).ClickAsync();
        await page.GetByText("Nobody but you.").WaitForAsync();
        new Grants(clinic.Archive).Allowed(person.Record!, prescriber.Id, person.Organisation, clinic.Clock.GetCurrentInstant()).ShouldBeEmpty();
    }
}
