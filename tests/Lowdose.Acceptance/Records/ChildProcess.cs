using System.Diagnostics;

namespace Lowdose.Acceptance.Records;

/// <summary>Starts the tests' own program (<see cref="Child"/>).</summary>
internal static class ChildProcess
{
    public static string Program => typeof(Child).Assembly.Location;

    public static Process Start(params string[] arguments) => StartUnder([], arguments);

    /// <summary>Under another program, as strace.</summary>
    public static Process StartUnder(string[] other, params string[] arguments)
    {
        string[] all = [.. other, "dotnet", "exec", Program, .. arguments];
        var start = new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A child is short-lived: what it costs to compile well does not come back.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }
}
