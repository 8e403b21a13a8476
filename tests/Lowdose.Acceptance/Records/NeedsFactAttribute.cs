using System.Diagnostics;

namespace Lowdose.Acceptance.Records;

/// <summary>
/// A test that needs a program of Linux. Where the program is missing though it could be installed the test fails; it is skipped, saying so, on another
/// system and where the kernel does not let us.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> Mounts = new(() => Runs("unshare", "-m", "sh", "-c", "mount -t tmpfs tmpfs /mnt")), Traces = new(() => Runs("strace", "-o", "/dev/null", "true"));

    public NeedsFactAttribute(string program)
    {
        if (!OperatingSystem.IsLinux()) Skip = "this fault is made with tools of Linux";
        else if (!Has(program)) Skip = Has("apt-get") ? null : $"there is no {program} here, and no apt-get to install it";
        else if (program == "unshare" && !Mounts.Value) Skip = "a disk of its own needs root, and a kernel that allows it";
        else if (program == "strace" && !Traces.Value) Skip = "the kernel does not let strace watch";
    }

    private static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static bool Runs(string program, params string[] arguments)
    {
        using var probe = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        probe.StandardError.ReadToEnd();
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }
}
