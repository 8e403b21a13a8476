using System.Text;
using Lowdose.Exchange;
using Lowdose.Tests.HouseRules;

namespace Lowdose.Tests.Evidence;

/// <summary>Charts of treated patients: read strictly, counted plainly, and the published Finnish figures again.</summary>
public sealed class ChartTests
{
    private static ChartReading Read(string text, string? by = null) => ChartCsv.Read(Encoding.UTF8.GetBytes(text), new ChartFormat { By = by });

    [Fact]
    public void The_Finnish_charts_give_the_published_figures()
    {
        var format = new ChartFormat { Columns = new Dictionary<string, string> { ["side_effects"] = "ending_side_effect" } };
        var all = ChartReview.Of(ChartCsv.ReadFile(Path.Combine(Repository.Root, "examples", "finland-charts.csv"), format).Patients.ShouldNotBeNull()).All;
        static double Percent(Lowdose.Science.Inference.Charts.Share share) => Math.Round(100 * share.Value, 1);
        all.People.ShouldBe(218);
        (all.Response.Count, Percent(all.Response)).ShouldBe((161, 73.9));
        (all.NoResponse.Count, Percent(all.NoResponse)).ShouldBe((40, 18.3));
        Math.Round(100.0 * all.ResponseOfKnown.Of / all.People, 1).ShouldBe(92.2);
        var reason = all.Reasons.ShouldHaveSingleItem();
        (reason.Why, reason.Share.Count, Percent(reason.Share)).ShouldBe(("side effect", 16, 7.3));
        (double Nausea, double Anxiety) = (Percent(all.SideEffects.Single(e => e.What == "nausea").Share), Percent(all.SideEffects.Single(e => e.What == "anxiety").Share));
        (Nausea, Anxiety).ShouldBe((2.5, 1.0));
        all.OnDrug.ShouldBeNull();
        all.StoppedUnknown.ShouldBe(202);
    }

    [Fact]
    public void Who_is_not_known_counts_among_all_and_not_among_those_known()
    {
        var all = ChartReview.Of(Read("person,response,stopped\n1,yes,no\n2,no,yes\n3,,\n").Patients!).All;
        (all.Response.Count, all.Response.Of, all.ResponseOfKnown.Of, all.StoppedUnknown).ShouldBe((1, 3, 2, 1));
    }

    [Fact]
    public void Dates_and_days_tell_the_same_time()
    {
        const string days = "days,stopped\n10,yes\n31,no\n1,yes\n", dates = "started,last,stopped\n2026-01-01,2026-01-11,yes\n2026-01-01,2026-02-01,no\n2026-01-01,2026-01-01,yes\n";
        var (a, b) = (Read(days).Patients!, Read(dates).Patients!);
        b.Select(p => (p.Days, p.Stopped)).ShouldBe(a.Select(p => (p.Days, p.Stopped)));
        ChartReview.Of(a).All.OnDrug!.People.ShouldBe(3);
    }

    [Fact]
    public void Groups_are_reviewed_alone_and_compared()
    {
        var review = ChartReview.Of(Read("days,stopped,clinic\n10,yes,north\n20,yes,north\n30,no,north\n200,no,south\n300,yes,south\n400,no,south\n", "clinic").Patients!);
        review.Groups.Select(g => (g.Name, g.People)).ShouldBe([("north", 3), ("south", 3)]);
        review.Times.ShouldNotBeNull().Df.ShouldBe(1);
        Encoding.UTF8.GetString(ChartJson.Of(review)).ShouldContain("\"logRank\"");
    }

    [Fact]
    public void Side_effects_are_parted_none_is_none_and_empty_is_not_known()
    {
        var all = ChartReview.Of(Read("person,side_effects\n1,Nausea; headache\n2,none\n3,\n4,nausea\n").Patients!).All;
        (all.People, all.SideEffect.Count, all.SideEffect.Of).ShouldBe((4, 2, 3));
        all.SideEffects.Select(e => (e.What, e.Share.Count)).ShouldBe([("nausea", 2), ("headache", 1)]);
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("a,b\n1,2\n", 1, "there is no column \"response\", \"stopped\" or \"side_effects\"")]
    [InlineData("response\n", 1, "there is no patient")]
    [InlineData("response,stopped\nyes,no\nmaybe,no\n", 3, "response is \"maybe\"")]
    [InlineData("days,stopped\n-3,yes\n", 2, "days is \"-3\"")]
    [InlineData("days,stopped\n10,\n", 2, "stopped is empty beside a time on the drug")]
    [InlineData("days,response\n10,yes\n", 1, "there is no column \"stopped\"")]
    [InlineData("started,stopped\n2026-01-01,yes\n", 1, "there is no column \"last\"")]
    [InlineData("started,last,stopped\n2026-02-01,2026-01-01,yes\n", 2, "last 2026-01-01 is before started 2026-02-01")]
    [InlineData("started,last,stopped\n2026-02-30,2026-03-01,yes\n", 2, "is not a date")]
    [InlineData("stopped,reason\nno,nausea\n", 2, "a reason to stop is given")]
    [InlineData("person,response\n7,yes\n7,no\n", 3, "the person 7 stands already in line 2")]
    [InlineData("response;stopped\nyes;no\n", 1, "separated by \";\"")]
    [InlineData("response,stopped\nyes\n", 2, "1 field where the header has 2")]
    [InlineData("days,started,last,stopped\n1,,,yes\n", 1, "told twice")]
    public void What_is_wrong_names_its_line(string text, int line, string what)
    {
        var refusal = Read(text).Refusal.ShouldNotBeNull();
        (refusal.Line, refusal.What.Contains(what, StringComparison.Ordinal)).ShouldBe((line, true), refusal.What);
        refusal.Do.ShouldNotBeEmpty();
    }
}
