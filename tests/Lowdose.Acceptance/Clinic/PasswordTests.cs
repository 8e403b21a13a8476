using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Lowdose.Records.Clinic;

namespace Lowdose.Acceptance.Clinic;

/// <summary>S7 and S8: the password beside the passkey, and guessing it.</summary>
public sealed class PasswordTests
{
    private const string Good = "four quiet herons wading";

    [Trait("trust", "S7")]
    [Theory]
    [InlineData("short 1", "fewer than 8"), InlineData("password123", "tried first"), InlineData("Passw0rd", "tried first"), InlineData("aaaaaaaaaaaa", "tried first"), InlineData("clinic-of-the-meadow", "a name that others know")]
    [InlineData("Clinic of the Meadow", "a name that others know")]
    public async Task A_password_that_is_guessed_first_is_refused_with_what_to_do(string password, string why)
    {
        await using var clinic = await OwnClinic.Start();
        using var http = clinic.Visitor();
        using var answer = await Join(clinic, http, password);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain(why);
        page.ShouldContain("value=\"Paula\"");
        page.ShouldNotContain(password + "\"");
    }

    [Trait("trust", "S7")]
    [Fact]
    public async Task Length_is_all_that_is_asked_for_and_long_ones_and_any_letters_are_fine()
    {
        await using var clinic = await OwnClinic.Start();
        foreach (var (name, password) in new[] { ("one", "eightlet"), ("two", new string('ö', 40) + " 日本語 ✓ " + new string('x', 80)), ("three", "   spaces count   ") })
        {
            using var http = clinic.Visitor();
            using var joined = await Join(clinic, http, password, name);
            joined.Goes().ShouldBe("/account?new=yes", name);
            using var back = await http.Post("/sign-in", ("name", name.ToUpperInvariant()), ("password", password), ("then", "/account"));
            back.Goes().ShouldBe("/account");
            using var shortened = await http.Post("/sign-in", ("name", name), ("password", password[..^1]));
            shortened.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
    }

    [Trait("trust", "S8")]
    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_are_answered_alike_and_as_fast()
    {
        await using var clinic = await OwnClinic.Start();
        using var http = clinic.Visitor();
        (await Join(clinic, http, Good)).Dispose();
        var (known, unknown) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var i = 0; i < 8; i++)
        {
            var (page, took) = await Try("paula");
            var (other, otherTook) = await Try("nobody");
            other.Replace("nobody", "paula", StringComparison.Ordinal).ShouldBe(page);
            (known, unknown) = (took < known ? took : known, otherTook < unknown ? otherTook : unknown);
        }
        // The quickest of eight: without the same work the one would be a hundred times faster.
        (unknown / known).ShouldBeInRange(0.4, 2.5);

        async Task<(string Page, TimeSpan Took)> Try(string name)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await http.Post("/sign-in", ("name", name), ("password", "not this one"));
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            return (await answer.Content.ReadAsStringAsync(), watch.Elapsed);
        }
    }

    [Trait("trust", "S8")]
    [Theory, InlineData("paula"), InlineData("nobody")]
    public async Task Of_a_thousand_guesses_ten_are_heard_whether_there_is_such_a_name_or_not(string name)
    {
        var clock = new Reminders.SetClock(NodaTime.SystemClock.Instance.GetCurrentInstant());
        await using var clinic = await OwnClinic.Start(clock);
        using var http = clinic.Visitor();
        (await Join(clinic, http, Good)).Dispose();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 1_000; i++)
        {
            using var answer = await http.Post("/sign-in", ("name", name), ("password", $"guess number {i}"));
            answers.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) answer.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
        }
        answers.Count(a => a == HttpStatusCode.UnprocessableEntity).ShouldBe(10);
        answers.Count(a => a == HttpStatusCode.TooManyRequests).ShouldBe(990);
        // Even the right one waits; a passkey is asked for all the same.
        using var right = await http.Post("/sign-in", ("name", "paula"), ("password", Good));
        right.StatusCode.ShouldBe(name == "paula" ? HttpStatusCode.TooManyRequests : HttpStatusCode.Redirect);
        using var passkey = await http.Post("/sign-in/passkey/options");
        passkey.StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Now += NodaTime.Duration.FromMinutes(15);
        using var later = await http.Post("/sign-in", ("name", "paula"), ("password", Good));
        later.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Trait("trust", "S6")]
    [Fact]
    public async Task Staff_with_a_password_see_nothing_before_the_second_step_and_the_steps_code_is_good_once()
    {
        await using var clinic = await OwnClinic.Start();
        using var http = clinic.Visitor();
        using var joined = await Join(clinic, http, Good, role: Role.Admin);
        joined.Goes().ShouldBe("/account/app");
        using var inside = clinic.Holding(joined.Secret());
        (await inside.Get("/people")).Goes().ShouldBe("/account/app");
        (await inside.Get("/")).Goes().ShouldBe("/account/app");
        var key = Regex.Match(await (await inside.Get("/account/app")).Content.ReadAsStringAsync(), "app: <code>([A-Z2-7 ]+)</code>").Groups[1].Value;
        using var on = await inside.Post("/account/app", ("code", Totp.Now(key)));
        on.Goes().ShouldBe("/account/printed");
        using var through = clinic.Holding(on.Secret());
        (await through.Get("/people")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var again = await http.Post("/sign-in", ("name", "paula"), ("password", Good));
        again.Secret().ShouldBeNull();
        var ticket = Regex.Match(await again.Content.ReadAsStringAsync(), "name=\"ticket\" value=\"([^\"]+)\"").Groups[1].Value;
        var code = Totp.Now(key, 1);
        using var wrong = await http.Post("/sign-in/second", ("ticket", ticket), ("code", code == "000000" ? "000001" : "000000"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var used = await http.Post("/sign-in/second", ("ticket", ticket), ("code", code));
        used.Goes().ShouldBe("/people");
        using var twice = await http.Post("/sign-in/second", ("ticket", ticket), ("code", code));
        twice.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        twice.Secret().ShouldBeNull();
    }

    [Trait("trust", "S19")]
    [Fact]
    public async Task The_apps_key_and_the_printed_codes_are_in_no_file_as_they_are()
    {
        await using var clinic = await OwnClinic.Start();
        var account = clinic.Somebody(Role.Person);
        using var http = clinic.Visitor(account);
        var key = Regex.Match(await (await http.Get("/account/app")).Content.ReadAsStringAsync(), "app: <code>([A-Z2-7 ]+)</code>").Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        key.Length.ShouldBe(32);
        var codes = clinic.Codes.Renew(account);
        var stolen = clinic.Stolen();
        stolen.ShouldContain(account.Id);
        foreach (var secret in (string[])[key, .. codes, .. codes.Select(PrintedCode.Plain), .. codes.Select(code => PrintedCode.Digest(PrintedCode.Plain(code)))])
        {
            stolen.ShouldNotContain(secret);
            stolen.ShouldNotContain(Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(secret)));
        }
    }

    [Trait("trust", "S6")]
    [Fact]
    public async Task A_printed_code_is_good_once_and_only_beside_the_password_where_there_is_one()
    {
        await using var clinic = await OwnClinic.Start();
        var account = clinic.Somebody(Role.Person);
        var codes = clinic.Codes.Renew(account);
        codes.Count.ShouldBe(10);
        using var http = clinic.Visitor();
        var inside = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => http.Post("/sign-in/printed", ("code", codes[0].ToLowerInvariant().Replace('-', ' ')))));
        inside.Count(answer => answer.Secret() is { Length: > 0 }).ShouldBe(1);
        clinic.Codes.Left(account.Id).ShouldBe(9);

        using var joined = await Join(clinic, http, Good);
        var other = clinic.Accounts.FindByName("paula")!;
        using var refused = await http.Post("/sign-in/printed", ("code", clinic.Codes.Renew(other)[0]));
        refused.Secret().ShouldBeNull();
        clinic.Codes.Left(other.Id).ShouldBe(10);
    }

    private static Task<HttpResponseMessage> Join(OwnClinic clinic, HttpClient http, string password, string name = "paula", Role role = Role.Person) =>
        http.Post("/invitation", ("code", clinic.Invitations.Invite(clinic.Admin, role)), ("name", name == "paula" ? "Paula" : name), ("sign-in-name", name == "paula" ? "Paula" : name), ("password", password), ("again", password));
}
