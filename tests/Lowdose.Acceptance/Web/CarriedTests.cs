using Lowdose.Acceptance.Pairing;
using Lowdose.Web.Pairing;
using Lowdose.Web.Plans;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Lowdose.Acceptance.Web;

/// <summary>What the pages of the path carry along: nothing told or found gets lost on the way, and no page says less than another.</summary>
public sealed class CarriedTests
{
    private static readonly LocalDate Today = LocalDate.FromDateTime(DateTime.Now);

    // Everything answered; an operation in four months.
    private static string Operation => $$"""{"medicines":[{"text":"codeine","lastTaken":"{{Iso(-200)}}","form":"tablet"}],"conditions":[],"surgeries":[{"date":"{{Iso(120)}}","opioidsExpected":true}],"pregnancy":"no","age":43,"labs":[{"loinc":"1742-6","value":20,"unit":"U/L","date":"{{Iso(-10)}}"}],"allergies":[]}""";

    private static string Iso(int fromToday) => Today.PlusDays(fromToday).ToString("uuuu-MM-dd", null);

    private static Dictionary<string, string> Plan(params (string, string)[] more)
    {
        var plan = new Dictionary<string, string> { ["protocol"] = "prudent", ["start"] = Iso(1), ["product"] = "liquid", ["tablet"] = "50", ["volume"] = "50" };
        foreach (var (name, value) in more) plan[name] = value;
        return plan;
    }

    private static async Task<string> Posted(string address, Dictionary<string, string> form)
    {
        await using var site = await RunningSite.Start(Listening.At(new("http://127.0.0.1:0")));
        using var visitor = RunningSite.Visitor();
        using var content = new FormUrlEncodedContent(form);
        using var answer = await visitor.PostAsync(new Uri($"http://127.0.0.1:{site.Port}{address}"), content);
        return System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).Replace('\u00A0', ' ');
    }

    [Theory]
    [InlineData("""{"medicines":[{"text":"","atc":"N07BC02"}]}""", "N07BC02")]
    [InlineData("""{"medicines":[{"text":"buprenorphine","form":"monthly depot","lastTaken":"2026-10-01"}]}""", "depot")]
    public async Task Answers_that_the_form_cannot_show_are_not_lost_by_changing_them(string profile, string kept)
    {
        var page = await Posted("/screen", new() { ["profile"] = profile, ["change"] = "yes" });
        page.ShouldContain("Do not take LDN as things stand");
        page.ShouldContain(kept);
    }

    [Fact]
    public void A_first_dose_from_a_prescriber_beside_a_proposed_plan_is_asked_about_and_not_left_out()
    {
        var form = new FormCollection(Plan(("from", "0.1")).ToDictionary(f => f.Key, f => new Microsoft.Extensions.Primitives.StringValues(f.Value)));
        var posted = PostedPlan.From(form, Today);
        posted.Schedule.ShouldBeNull();
        posted.Wrong.ShouldHaveSingleItem().Text.ShouldContain("A protocol has its own steps");
    }

    [Fact]
    public async Task The_calendar_of_a_provisional_plan_says_so()
    {
        (await Posted("/plan/month", Plan())).ShouldContain("Provisional: not all questions are answered.");
        (await Posted("/plan/month", Plan(("profile", Operation)))).ShouldNotContain("Provisional");
    }

    [Fact]
    public async Task The_sheet_says_when_the_last_dose_before_an_operation_is_and_that_an_opioid_is_over()
    {
        var page = await Posted("/sheet", Plan(("profile", Operation)));
        page.ShouldContain($"Last naltrexone on {Iso(110)} at the latest");
        page.ShouldContain($"after the last codeine on {Iso(-200)} are over");
        page.ShouldContain($"to {Iso(110)}");
        page.ShouldNotContain(Iso(111) + " to");
    }

    [Fact]
    public async Task A_start_too_soon_before_an_operation_offers_the_day_after_it() =>
        (await Posted("/plan", Plan(("profile", Operation), ("start", Iso(100))))).ShouldContain($"Wait: not before {Iso(131)}");

    [Fact]
    public async Task The_pharmacy_sheet_says_that_it_is_provisional_and_where_the_plan_has_another_strength()
    {
        var page = await Posted("/prepare/pharmacy", Plan(("volume", "100")));
        page.ShouldContain("Provisional: the patient has not answered all safety questions.");
        page.ShouldContain("The patient’s own plan and calendar are for 0.5 mg/mL.");
        (await Posted("/prepare/pharmacy", Plan())).ShouldNotContain("own plan and calendar");
    }

    [Theory, InlineData("/prepare/pharmacy"), InlineData("/prepare/capsules")]
    public async Task Papers_for_doses_typed_by_hand_say_what_the_screen_waits_for(string address)
    {
        var waits = Operation.Replace(Iso(-200), Iso(-2), StringComparison.Ordinal);
        (await Posted(address, new() { ["profile"] = waits, ["course"] = "0.5 mg, 14 days", ["make"] = "capsule" })).ShouldContain($"not before {Iso(9)}");
    }

    [Fact]
    public async Task A_card_of_somebody_who_stopped_says_that_the_block_outlasts_the_last_dose() =>
        (await Posted("/wallet", new() { ["taking"] = "no", ["dose"] = "4.5", ["last"] = Iso(-1) })).ShouldContain("First days after the last dose: opioids may still not work.");
}
