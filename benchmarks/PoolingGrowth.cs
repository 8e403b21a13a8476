using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Benchmarks;

/// <summary>Cost and memory against the number of people, and where the time goes.</summary>
internal static class PoolingGrowth
{
    public static void Write(StringBuilder page)
    {
        page.AppendLine("## Growth").AppendLine().AppendLine("One-stage REML at τ = 0, and with τ profiled; CPU seconds, which one thread spends: the least of three runs at τ = 0, one run with τ profiled.").AppendLine();
        page.AppendLine("| people × 84 days | scores | τ = 0, s | τ profiled, s | peak memory of the process, MiB |").AppendLine("|---|---|---|---|---|");
        PooledStudy? largest = null;
        foreach (var people in new[] { 1_000, 10_000, 100_000 })
        {
            largest = PoolingData.Study(people, 4);
            double plain = Seconds(() => Pool.OneStage(largest)), profiled = Seconds(() => Pool.OneStage(largest with { TauDays = null }), 1);
            using var process = Process.GetCurrentProcess();
            Console.Error.WriteLine($"{people} people: {plain} CPU s, {profiled} with τ profiled");
            page.AppendLine(CultureInfo.InvariantCulture, $"| {people:#,0} | {largest.People.Sum(p => p.Days.Length):#,0} | {plain:0.000} | {profiled:0.00} | {process.PeakWorkingSet64 / 1048576.0:0} |");
        }
        Parts(page, largest!);
    }

    private static void Parts(StringBuilder page, PooledStudy study)
    {
        var columns = new PooledColumns(study);
        columns.SetOnset(0);
        var products = new GapProducts(columns);
        products.Fill();
        var likelihood = new PooledLikelihood(columns, products, [0, 1], true);
        likelihood.At(new Spread(0.5, 0.8, 0, 0.6));
        double onset = Seconds(() => columns.SetOnset(0)), fill = Seconds(products.Fill), at = Seconds(() => likelihood.At(new Spread(0.5, 0.8, 0, 0.6)));
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        likelihood.At(new Spread(0.4, 0.8, 0, 0.6));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        double copied = Copied(), bytes = 8.0 * columns.Varying * columns.Scored + 4.0 * columns.Scored, product = products.Bytes;
        page.AppendLine().AppendLine("Where the time goes, at the largest size:").AppendLine().AppendLine("| step | how often | ms | per | memory read, GB/s |").AppendLine("|---|---|---|---|---|");
        page.AppendLine(CultureInfo.InvariantCulture, $"| onset of every day | once a τ | {1000 * onset:0} | {1e9 * onset / columns.Scored:0.0} ns a score | {bytes / onset / 1e9:0.0} |");
        page.AppendLine(CultureInfo.InvariantCulture, $"| products by gap | once a τ | {1000 * fill:0} | {1e9 * fill / columns.Scored:0.0} ns a score | {bytes / fill / 1e9:0.0} |");
        page.AppendLine(CultureInfo.InvariantCulture, $"| likelihood and gradient | some 150 a fit, ten a τ | {1000 * at:0.0} | {1e9 * at / columns.People:0} ns a person | {product / at / 1e9:0.0} |");
        page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"One thread copies memory at {copied:0.0} GB/s here. The products by gap are what makes a likelihood cost a person and not a day: {product / columns.People:0} bytes a person stand for {bytes / columns.People:0}. A likelihood with its gradient allocates {allocated} bytes.");
        page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"One thread multiplies and adds at {OneThread.MultiplyAdds() / 1e9:0.0} GFLOP/s here, on numbers in registers. The products by gap are {Operations} operations a score: {Operations * columns.Scored / fill / 1e9:0.0} GFLOP/s.");
    }

    /// <summary>GapProducts.FillPlain, counted: 3 products and 2 differences, 6 + 12 additions, 3 squares added.</summary>
    private const int Operations = 29;

    private static double Copied()
    {
        double[] from = new double[1 << 24], to = new double[1 << 24];
        Array.Fill(from, 1);
        return 2 * 8.0 * from.Length / Seconds(() => from.CopyTo(to, 0)) / 1e9;
    }

    /// <summary>CPU seconds, the least of a few runs: the machine may be shared.</summary>
    private static double Seconds(Action action, int runs = 3)
    {
        var best = double.MaxValue;
        for (var run = 0; run < runs; run++)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            action();
            best = Math.Min(best, Math.Max(1e-4, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds));
        }
        return best;
    }
}
