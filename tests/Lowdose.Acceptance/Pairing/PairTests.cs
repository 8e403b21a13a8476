using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Lowdose.Web.Pairing;

namespace Lowdose.Acceptance.Pairing;

/// <summary>Who gets in from where.</summary>
public sealed class PairTests
{
    private const string Key = "YWWNWJxXRNXRIWylUJ1Ykw";
    private static readonly Listening Everywhere = new([new("http://0.0.0.0:0")], PhoneKey: Key);

    [NeedsNetwork]
    public async Task A_phone_sees_nothing_before_it_is_paired_and_everything_after()
    {
        await using var site = await RunningSite.Start(Everywhere);
        using var phone = RunningSite.Visitor(Listening.OwnAddresses()[0]);
        foreach (var path in (string[])["/", "/pair", "/screen", "/red-flags", "/nowhere"])
        {
            using var stranger = await phone.GetAsync(Url(site, path));
            stranger.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            (await stranger.Content.ReadAsStringAsync()).ShouldNotContain(Key);
        }
        using var wrong = await phone.GetAsync(Url(site, "/pair/YWWNWJxXRNXRIWylUJ1Ykx"));
        (wrong.StatusCode, wrong.Headers.Contains("Set-Cookie")).ShouldBe((HttpStatusCode.Forbidden, false));

        using var paired = await phone.GetAsync(Url(site, "/pair/" + Key));
        (paired.StatusCode, paired.Headers.Location!.ToString()).ShouldBe((HttpStatusCode.Redirect, "/"));
        var cookie = paired.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain("httponly");
        cookie.ShouldNotContain(Key, customMessage: "what a phone keeps lets no other phone in");
        using var first = await phone.GetAsync(Url(site, "/"));
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var again = await phone.GetAsync(Url(site, "/pair"));
        (await again.Content.ReadAsStringAsync()).ShouldNotContain(Key, customMessage: "a phone that is in cannot let in another");
    }

