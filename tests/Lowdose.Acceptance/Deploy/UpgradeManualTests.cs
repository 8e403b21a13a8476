using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Load;
using Lowdose.Acceptance.Records;

namespace Lowdose.Acceptance.Deploy;

/// <summary>The page on going to a newer version and back, word by word; the newer one is today's with a schema step more.</summary>
public sealed class UpgradeManualTests
{
    private const string Page = "upgrade.md";

    [Fact]
    public void A_newer_program_changes_the_tables_and_the_lines_of_the_manual_lead_back()
    {
        using var store = new FileStore();
        var (data, nothing) = (store.Folder.Path, new Dictionary<string, string>());
        var faces = Crowd.In(store, 2, 3);
        using (var newer = ChildProcess.Start("migrate", data)) newer.WaitForExit();
        var refused = LowdoseProcess.Run("audit", "verify", "--data", data);
        refused.ExitCode.ShouldNotBe(0);
        refused.Error.ShouldContain("newer Lowdose");
        var newest = Directory.GetFiles(Path.Combine(data, "backups"), "before-schema-*.backup").ShouldHaveSingleItem();
        var back = Manual.Type(Manual.Lines(Page, "Going back", ("/var/lib/lowdose/backups/before-schema-N.backup", newest), ("/var/lib/lowdose", data)), nothing);
        back.ExitCode.ShouldBe(0, back.Output + back.Error);
        back.Output.ShouldContain("The audit trail is whole");
        using var server = Served.StartClinic(data, null, "--address", "https://clinic.example.org");
        var look = Manual.Type(Manual.Lines(Page, "Look", ("127.0.0.1:5080", new Uri(server.Address).Authority), ("/var/lib/lowdose", data)), nothing);
        look.ExitCode.ShouldBe(0, look.Output + look.Error);
        look.Output.ShouldStartWith("ready");
        look.Output.ShouldContain("The audit trail is whole");
        server.Dispose();
        store.Kept(faces).ShouldBe(2 * 5);
    }
}
