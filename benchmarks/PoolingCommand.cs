using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Lowdose.Benchmarks;

/// <summary>The command itself on a file of 100,000 people, from bytes to answer; and how fast this machine can multiply and add.</summary>
internal static class PoolingCommand
{
    private const int People = 100_000, Days = 84;

    public static void Write(StringBuilder page)
    {
        var folder = Directory.CreateTempSubdirectory("lowdose-pool-");
        try
        {
            var file = Path.Combine(folder.FullName, "people.csv");
            Save(file);
            page.AppendLine().AppendLine("## The command").AppendLine();
            page.AppendLine(CultureInfo.InvariantCulture, $"`lowdose pool` on one file of {People:#,0} people × {Days} days, {People * Days:#,0} rows, {new FileInfo(file).Length >> 20} MiB: reading, checking, fitting, everyone's effect written as JSON. CPU seconds of all threads.").AppendLine();
            page.AppendLine("| options | CPU, s | wall, s | peak memory, MiB |").AppendLine("|---|---|---|---|");
            foreach (var options in (string[][])[["--tau", "0"], []])
            {
                var (cpu, wall, memory) = Run(["pool", file, "--json", "--out", Path.Combine(folder.FullName, "pool.json"), .. options]);
                Console.Error.WriteLine($"the command: {cpu} CPU s, {memory >> 20} MiB");
                page.AppendLine(CultureInfo.InvariantCulture, $"| {(options.Length == 0 ? "as usual, τ profiled" : $"`{string.Join(' ', options)}`")} | {cpu:0.0} | {wall:0.0} | {memory >> 20:#,0} |");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Save(string file)
    {
        var study = PoolingData.Study(People, 4);
        using var text = new StreamWriter(file);
        text.Write("person,day,dose_mg,pain\n");
        for (var i = 0; i < People; i++)
        {
            var (person, next) = (study.People[i], 0);
            for (var day = 0; day < Days; day++)
            {
                var score = next < person.Days.Length && person.Days[next] == day
                    ? Math.Clamp(Math.Round(person.Scores[next++], 1), 0, 10).ToString(CultureInfo.InvariantCulture) : "";
                text.Write(string.Create(CultureInfo.InvariantCulture, $"p{i},{day + 1},{(person.OnDrug[day] ? "4.5" : "0")},{score}\n"));
            }
        }
    }

    private static (double Cpu, double Wall, long Memory) Run(string[] arguments)
    {
        // Built and started once, so that building is not counted.
        using (var warm = Process.Start(new ProcessStartInfo(Path.Combine(Provenance.Root, "bin", "lowdose"), ["--version"]) { RedirectStandardOutput = true })!) warm.WaitForExit();
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(Path.Combine(Provenance.Root, "bin", "lowdose"), arguments);
        var (cpu, memory) = (0.0, 0L);
        while (!process.WaitForExit(20))
        {
            process.Refresh();
            try
            {
                (cpu, memory) = (process.TotalProcessorTime.TotalSeconds, Math.Max(memory, process.PeakWorkingSet64));
            }
            catch (InvalidOperationException)
            {
                // It ended between the two lines; the last look stands.
            }
        }
        return process.ExitCode == 0 ? (cpu, clock.Elapsed.TotalSeconds, memory) : throw new InvalidOperationException($"lowdose pool ended with {process.ExitCode}");
    }
}
