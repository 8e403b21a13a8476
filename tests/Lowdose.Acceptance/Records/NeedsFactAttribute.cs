namespace Lowdose.Acceptance.Records;

/// <summary>A test that needs Linux and a program; where they are missing it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(string program)
    {
        if (!OperatingSystem.IsLinux()) Skip = "this fault is made with tools of Linux";
        else if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)))) Skip = $"there is no {program} here";
        else if (program == "unshare" && Environment.UserName != "root") Skip = "a disk of its own needs root";
    }
}
