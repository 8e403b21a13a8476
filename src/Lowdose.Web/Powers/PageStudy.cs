using System.Collections.Concurrent;
using System.Text;
using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Power;

namespace Lowdose.Web.Powers;

/// <summary>A study as a page can bear it: so many replicates as a few seconds hold, or none.</summary>
/// <param name="Design">The design, with the page's replicates.</param>
/// <param name="Yaml">The file the command takes.</param>
/// <param name="TooMuch">It would take a page too long; the command has the time.</param>
public sealed record PageStudy(Design Design, string Yaml, bool TooMuch)
{
    private const int MostReplicates = 1000, FewestReplicates = 60, MostRemembered = 400;
    private const ulong Seed = 1;

    /// <summary>CPU seconds that a page spends on all points together.</summary>
    private const double Budget = 6;

    // One study at a time: whoever comes second waits, and the machine stays usable.
    private static readonly SemaphoreSlim Turn = new(1);
    private static readonly ConcurrentDictionary<string, OperatingPoint> Remembered = new();

    /// <summary>How many studies are simulated at each point, so that all points take the same few seconds whatever the computer.</summary>
    public static PageStudy Of(Design design, string yaml)
    {
        var cost = DesignStudies.Of(design, Seed).Sum(s => Seconds(s.Study));
        var replicates = Math.Min(MostReplicates, (int)Math.Min(MostReplicates, Budget / cost) / Power.BlockReplicates * Power.BlockReplicates);
        return new(design with { Replicates = Math.Max(FewestReplicates, replicates) }, yaml, replicates < FewestReplicates);
    }

    /// <summary>The points there are.</summary>
    public IReadOnlyList<(double? Value, PowerStudy Study)> Studies() => [.. DesignStudies.Of(Design, Seed).Select(s => (s.Value, s.Study with { CountsDays = false }))];

    /// <summary>All points.</summary>
    public async Task<PowerAnswer> Answer(CancellationToken stop)
    {
        var points = new List<(double?, OperatingPoint)>();
        for (var p = 0; p < Studies().Count; p++) points.Add((Studies()[p].Value, await Point(p, stop).ConfigureAwait(false)));
        return new(Design, Seed, points);
    }

    /// <summary>One point; what was worked out lately is not worked out again.</summary>
    public async Task<OperatingPoint> Point(int point, CancellationToken stop)
    {
        var (value, study) = Studies()[point];
        var key = $"{Design.Replicates} {value} {Yaml}";
        if (Remembered.TryGetValue(key, out var known)) return known;
        await Turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var threads = Math.Max(1, Environment.ProcessorCount - 1);
            var found = await Task.Run(() => Power.Of(study, threads, null, stop), stop).ConfigureAwait(false);
            if (Remembered.Count >= MostRemembered) Remembered.Clear();
            return Remembered[key] = found;
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>The JSON that the command prints of the same design, replicates and seed, but for the days to a verdict.</summary>
    public static byte[] Json(PowerAnswer answer)
    {
        using var buffer = new MemoryStream();
        PowerJson.Write(answer, buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>The file and the replicates, for who wants the same from the command.</summary>
    public byte[] File() => Encoding.UTF8.GetBytes(Yaml + $"replicates: {Design.Replicates}\n");

    /// <summary>CPU seconds of one replicate, roughly, on a slow computer; docs/methods/power-speed.md has measured ones.</summary>
    private static double Seconds(PowerStudy study)
    {
        double days = (double)study.People * study.Days, blocks = (double)study.People * study.Blocks.Count;
        return study.Analysis switch
        {
            PowerAnalysis.Verdict => study.People * (4e-3 + 0.1e-3 * study.Days),
            PowerAnalysis.Pool => 0.4e-3 + 0.35e-6 * days,
            PowerAnalysis.Crossover => 0.1e-3 + 0.1e-6 * days + 1e-6 * blocks,
            _ => 2e-3 + 0.1e-6 * days + 0.5e-3 * study.People,
        };
    }
}
