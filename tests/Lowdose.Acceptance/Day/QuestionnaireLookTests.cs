using System.Text.RegularExpressions;
using Lowdose.Acceptance.Web;
using Lowdose.Diary;
using Lowdose.Tests.Evidence;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Day;

/// <summary>That questionnaires can be seen, read and pressed by somebody tired.</summary>
[Collection(nameof(Bedside))]
public sealed class QuestionnaireLookTests(Bedside bedside)
{
    private static readonly string Today = Phone.Iso(OwnDiary.Today);

    private static readonly string[] Places = ["/questionnaires", "/questionnaires/acr-2010", "/questionnaires/dsq-pem", "/questionnaires/dsq-sf",
        $"/questionnaires/acr-2016/{Today}", $"/questionnaires/dsq-pem/{Today}", $"/questionnaires/dsq-sf/{Today}", $"/questionnaires/acr-2010/{Today}"];

    [Theory, InlineData(ColorScheme.Dark, true), InlineData(ColorScheme.Light, true), InlineData(ColorScheme.Dark, false)]
    public async Task Axe_finds_nothing_at_320_px_and_what_is_pressed_is_large(ColorScheme scheme, bool oneAtATime)
    {
        await using var diary = await Answered();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, scheme: scheme);
        // Without its module the page is what a phone without scripts shows.
        if (!oneAtATime) await phone.Context.RouteAsync("**/questions.js*", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "" }));
        await using var visit = new Visit(phone.Context, phone.Page, diary.Address);
        foreach (var place in Places)
        {
            await phone.Page.GotoAsync(place);
            await CareLooks.AreRight(visit);
            visit.Abroad.ShouldBeEmpty(place);
        }
    }

    [Fact]
    public async Task It_is_read_at_the_sixth_grade_in_short_sentences_without_blame()
    {
        await using var diary = await Answered();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        foreach (var place in Places)
        {
            await phone.Page.GotoAsync(place);
            // Titles of papers and of questionnaires are not ours to simplify.
            var texts = await phone.Page.Locator("main").EvaluateAsync<string[]>("main => [...main.querySelectorAll('p:not(.buttons)')].map(e => e.textContent.trim()).filter(t => t.split(/\\s+/).length > 3)");
            ReadingGrade.Of([.. texts.Where(t => t[^1] is '.' or '?' or ':')]).ShouldBeLessThanOrEqualTo(6, place);
            texts.Where(t => !t.Contains("(yours:", StringComparison.Ordinal)).SelectMany(t => Regex.Split(t, @"[.!?:]\s|\n")).Where(s => Regex.Count(s, @"[\p{L}’']+") > 15).ShouldBeEmpty(place);
            var all = await phone.Page.Locator("main").InnerTextAsync();
            foreach (var word in (string[])["missed", "streak", "fail", "forgot", "should have", "!", "well done", "you have fibromyalgia"]) all.ShouldNotContain(word, Case.Insensitive, place);
        }
    }

    // Some answers today, all of them a month and two months ago.
    private static async Task<OwnDiary> Answered()
    {
        var diary = await OwnDiary.Start();
        var all = Lowdose.Evidence.Knowledge.BuiltIn().Instruments;
        foreach (var instrument in all.Values)
            foreach (var (daysAgo, count) in ((int, int)[])[(0, 12), (30, 99), (61, 99)])
                diary.Write(Subjects.Day(OwnDiary.Today.PlusDays(-daysAgo)), (DayFields.Instrument(instrument.Id), Answers.Of(instrument.Items.Take(count).Select(i => KeyValuePair.Create(i.Id, 1))).ToString()));
        return diary;
    }
}
