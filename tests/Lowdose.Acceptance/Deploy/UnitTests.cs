using System.Diagnostics;
using Lowdose.Acceptance.CommandLine;

namespace Lowdose.Acceptance.Deploy;

/// <summary>The systemd unit.</summary>
public sealed class UnitTests
{
    [Fact]
    public void Systemd_finds_nothing_wrong_with_the_unit_and_little_that_it_could_do()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var folder = new TemporaryFolder();
        var unit = File.ReadAllText(Manual.Path("lowdose.service"));
        // Only the program is not where it will be.
        unit.ShouldContain("ExecStart=/opt/lowdose/Lowdose.Cli serve ");
        var file = folder.File("lowdose.service", unit.Replace("/opt/lowdose/Lowdose.Cli", "/bin/true", StringComparison.Ordinal));
        Run("verify", "--man=no", file).ShouldBe((0, ""));
        // In tenths; up to 40 systemd calls it OK.
        Run("security", "--offline=1", "--threshold=30", file).Code.ShouldBe(0);
    }

    private static (int Code, string Said) Run(params string[] arguments)
    {
        using var analyze = Process.Start(new ProcessStartInfo("systemd-analyze", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = analyze.StandardOutput.ReadToEndAsync();
        var error = analyze.StandardError.ReadToEnd();
        analyze.WaitForExit();
        return (analyze.ExitCode, arguments[0] == "verify" ? output.Result + error : "");
    }
}
