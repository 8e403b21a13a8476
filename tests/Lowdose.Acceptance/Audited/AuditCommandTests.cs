using System.Text.Json;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Records;
using Lowdose.Records.Clinic;

namespace Lowdose.Acceptance.Audited;

public sealed class AuditCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Data => Path.Combine(folder.Path, "data");

    private string Anchors => Path.Combine(folder.Path, "anchors.txt");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_whole_trail_is_said_to_be_whole_and_what_cannot_be_seen_is_said_too()
    {
        var chain = Filled(12);
        LowdoseProcess.Run("audit", "verify", "--data", Data).ShouldBe(new(0,
            "The audit trail is whole: 12 entries, numbered without a gap, each following the one before. There was no anchor to compare with, so entries cut off its end could not be seen.\n", ""));
        LowdoseProcess.Run("audit", "anchor", "--data", Data, "--out", Anchors).ExitCode.ShouldBe(0);
        File.ReadAllText(Anchors).ShouldMatch($"^12 {Convert.ToHexStringLower(chain[^1].Hash)} 20[0-9]{{2}}-[0-9T:.-]+Z\n$");
        using (var archive = Some.Open(Data)) new AuditTrail(archive, Some.Clock).Note(Deeds.Of(12));
        LowdoseProcess.Run("audit", "anchor", "--data", Data, "--out", Anchors).ExitCode.ShouldBe(0);
        File.ReadAllLines(Anchors).Length.ShouldBe(2, "the second is added to the first");
        var found = LowdoseProcess.Run("audit", "verify", "--anchor", Anchors, "--data", Data, "--json");
        found.ExitCode.ShouldBe(0);
        using var json = JsonDocument.Parse(found.Output);
        json.RootElement.EnumerateObject().Select(m => $"{m.Name} {m.Value}").Where(m => !m.StartsWith("hash", StringComparison.Ordinal)).ShouldBe(["intact True", "entries 13", "anchors 2", "unanchored 0", "fault "]);
        LowdoseProcess.Run("audit", "anchor", "--data", Data).Output.ShouldStartWith("13 ");
    }

    [Fact]
    public void Tampering_ends_with_4_and_says_where()
    {
        var chain = Filled(12);
        LowdoseProcess.Run("audit", "anchor", "--data", Data, "--out", Anchors).ExitCode.ShouldBe(0);
        Meddle([.. chain[..4], chain[4] with { Actor = Deeds.Id(66) }, .. chain[5..]]);
        LowdoseProcess.Run("audit", "verify", "--data", Data).ShouldBe(new(4, "",
            "lowdose: the audit trail was meddled with: entry 5 is not as it was written: it does not agree with its hash; keep the database as it is, and compare it with its backups\n"));
        Meddle(chain[..9]);
        LowdoseProcess.Run("audit", "verify", "--data", Data).ExitCode.ShouldBe(0, "without an anchor nobody can tell");
        var cut = LowdoseProcess.Run("audit", "verify", "--data", Data, "--anchor", Anchors, "--json");
        cut.ExitCode.ShouldBe(4);
        using var json = JsonDocument.Parse(cut.Output);
        json.RootElement.GetProperty("intact").GetBoolean().ShouldBeFalse();
        json.RootElement.GetProperty("fault").GetProperty("sequence").GetInt64().ShouldBe(10);
        json.RootElement.GetProperty("fault").GetProperty("kind").GetString().ShouldBe("cut-off");
    }

    [Theory]
    [InlineData("not an anchor\n", 1), InlineData("# kept by the other house\n\n3 abc 2026-12-01T12:00:00Z\n", 3), InlineData("", 1), InlineData("# nothing\n", 1)]
    [InlineData("1 0000000000000000000000000000000000000000000000000000000000000000 yesterday\n", 1), InlineData("-1 0000000000000000000000000000000000000000000000000000000000000000 2026-12-01T12:00:00Z", 1)]
    [InlineData("0 1000000000000000000000000000000000000000000000000000000000000000 2026-12-01T12:00:00Z", 1)]
    public void A_file_that_holds_no_anchors_ends_with_3_and_names_the_line(string text, int line)
    {
        Filled(3);
        File.WriteAllText(Anchors, text);
        var refused = LowdoseProcess.Run("audit", "verify", "--data", Data, "--anchor", Anchors);
        (refused.ExitCode, refused.Output).ShouldBe((3, ""));
        refused.Error.ShouldStartWith($"lowdose: {Anchors}:{line}: ");
    }

    [Fact]
    public void A_missing_anchor_file_ends_with_3_and_another_file_is_not_written_to()
    {
        Filled(3);
        LowdoseProcess.Run("audit", "verify", "--data", Data, "--anchor", Anchors).Error.ShouldContain("anchors.txt:1: there is no such file");
        File.WriteAllText(Anchors, "my shopping list\n");
        LowdoseProcess.Run("audit", "anchor", "--data", Data, "--out", Anchors).ExitCode.ShouldBe(3);
        File.ReadAllText(Anchors).ShouldBe("my shopping list\n");
        LowdoseProcess.Run("audit", "verify", "--help").Output.ShouldContain("4 it was meddled with");
    }

    [Fact]
    public void Beside_a_running_Lowdose_it_asks_that_one()
    {
        var chain = Filled(12);
        using (var server = Served.Start(Data))
        {
            LowdoseProcess.Run("audit", "anchor", "--data", Data, "--out", Anchors).ExitCode.ShouldBe(0);
            LowdoseProcess.Run("audit", "verify", "--data", Data, "--anchor", Anchors).Output.ShouldEndWith("It agrees with the anchor; 0 entries came after.\n");
            server.Kill();
        }
        Meddle(chain[..7]);
        using (var server = Served.Start(Data))
        {
            var cut = LowdoseProcess.Run("audit", "verify", "--data", Data, "--anchor", Anchors);
            cut.ExitCode.ShouldBe(4);
            cut.Error.ShouldContain("the trail ends with entry 7, but entry 12 was there on ");
            server.Kill();
        }
    }

    private Stored[] Filled(int count)
    {
        using var archive = Some.Open(Data);
        var trail = new AuditTrail(archive, Some.Clock);
        for (var n = 0; n < count; n++) trail.Note(Deeds.Of(n));
        return Stored.All(archive);
    }

    private void Meddle(IReadOnlyList<Stored> after)
    {
        using var archive = Some.Open(Data);
        Stored.Unprotect(archive);
        Stored.Replace(archive, after);
    }
}
