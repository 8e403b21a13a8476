using System.Net;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Diary;
using Lowdose.Tests.Safety;
using Lowdose.Web;
using Lowdose.Web.Pairing;
using Microsoft.AspNetCore.Routing;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Records;

/// <summary>S18 and S16: a passphrase under a running server. Planted words are in no file that it makes and in nothing that it says.</summary>
public sealed class ServedSealingTests(ITestOutputHelper output) : IDisposable
{
    private const string Canary = "tvrkdnq", Words = "walnut harbour violin seven";
    private const int Planted = 40;
    private readonly TemporaryFolder folder = new();

    private string Data => Path.Combine(folder.Path, "data");

    public void Dispose() => folder.Dispose();

    [Fact, Trait("trust", "S18")]
    public async Task Words_written_through_a_server_with_a_passphrase_are_in_no_file_and_in_nothing_it_says()
    {
        string said;
        var acknowledged = 0;
        using (var server = Served.Start(Data))
        {
            // A day's page opens when the course has a main score.
            (await server.Post(Some.Day(0, (CourseFields.Primary, "pain")) with { Subject = Subjects.Course })).ShouldBe(HttpStatusCode.OK);
            for (var n = 0; n < Planted; n++) (await server.Post(WithCanaries(n))).ShouldBe(HttpStatusCode.OK);
            Some.Holds(Data, Canary).ShouldBeTrue("the search finds it where it is");
            (await server.Submit("/settings/passphrase", ("passphrase", Words), ("again", Words), ("known", "yes"))).ShouldBe(HttpStatusCode.OK);
            Some.Holds(Data, Canary).ShouldBeFalse("what was open is sealed");
            for (var n = Planted; n < 2 * Planted; n++)
                if (await server.Post(WithCanaries(n)) == HttpStatusCode.OK) acknowledged++;
            // What is refused must not be said aloud either.
            (await server.Post(Some.Past(0, (Canary, Canary)))).ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await server.Get("/day/" + Canary)).Status.ShouldBe(HttpStatusCode.NotFound);
            (await server.Submit("/unlock", ("passphrase", Canary))).ShouldBe(HttpStatusCode.UnprocessableEntity);
            LowdoseProcess.Run("backup", Path.Combine(folder.Path, "a.backup"), "--data", Data).ExitCode.ShouldBe(0);
            (await server.Get("/day/" + Subjects.Day(Some.FirstDay.PlusDays(-600)).Split('/')[1])).Text.ShouldContain(Canary, customMessage: "it can be read on its page");
            Some.Holds(folder.Path, Canary).ShouldBeFalse();
            server.Kill();
            said = server.Said;
        }
        said.ShouldNotContain(Canary);
        acknowledged.ShouldBe(Planted);
        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        files.Select(Path.GetFileName).ShouldContain("lowdose.db-wal");
        output.WriteLine(new FaultCount("S18", "planted words, in every kind of field, in the database, its log, backups and the terminal", 2 * Planted, 2 * Planted, "entries", $"0 found in {files.Length} files; found where there was no passphrase yet").ToString());
    }

    [Fact, Trait("trust", "S18")]
    public async Task Locked_every_page_that_reads_the_diary_asks_for_the_passphrase_and_a_phone_is_told_423()
    {
        using (var archive = Some.Open(Data))
        {
            archive.Append(WithCanaries(0));
            archive.SetPassphrase(Words).ShouldBeNull();
        }
        using var server = Served.Start(Data);
        (await server.Post(WithCanaries(1))).ShouldBe(HttpStatusCode.Locked);
        string[] reading = ["/today", "/day/2026-11-01", "/settings"];
        foreach (var page in reading)
            (await server.Get(page)).Text.ShouldContain("Lowdose is locked", customMessage: page);
        var pages = PagesThereAre();
        pages.ShouldContain("/today");
        foreach (var page in pages)
        {
            var (status, text) = await server.Get(page);
            ((int)status).ShouldBeLessThan(500, page);
            text.ShouldNotContain(Canary, customMessage: page);
        }
        (await server.Submit("/unlock", ("passphrase", Words))).ShouldBe(HttpStatusCode.OK);
        (await server.Post(WithCanaries(1))).ShouldBe(HttpStatusCode.OK);
        output.WriteLine(new FaultCount("S18", "locked after a start", pages.Count, pages.Count, "pages", $"nothing of the diary on any; {reading.Length} that read it ask for the passphrase; a phone is told 423 and sends later").ToString());
    }

    /// <summary>The address of every page there is, those with a parameter aside.</summary>
    private static List<string> PagesThereAre()
    {
        using var folder = new TemporaryFolder();
        using var archive = Some.Open(folder.Path);
        IEndpointRouteBuilder site = Site.Build(Listening.At(new("http://127.0.0.1:0")), archive);
        return [.. site.DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.Parameters.Count == 0 && e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(e => e.RoutePattern.RawText!).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>A day in the past, so that its page can be looked at.</summary>
    private static DiaryWrite WithCanaries(int n) => Some.Day(n - 600, ("note", $"{Canary} {n}"), ("effect/" + Canary, "mild"), ("treatment/" + Canary, "started: " + Canary), ("event/" + Canary, Canary));
}
