using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>The array script of deploy/slurm on a real Slurm of one node, in a folder of its own.</summary>
[Trait("speed", "slow")]
public class SlurmTests
{
    private const string Design = """
        people: 30
        blocks: {arms: [placebo, ldn], days: 14, pairs: 3, random: pairs}
        analysis: pool
        truth: {effect: -0.7, effectSd: 0.8, levelSd: 1, rho: 0.5, sigma: 1.5, tauDays: 5, missing: 0.1}
        replicates: 60000

        """;

    [Fact]
    public void A_task_requeued_and_a_task_killed_do_not_change_the_answer()
    {
        Assert.True(File.Exists("/usr/sbin/slurmctld") && File.Exists("/usr/sbin/munged"), "slurm-wlm and munge are not installed; bin/test --all installs them");
        using var folder = new TemporaryFolder();
        string design = folder.File("d.yaml", Design), parts = Path.Combine(folder.Path, "parts"), cluster = Path.Combine(folder.Path, "slurm"), here = Path.Combine(LowdoseProcess.Repository, "tests", "Lowdose.Acceptance", "CommandLine", "slurm.sh");
        var program = folder.File("lowdose", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "Lowdose.Cli.dll")}' \"$@\"\n");
        Said("chmod", "+x", program);
        try
        {
            Said("bash", here, "start", cluster, Port(), Port());
            string Slurm(string tool, params string[] arguments) => Told(tool, arguments, ("SLURM_CONF", Path.Combine(cluster, "slurm.conf")), ("LOWDOSE", program), ("PWD", folder.Path));
            var job = Slurm("sbatch", "--parsable", "--array=1-4", $"--output={folder.Path}/log-%a", Path.Combine(LowdoseProcess.Repository, "deploy", "slurm", "power.sbatch"), design, parts).Trim();

            Until(() => Slurm("squeue", "-h", "-t", "R", "-o", "%i").Split('\n').Count(l => l.Length > 0) >= 2, "two tasks run");
            Thread.Sleep(1500);
            Directory.GetFiles(parts).ShouldBeEmpty("the tasks ended before they could be disturbed");
            Slurm("scontrol", "requeue", job + "_1");
            using (var task = Process.GetProcessById(Running(design, "2/4"))) task.Kill();
            Until(() => Slurm("scontrol", "show", "job", job + "_2").Contains("JobState=FAILED", StringComparison.Ordinal), "the killed task has failed");
            Slurm("scontrol", "requeue", job + "_2");
            // A requeued task waits two minutes unless it is told not to.
            foreach (var task in (string[])["_1", "_2"]) Slurm("scontrol", "update", "jobid=" + job + task, "StartTime=now");

            Until(() => Slurm("squeue", "-h").Trim().Length == 0, "all tasks are done");
            foreach (var task in (string[])["_1", "_2"]) Slurm("scontrol", "show", "job", job + task).ShouldContain("Restarts=1");
            var merged = LowdoseProcess.Run(["power-merge", .. Directory.GetFiles(parts), "--json"]);
            merged.ExitCode.ShouldBe(0, merged.Error);
            merged.Output.ShouldBe(LowdoseProcess.Run("power", design, "--json").Output);
        }
        finally
        {
            Told("bash", [here, "stop", cluster]);
            Thread.Sleep(2000);
        }
    }

    /// <summary>The process that computes a part.</summary>
    private static int Running(string design, string shard)
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[0])))
        {
            try
            {
                var words = File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0');
                if (words.Contains(design) && words.Contains(shard)) return int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It has ended since it was listed.
            }
        }
        throw new InvalidOperationException($"nobody computes part {shard}");
    }

    private static void Said(string program, params string[] arguments) => Told(program, arguments);

    private static string Told(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        // What is started here goes on in the background: its output must not keep ours open.
        using var output = new TemporaryFolder();
        var said = Path.Combine(output.Path, "said");
        var start = new ProcessStartInfo("bash", ["-c", "exec \"$@\" > \"$SAID\" 2>&1", "-", program, .. arguments]);
        start.Environment["SAID"] = said;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.WaitForExit(120_000).ShouldBeTrue(program);
        var text = File.ReadAllText(said);
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {text}");
        return text;
    }

    private static void Until(Func<bool> met, string what)
    {
        var since = Stopwatch.StartNew();
        while (!met())
        {
            since.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(5), what);
            Thread.Sleep(300);
        }
    }

    private static string Port()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
