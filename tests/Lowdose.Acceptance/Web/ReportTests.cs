using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lowdose.Diary;
using Lowdose.Web.Reports;

namespace Lowdose.Acceptance.Web;

/// <summary>The one-page report as a file.</summary>
public sealed class ReportTests
{
    public static TheoryData<string> Every => [.. typeof(MadeUp).GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
        .Where(m => m.ReturnType == typeof(CourseVerdict) && m.GetParameters().Length == 0).Select(m => m.Name)];

    private static CourseVerdict Made(string name) =>
        (CourseVerdict)typeof(MadeUp).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, null)!;

    // HTML leaves meta open; everything else the report uses reads as XML too.
    private static XDocument Parsed(string html) =>
        XDocument.Parse(Regex.Replace(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), "<meta[^>]*>", ""));

    [Theory, MemberData(nameof(Every))]
    public void A_report_is_well_formed_and_needs_nothing_from_outside(string name)
    {
        var html = VerdictReport.WriteHtml(Made(name));
        var page = Parsed(html);
        page.Descendants("script").ShouldBeEmpty();
        page.Descendants().Attributes().Where(a => a.Name.LocalName is "src" or "style" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal))
            .ShouldBeEmpty();
        page.Descendants().Attributes("href").ShouldAllBe(a => a.Value.StartsWith('#'));
        html.ShouldNotContain("http:");
        html.ShouldNotContain("https:");
        html.ShouldNotContain("url(");
        html.ShouldNotContain("NaN");
        html.ShouldNotContain("Infinity");
    }

    [Theory, MemberData(nameof(Every))]
    public void The_sentence_is_the_first_heading(string name)
    {
        var verdict = Made(name);
        Parsed(VerdictReport.WriteHtml(verdict)).Descendants("h1").Single().Value.ShouldBe(verdict.Sentence);
    }

    [Fact]
    public void Whatever_the_diary_says_stays_text()
    {
        var verdict = MadeUp.Hostile();
        var html = VerdictReport.WriteHtml(verdict);
        var page = Parsed(html);
        page.Descendants("img").ShouldBeEmpty();
        Regex.Count(html, "</style>").ShouldBe(1);
        page.Descendants("title").First().Value.ShouldContain(verdict.Diary.Outcome.Name);
        page.Descendants("td").ShouldContain(cell => cell.Value == verdict.Diary.Days[19].Event);
    }

    [Fact]
    public void Every_scored_day_can_be_reached_and_says_what_it_is()
    {
        var days = Parsed(VerdictReport.WriteHtml(MadeUp.ProbablyWorks())).Descendants("g")
            .Where(g => (string?)g.Attribute("class") == "day").ToList();
        days.Count.ShouldBe(98);
        days.Count(g => (string?)g.Attribute("tabindex") == "0").ShouldBe(MadeUp.ProbablyWorks().Judgement.Observed);
        days[0].Element("title")!.Value.ShouldBe("Day 1, 3 Mar 2026: pain 5, without");
        days[40].Element("title")!.Value.ShouldEndWith("a cold");
    }

    [Fact]
    public void A_day_without_a_score_is_a_gap_and_not_a_zero()
    {
        var page = Parsed(VerdictReport.WriteHtml(MadeUp.ProbablyWorks()));
        var gaps = page.Descendants("g").Where(g => g.Element("title")?.Value.Contains("no score", StringComparison.Ordinal) == true).ToList();
        gaps.ShouldNotBeEmpty();
        gaps.ShouldAllBe(g => !g.Elements("circle").Any());
    }

    [Fact]
    public void A_diary_of_700_days_is_still_a_small_file() =>
        VerdictReport.WriteHtml(MadeUp.Long()).Length.ShouldBeLessThan(300_000);
}
