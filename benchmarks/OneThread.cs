using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lowdose.Benchmarks;

/// <summary>What one thread of this machine can do at most.</summary>
internal static class OneThread
{
    /// <summary>Additions and multiplications a second, in CPU time, on vectors of eight numbers that stay in registers.</summary>
    public static double MultiplyAdds()
    {
        const int Rounds = 20_000_000;
        var best = double.MaxValue;
        for (var run = 0; run < 6; run++)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            if (double.IsNaN(Run(Rounds))) throw new InvalidOperationException("the sum is lost");
            best = Math.Min(best, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }
        return 8.0 * 8 * 2 * Rounds / best;
    }

    // Compiled well at once: a loop that is taken over while it runs keeps its numbers in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Run(int rounds)
    {
        var (a, b) = (Vector512.Create(0.999999), Vector512.Create(1e-9));
        var (s0, s1, s2, s3, s4, s5, s6, s7) = (a, a, a, a, a, a, a, a);
        for (var i = 0; i < rounds; i++)
        {
            s0 = Vector512.FusedMultiplyAdd(s0, a, b);
            s1 = Vector512.FusedMultiplyAdd(s1, a, b);
            s2 = Vector512.FusedMultiplyAdd(s2, a, b);
            s3 = Vector512.FusedMultiplyAdd(s3, a, b);
            s4 = Vector512.FusedMultiplyAdd(s4, a, b);
            s5 = Vector512.FusedMultiplyAdd(s5, a, b);
            s6 = Vector512.FusedMultiplyAdd(s6, a, b);
            s7 = Vector512.FusedMultiplyAdd(s7, a, b);
        }
        return (s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7)[0];
    }
}
