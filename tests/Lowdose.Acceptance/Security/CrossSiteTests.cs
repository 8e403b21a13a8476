using System.Net;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Web;
using Lowdose.Records;
using Lowdose.Records.Clinic;

namespace Lowdose.Acceptance.Security;

/// <summary>S12, S13: what another site can make a browser do here, and what a page here asks of another site: nothing.</summary>
[Collection(nameof(FrontDoor))]
public sealed class CrossSiteTests(FrontDoor door)
{
    [Theory, Trait("trust", "S12")]
    [InlineData("Sec-Fetch-Site", "cross-site"), InlineData("Sec-Fetch-Site", "same-site"), InlineData("Origin", "https://evil.example"), InlineData("Origin", "null")]
    public async Task No_address_takes_anything_that_another_site_posts_in_somebodys_name(string header, string value)
    {
        await using var clinic = await OwnClinic.Start();
        var person = clinic.Somebody(Role.Person);
        var posts = Address.Of(clinic).Where(a => a.Method == "POST").ToArray();
        var before = Everything(clinic.Archive);
        foreach (var account in (Account[])[person, clinic.Admin])
        {
            var session = clinic.Sessions.Begin(account, "A test", Way.Passkey);
            before = Everything(clinic.Archive);
            foreach (var address in posts)
            {
                using var http = clinic.Holding(session);
                using var request = new HttpRequestMessage(HttpMethod.Post, address.Filled(clinic)) { Content = new FormUrlEncodedContent([]) };
                request.Headers.Add(header, value);
                using var answer = await http.SendAsync(request);
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, address.Path);
            }
            Everything(clinic.Archive).ShouldBe(before);
        }
        posts.Length.ShouldBeGreaterThan(50);
    }

    // Draws a key at the first look; it opens nothing until a code of it was typed and posted.
    private const string NewAppKey = "/account/app";

    [Fact, Trait("trust", "S12")]
    public async Task Looking_changes_nothing()
    {
        await using var clinic = await OwnClinic.Start();
        foreach (var account in (Account[])[clinic.Somebody(Role.Person), clinic.Somebody(Role.Prescriber, "Dora Doctor"), clinic.Admin])
        {
            var session = clinic.Sessions.Begin(account, "A test", Way.Passkey);
            var before = Everything(clinic.Archive);
            foreach (var address in Address.Of(clinic).Where(a => a.Method == "GET" && (a.IsPersonal || account != clinic.Admin) && a.Path is not ("/sign-out" or NewAppKey)))
            {
                using var http = clinic.Holding(session);
                using var answer = await http.Get(address.Filled(clinic));
            }
            Everything(clinic.Archive).ShouldBe(before);
        }
    }

    [Fact, Trait("trust", "S13")]
    public async Task No_page_asks_anything_of_another_site()
    {
        await using var clinic = await OwnClinic.Start();
        List<string> elsewhere = [];
        var seen = 0;
        foreach (var account in (Account[])[clinic.Somebody(Role.Person), clinic.Admin])
        {
            var page = await clinic.Page(door.Browser, account);
            page.Request += (_, request) => { if (!request.Url.StartsWith(clinic.Address + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) elsewhere.Add($"{page.Url} asks {request.Url}"); };
            // What is downloaded is no page.
            foreach (var address in Address.Of(clinic).Where(a => a.Method == "GET" && (a.IsPersonal || account != clinic.Admin) && !a.Path.Contains('.', StringComparison.Ordinal) && a.Path is not ("/sign-out" or "/data" or "/plan/calendar" or "/screen/profile" or "/settings/reminders/calendar")))
            {
                try
                {
                    await page.GotoAsync(address.Filled(clinic));
                    seen++;
                }
                catch (Microsoft.Playwright.PlaywrightException download) when (download.Message.Contains("Download is starting", StringComparison.Ordinal))
                {
                    // Nothing of it is shown.
                }
            }
            await page.Context.CloseAsync();
        }
        elsewhere.ShouldBeEmpty();
        seen.ShouldBeGreaterThan(80);
    }

    /// <summary>How much there is of everything that can grow or change, but for when sessions were last seen.</summary>
    private static string Everything(Archive archive) => archive.Query(tables => string.Join(' ',
        tables.Writes.Count(), tables.People.Count(), tables.Set<Account>().Count(), string.Join(',', tables.Set<Account>().OrderBy(a => a.Id).Select(a => a.Version)), tables.Set<Session>().Count(s => s.EndedAt == null),
        tables.Set<Invitation>().Count(), tables.Set<Grant>().Count(), tables.Set<Grant>().Count(g => g.WithdrawnAt != null), tables.Set<Passkey>().Count()));
}
