using System.Net;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.SignIn;
using NodaTime;

namespace Lowdose.Acceptance.Clinic;

/// <summary>S19: the first administrator, the clinic's key, and that nobody is there by default.</summary>
public sealed class FirstStartTests
{
    [Trait("trust", "S19")]
    [Fact]
    public async Task Nobody_is_there_before_the_code_was_used_and_only_it_lets_somebody_begin()
    {
        await using var clinic = await OwnClinic.Start(empty: true);
        clinic.Archive.Query(tables => tables.Set<Account>().Count()).ShouldBe(0);
        using var http = clinic.Visitor();
        foreach (var (name, password) in new[] { ("admin", "admin"), ("admin", "password"), ("root", "root"), ("lowdose", "lowdose") })
            (await http.Post("/sign-in", ("name", name), ("password", password))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var guessed = await Begin(http, PrintedCode.Strong());
        guessed.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        guessed.Secret().ShouldBeNull();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Begin(http, clinic.FirstCode!, $"ada{i}")));
        answers.Count(a => a.Secret() is { Length: > 0 }).ShouldBe(1);
        clinic.Archive.Query(tables => tables.Set<Account>().Count()).ShouldBe(1);
        (await Begin(http, clinic.FirstCode!, "again")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        clinic.Mode.FirstCode(clinic.Archive).ShouldBeNull();
    }

    [Trait("trust", "S19")]
    [Fact]
    public void A_new_code_is_made_at_each_start_until_somebody_began()
    {
        using var folder = new TemporaryFolder();
        Archive.Open(folder.Path, SystemClock.Instance, out var archive).ShouldBeNull();
        using var records = archive!;
        ClinicMode.Open(records, Path.Combine(folder.Path, "clinic.key"), null, out var first).ShouldBeNull();
        ClinicMode.Open(records, Path.Combine(folder.Path, "clinic.key"), null, out var second).ShouldBeNull();
        var (older, newer) = (first!.FirstCode(records)!, second!.FirstCode(records)!);
        older.ShouldNotBe(newer);
        PrintedCode.Plain(newer).Length.ShouldBe(26);
    }

    [Trait("trust", "S19")]
    [Fact]
    public void A_key_that_others_may_read_or_that_belongs_to_other_records_stops_the_start()
    {
        using var folder = new TemporaryFolder();
        Archive.Open(folder.Path, SystemClock.Instance, out var archive).ShouldBeNull();
        using var records = archive!;
        var path = Path.Combine(folder.Path, "clinic.key");
        ClinicMode.Open(records, path, null, out _).ShouldBeNull();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            ClinicMode.Open(records, path, null, out _)!.What.ShouldContain("others on this computer may read");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        ClinicMode.Open(records, Path.Combine(folder.Path, "other.key"), null, out _)!.What.ShouldContain("not the one that belongs");
        ClinicMode.Open(records, folder.File("no.key", "hello"), null, out _).ShouldNotBeNull();
        ClinicMode.Open(records, path, null, out _).ShouldBeNull();
    }

    [Theory]
    [InlineData("--urls", "http://0.0.0.0:0", "not encrypted"), InlineData("--address", "http://clinic.example.org", "not the https address"), InlineData("--mode", "hospital", "hospital")]
    public void A_clinic_that_would_answer_in_the_open_does_not_start(string option, string value, string said)
    {
        using var folder = new TemporaryFolder();
        string[] mode = option == "--mode" ? [] : ["--mode", "clinic"];
        var outcome = LowdoseProcess.Run(["serve", "--data", folder.Path, .. mode, option, value]);
        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldContain(said);
    }

    [Trait("trust", "S18")]
    [Fact]
    public void What_is_sealed_for_one_row_opens_in_no_other()
    {
        using var folder = new TemporaryFolder();
        ClinicKey.OpenOrMake(Path.Combine(folder.Path, "clinic.key"), out var key).ShouldBeNull();
        var closed = key!.Close([1, 2, 3], "accounts", "one");
        key.Open(closed, "accounts", "one").ShouldBe([1, 2, 3]);
        key.Open(closed, "accounts", "two").ShouldBeNull();
        key.Open(closed, "key_ring", "one").ShouldBeNull();
        closed[^1] ^= 1;
        key.Open(closed, "accounts", "one").ShouldBeNull();
    }

    [Trait("trust", "S10")]
    [Fact]
    public async Task On_a_persons_own_computer_there_is_no_sign_in_and_no_cookie()
    {
        await using var diary = await Day.OwnDiary.Start();
        using var http = new HttpClient { BaseAddress = new(diary.Address) };
        foreach (var path in (string[])["/sign-in", "/begin", "/account", "/people", "/invitation"]) (await http.Get(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        (await http.Get("/today")).Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    private static Task<HttpResponseMessage> Begin(HttpClient http, string code, string name = "ada") => http.Post("/begin", ("code", code), ("organisation", "Clinic of the Meadow"), ("name", "Ada"),
        ("sign-in-name", name), ("password", "four quiet herons wading"), ("again", "four quiet herons wading"));
}
