using System.Diagnostics;
using Lowdose.Acceptance.Clinic;
using Lowdose.Records.Clinic;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Security;

/// <summary>S3: a record one may not see and one that is not there cannot be told apart, by the answer nor by how long it takes.</summary>
[Trait("trust", "S3")]
public sealed class LookAlikeTests(ITestOutputHelper output)
{
    private const int Full = 20_000, Ids = 20;
    // Welch's t; dudect's bound.
    private const double Bound = 4.5;

    [Fact]
    public Task Forbidden_and_unknown_answer_with_the_same_bytes() => Compare(50, timed: false);

    [Fact, Trait("speed", "slow")]
    public Task Forbidden_and_unknown_take_equally_long() => Compare(FaultCount.RoundsOf(Full), timed: true);

    private async Task Compare(int calls, bool timed)
    {
        await using var clinic = await OwnClinic.Start();
        using var http = clinic.Visitor(clinic.Somebody(Role.Prescriber, "Dora Doctor"));
        // As many of each, and each asked for as often: an id that was asked for before may be found faster, whichever it is. The order is by chance, so that a machine that gets slower hits both.
        var random = new Random(3);
        string[][] records = [[.. Enumerable.Range(0, Ids).Select(_ => clinic.Somebody(Role.Person).Record!)], [.. Enumerable.Range(0, Ids).Select(_ => new Guid(Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256)).ToArray()).ToString())]];
        var (times, bodies) = (new[] { new List<double>(), new List<double>() }, new[] { new HashSet<string>(), new HashSet<string>() });
        for (var call = -200; call < 2 * calls; call++)
        {
            var kind = random.Next(2);
            var record = records[kind][random.Next(Ids)];
            var since = Stopwatch.GetTimestamp();
            using var answer = await http.Get($"/for/{record}/course");
            var body = await answer.Content.ReadAsStringAsync();
            if (call < 0) continue;
            times[kind].Add(Stopwatch.GetElapsedTime(since).TotalMicroseconds);
            bodies[kind].Add($"{(int)answer.StatusCode} {string.Join('|', answer.Headers.Where(h => h.Key != "Date").Select(h => h.Key + string.Join(',', h.Value)))} {body}");
        }
        bodies[0].ShouldHaveSingleItem().ShouldBe(bodies[1].ShouldHaveSingleItem());
        if (!timed) return;
        // What the scheduler adds to a few calls says nothing about the code: the slowest tenth of both together is left out, as dudect does.
        var most = times[0].Concat(times[1]).Order().ElementAt((int)(0.9 * (times[0].Count + times[1].Count)));
        double[][] usual = [.. times.Select(kind => kind.Where(x => x < most).ToArray())];
        var t = Welch(usual[0], usual[1]);
        output.WriteLine(new FaultCount("S3", "a forbidden and an unknown record asked for by chance", calls, Full, "calls of each", FormattableString.Invariant(
            $"the same bytes; {usual[0].Average():0} and {usual[1].Average():0} microseconds; Welch's t {t:0.0} (bound {Bound})")).ToString());
        Math.Abs(t).ShouldBeLessThan(Bound);
    }

    private static double Welch(double[] a, double[] b)
    {
        static (double Mean, double OfMean) Moments(double[] x)
        {
            var mean = x.Average();
            return (mean, x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1) / x.Length);
        }
        var (first, second) = (Moments(a), Moments(b));
        return (first.Mean - second.Mean) / Math.Sqrt(first.OfMean + second.OfMean);
    }
}
