using System.Net;
using Lowdose.Acceptance.Clinic;
using Lowdose.Trials;

namespace Lowdose.Acceptance.Trials;

/// <summary>A trial is planned: what it can show, and what is refused.</summary>
public sealed class TrialPlanTests
{
    private static readonly (string Name, string Value)[] Asked =
        [("design", "trial-pairs"), ("people", "1"), ("days", "42"), ("pairs", "2"), ("outcome", "pain"), ("change", "1"), ("decision", "Go on if it works."), ("name", "meadow-2")];

    [Fact, Trait("speed", "slow")]
    public async Task What_a_design_can_show_is_said_before_anybody_takes_part()
    {
        await using var clinic = await TriedClinic.Start();
        using var http = clinic.Clinic.Visitor(clinic.Dora);
        http.Timeout = TimeSpan.FromMinutes(4);
        using var answer = await http.Post("/trials/power", Asked);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("times of 100");
        clinic.Kept.In(clinic.Dora.Organisation).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("days", "10"), InlineData("pairs", "0"), InlineData("people", "many"), InlineData("outcome", "luck"), InlineData("change", "20"), InlineData("decision", ""), InlineData("name", "two words"), InlineData("name", "")]
    public async Task What_cannot_be_is_refused_and_stays_typed(string field, string value)
    {
        await using var clinic = await TriedClinic.Start();
        using var http = clinic.Clinic.Visitor(clinic.Dora);
        using var answer = await http.Post("/trials/new", [.. Asked.Select(a => a.Name == field ? (field, value) : a)]);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("This was not done.");
        page.ShouldContain("Go on if it works."[..(field == "decision" ? 0 : 18)]);
        clinic.Kept.In(clinic.Dora.Organisation).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trial_is_made_once_under_a_name_with_its_plan_locked_and_another_clinic_does_not_find_it()
    {
        await using var clinic = await TriedClinic.Start();
        using var http = clinic.Clinic.Visitor(clinic.Dora);
        (await http.Post("/trials/new", Asked)).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await http.Post("/trials/new", Asked)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var kept = clinic.Kept.In(clinic.Dora.Organisation).ShouldHaveSingleItem();
        kept.Trial.Plan!.Hash.Length.ShouldBe(64);
        kept.Trial.Stage.ShouldBe(TrialStage.Designed);
        var elsewhere = clinic.Clinic.Accounts.Begin("Another Clinic", new(OwnClinic.NewId(), "Bob Admin"), onlyFirst: false)!;
        using var stranger = clinic.Clinic.Visitor(clinic.Clinic.Somebody(Lowdose.Records.Clinic.Role.Prescriber, "Outside Prescriber", elsewhere));
        (await stranger.Get("/trials/" + kept.Id)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.Post($"/trials/{kept.Id}/emergency", ("place", "P1"), ("why", "x"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nobody_is_opened_without_a_second_person_and_a_reason_and_then_it_is_shown_and_noted()
    {
        await using var clinic = await TriedClinic.Start(people: 2);
        await clinic.Sealed();
        clinic.Begins();
        using var http = clinic.Clinic.Visitor(clinic.Dora);
        foreach (var (second, why) in ((string, string)[])[("", "surgery"), (clinic.Dora.Id, "surgery"), (clinic.People[0].Id, "surgery"), (clinic.Fia.Id, "")])
            (await http.Post($"/trials/{clinic.Id}/emergency", ("place", "P1"), ("second", second), ("why", why))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        clinic.Now.Trial.IsUnblinded("P1").ShouldBeFalse();
        using var answer = await http.Post($"/trials/{clinic.Id}/emergency", ("place", "P1"), ("second", clinic.Fia.Id), ("why", "surgery"));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain("What P1 has");
        page.ShouldContain("placebo");
        page.ShouldNotContain("P2");
        clinic.Now.Trial.IsUnblinded("P1").ShouldBeTrue();
        // Whoever was opened is not asked to guess any more.
        clinic.Clock.Now = TriedClinic.At(22);
        using var person = clinic.Clinic.Visitor(clinic.People[0]);
        (await person.GetStringAsync(new Uri("/my-trial", UriKind.Relative))).ShouldNotContain("What do you think you had");
    }

    [Fact]
    public async Task A_period_that_was_stopped_has_no_kit_and_whoever_left_has_none_ever()
    {
        await using var clinic = await TriedClinic.Start();
        await clinic.Sealed();
        clinic.Begins();
        using var person = clinic.Clinic.Visitor(clinic.People[0]);
        async Task<string> Page() => WebUtility.HtmlDecode(await person.GetStringAsync(new Uri("/my-trial", UriKind.Relative)));
        (await Page()).ShouldContain("Take one dose of kit");
        (await person.Post("/my-trial/stop", ("why", "rash"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await Page()).ShouldNotContain("Take one dose of kit");
        clinic.Clock.Now = TriedClinic.At(21);
        (await Page()).ShouldContain("Take one dose of kit");
        (await person.Post("/my-trial/leave", ("why", ""))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await Page()).ShouldContain("You have left the trial");
        clinic.Clock.Now = TriedClinic.At(22);
        (await Page()).ShouldNotContain("Take one dose of kit");
    }
}
