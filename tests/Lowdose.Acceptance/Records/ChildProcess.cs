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
        return Start(start);
    }

    /// <summary>Any program of the tests.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        // It is short-lived: what it costs to compile well does not come back.
        start.Environment["DOTNET_TieredPGO"] = "0";
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"these tests need {start.FileName}; bin/test installs it, or: apt-get install strace util-linux", missing);
        }
    }
}
