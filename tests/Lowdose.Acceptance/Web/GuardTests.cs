using System.Net;

namespace Lowdose.Acceptance.Web;

/// <summary>What the front door tells strangers.</summary>
[Collection(nameof(FrontDoor))]
public sealed class GuardTests(FrontDoor door)
{
    private static readonly HttpClient Http = new(new HttpClientHandler { AllowAutoRedirect = false });

    [Trait("trust", "S11")]
    [Theory]
    [InlineData("/"), InlineData("/style"), InlineData("/example/melatonin"), InlineData("/nowhere"), InlineData("/verdict")]
    public async Task A_page_is_not_kept_and_may_do_nothing_it_does_not_need(string path)
    {
        using var answer = await Http.GetAsync(new Uri(door.Address + path));
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        Said(answer, "Content-Security-Policy").ShouldSatisfyAllConditions(
            policy => policy.ShouldStartWith("default-src 'none'"),
            policy => policy.ShouldNotContain("unsafe"),
            policy => policy.ShouldContain("frame-ancestors 'none'"));
        Said(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        Said(answer, "Referrer-Policy").ShouldBe("no-referrer");
        Said(answer, "Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        answer.Headers.Contains("blazor-enhanced-nav").ShouldBeFalse();
    }

    [Trait("trust", "S12")]
    [Theory]
    [InlineData("evil.example"), InlineData("127.0.0.1.evil.example"), InlineData("localhost.evil.example:80")]
    public async Task A_foreign_name_is_not_answered(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, door.Address);
        request.Headers.Host = host;
        using var answer = await Http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("<");
    }

    [Trait("trust", "S12")]
    [Theory]
    [InlineData("Origin", "http://evil.example"), InlineData("Origin", "null"), InlineData("Sec-Fetch-Site", "cross-site"), InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_post_from_another_site_is_refused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, door.Address + "/verdict") { Content = Diary("day,dose_mg,pain\n1,0,5") };
        request.Headers.Add(header, value);
        using var answer = await Http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Trait("trust", "S22")]
    [Fact]
    public async Task A_diary_that_cannot_be_read_is_422_and_one_too_large_413()
    {
        using var bad = await Http.PostAsync(new Uri(door.Address + "/verdict"), Diary("day,dose_mg,pain\n1,0,bad"));
        bad.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        // It asks first: an answer that comes while it still sends can be lost.
        using var asking = new HttpRequestMessage(HttpMethod.Post, door.Address + "/verdict") { Content = Diary(new string('x', 3 << 20)), Headers = { ExpectContinue = true } };
        using var large = await Http.SendAsync(asking);
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await large.Content.ReadAsStringAsync()).ShouldContain("too large");
    }

    [Theory]
    [InlineData(""), InlineData("\0\0"), InlineData("\n\n\n"), InlineData("day"), InlineData("day,day\n1,1"), InlineData("\"never closed"), InlineData(",,,\n,,,"), InlineData("day,dose_mg,pain\n1,0,5")]
    public async Task Whatever_is_posted_is_answered_with_a_page(string diary)
    {
        foreach (var path in (string[])["/verdict", "/report", "/data", "/json"])
        {
            using var answer = await Http.PostAsync(new Uri(door.Address + path), Diary(diary));
            ((int)answer.StatusCode).ShouldBeOneOf(200, 422);
        }
    }

    [Trait("trust", "S23")]
    [Fact]
    public async Task A_formula_in_a_diary_is_harmless_in_the_file_taken_along()
    {
        using var answer = await Http.PostAsync(new Uri(door.Address + "/data"), Diary("day,dose_mg,pain,event\n1,0,5,=cmd|calc\n2,0,6,\n3,0,6,\n"));
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain(",=cmd");
    }

    [Fact]
    public async Task A_file_pages_ask_for_may_be_kept_since_its_address_changes_with_it()
    {
        using var answer = await Http.GetAsync(new Uri(door.Address + Lowdose.Web.Layout.Asset.Styles.Address));
        answer.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(365));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
    }

    private static string Said(HttpResponseMessage answer, string header) => string.Join(", ", answer.Headers.GetValues(header));

    private static MultipartFormDataContent Diary(string text) => new() { { new StringContent(text), "diary" } };
}