    [NeedsNetwork]
    public async Task A_made_up_cookie_lets_nobody_in()
    {
        await using var site = await RunningSite.Start(Everywhere);
        using var phone = RunningSite.Visitor(Listening.OwnAddresses()[0]);
        using var request = new HttpRequestMessage(HttpMethod.Get, Url(site, "/"));
        request.Headers.Add("Cookie", "lowdose-phone=AAAAAAAAAAAAAAAAAAAAAA");
        using var answer = await phone.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [NeedsNetwork]
    public async Task A_phone_that_is_forgotten_opens_nothing_more_nor_does_the_old_square_and_the_others_stay()
    {
        await using var site = await RunningSite.Start(Everywhere);
        using var here = RunningSite.Visitor();
        using var lost = RunningSite.Visitor(Listening.OwnAddresses()[0]);
        using var other = RunningSite.Visitor(Listening.OwnAddresses()[0]);
        async Task<HttpStatusCode> Status(HttpClient phone, string path, string agent = "iPhone")
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Url(site, path));
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
            using var answer = await phone.SendAsync(request);
            return answer.StatusCode;
        }
        (await Status(lost, "/pair/" + Key)).ShouldBe(HttpStatusCode.Redirect);
        (await Status(other, "/pair/" + Key, "Android")).ShouldBe(HttpStatusCode.Redirect);
        (await Status(lost, "/red-flags"), await Status(other, "/red-flags")).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        var page = await here.GetStringAsync(Url(site, "/pair"));
        page.IndexOf("Android, paired on", StringComparison.Ordinal).ShouldBeInRange(1, page.IndexOf("iPhone, paired on", StringComparison.Ordinal));
        var id = Regex.Matches(page, "name=\"phone\" value=\"([^\"]+)\"")[1].Groups[1].Value;
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("phone", id)]);
        using var fromPhone = await other.PostAsync(Url(site, "/pair/forget"), form);
        fromPhone.StatusCode.ShouldBe(HttpStatusCode.Forbidden, "a phone cannot forget another");
        using var forgotten = await here.PostAsync(Url(site, "/pair/forget"), new FormUrlEncodedContent([KeyValuePair.Create("phone", id)]));
        forgotten.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Status(lost, "/red-flags"), await Status(other, "/red-flags")).ShouldBe((HttpStatusCode.Forbidden, HttpStatusCode.OK));
        (await Status(lost, "/pair/" + Key)).ShouldBe(HttpStatusCode.Forbidden, "the old square may stand in its history");
        page = await here.GetStringAsync(Url(site, "/pair"));
        page.ShouldNotContain(Key);
        page.ShouldNotContain("iPhone, paired on");
        (await Status(lost, Regex.Match(page, "/pair/[A-Za-z0-9_-]{22}").Value)).ShouldBe(HttpStatusCode.Redirect, "the new one pairs");
    }

    [NeedsNetwork]
    public async Task On_this_computer_the_square_opens_the_address_of_the_network()
    {
        await using var site = await RunningSite.Start(Everywhere);
        using var here = RunningSite.Visitor();
        var page = await here.GetStringAsync(Url(site, "/pair"));
        page.ShouldContain($"http://{Listening.OwnAddresses()[0]}:{site.Port}/pair/{Key}");
        page.ShouldContain("This address is not encrypted");
        page.ShouldContain("<path d=\"M");
        Regex.IsMatch(page, " style=|<style").ShouldBeFalse("the policy allows no style in the page");
    }

    [Fact]
    public async Task Where_no_phone_can_come_the_page_says_how_it_could()
    {
        await using var site = await RunningSite.Start(Listening.At(new("http://127.0.0.1:0")));
        using var here = RunningSite.Visitor();
        var page = await here.GetStringAsync(Url(site, "/pair"));
        page.ShouldContain("No phone can reach it");
        page.ShouldContain("https://0.0.0.0:5443");
        page.ShouldNotContain("<svg");
    }

    [Fact]
    public async Task Everywhere_means_the_addresses_and_names_of_this_computer_and_no_others()
    {
        await using var site = await RunningSite.Start(Everywhere);
        using var here = RunningSite.Visitor();
        foreach (var (host, expected) in new[]
        {
            ("localhost", 200), ("127.0.0.1", 200), (Environment.MachineName, 200), (Environment.MachineName + ".local", 200),
            ("evil.example", 421), ("10.9.9.9", 421), ("0.0.0.0.evil.example", 421), ("[fe80::1]", 421),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Url(site, "/")) { Headers = { Host = host } };
            using var answer = await here.SendAsync(request);
            ((int)answer.StatusCode).ShouldBe(expected, host);
        }
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", 403), InlineData("Origin", "null", 403), InlineData("Origin", "https://localhost:PORT", 403), InlineData("Origin", "http://localhost:1", 403),
     InlineData("Sec-Fetch-Site", "cross-site", 403), InlineData("Sec-Fetch-Site", "same-site", 403), InlineData("Origin", "http://localhost:PORT", 200), InlineData("Sec-Fetch-Site", "same-origin", 200)]
    public async Task A_post_is_taken_from_its_own_pages_only_scheme_host_and_port(string header, string value, int expected)
    {
        await using var site = await RunningSite.Start(Everywhere);
        using var here = RunningSite.Visitor();
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete])
        {
            using var request = new HttpRequestMessage(method, Url(site, "/verdict"));
            request.Headers.Add(header, value.Replace("PORT", site.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
            if (method == HttpMethod.Post) request.Content = new MultipartFormDataContent { { new StringContent("day,dose_mg,pain\n1,0,5"), "diary" } };
            using var answer = await here.SendAsync(request);
            if (method == HttpMethod.Post || expected == 403) ((int)answer.StatusCode).ShouldBe(expected, $"{method} {value}");
        }
    }

    [Fact]
    public void A_phone_is_offered_https_first_and_never_this_computers_own_name()
    {
        Listening.ForPhones([new("http://127.0.0.1:5080"), new("http://192.168.1.5:5081"), new("https://0.0.0.0:5443"), new("http://localhost:1")], [IPAddress.Parse("192.168.1.5"), IPAddress.Parse("10.0.0.2")])
            .Select(u => u.ToString()).ShouldBe(["https://192.168.1.5:5443/", "https://10.0.0.2:5443/", "http://192.168.1.5:5081/"]);
        Listening.OwnAddresses().ShouldAllBe(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
    }

    private static Uri Url(RunningSite site, string path) => new($"http://localhost:{site.Port}{path}");
}
