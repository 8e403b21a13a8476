using System.Runtime.Intrinsics;
using Lowdose.Science.Numerics;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Science.Tests.Pharmacology;

/// <summary>Whatever the model and the records: numbers, or a message; never an exception, never a number that is none.</summary>
public class FuzzTests
{
    /// <summary>A model of random structure: linear, or with a random nonlinear term, some of them explosive, stiff or dividing by zero.</summary>
    private static CompartmentModel Model(ref Philox random)
    {
        var (n, linear, odd) = (1 + (int)(random.NextUniform() * 5), random.NextUniform() < 0.4, (int)(random.NextUniform() * 6));
        var k = new double[n * n];
        for (var i = 0; i < k.Length; i++)
            if (random.NextUniform() < 0.5) k[i] = Math.Exp(3 * random.NextNormal() - 1) * (i % (n + 1) == 0 || random.NextUniform() < 0.05 ? -1 : 1);
        for (var i = 0; i < n; i++) k[i * n + i] -= Enumerable.Range(0, n).Where(j => j != i).Sum(j => k[j * n + i]);
        CompartmentModel model = new()
        {
            Name = "random",
            Parameters = [new("F", random.NextUniform()), new("LAG", random.NextUniform() < 0.5 ? 0 : 9 * random.NextUniform()), new("D", random.NextUniform() * 20 - 1), new("R", random.NextUniform() * 20 - 1), new("G", 1)],
            Compartments = [.. Enumerable.Range(0, n).Select(i => new Compartment($"C{i}", 0, 1, 2, 3, i == 1 ? 0 : null))],
            Outputs = ["SUM"],
            Observe = (_, x, p, seen) => seen[0] = (x[0] + x[^1]) / p[4],
        };
        if (linear)
            return model with { RateConstants = (_, _, p, into) => { for (var i = 0; i < k.Length; i++) into[i] = p[4] * k[i]; } };
        return model with
        {
            Rates = (t, x, p, d) =>
            {
                for (var i = 0; i < n; i++)
                {
                    d[i] = Vector512<double>.Zero;
                    for (var j = 0; j < n; j++) d[i] += p[4] * k[i * n + j] * x[j];
                }
                d[0] += odd switch
                {
                    0 => -10 * x[0] / (Vector512<double>.One + x[0]),
                    1 => x[0] * x[0] * 0.01,
                    2 => Vector512<double>.One / (x[0] - Vector512.Create(3.0)),
                    3 => Vector512.Sqrt(Vector512.Create(50.0) - x[0]),
                    4 => Vector512.Sin(t) * 5,
                    _ => -1000 * x[0] * x[^1],
                };
            },
        };
    }

    /// <summary>A random record; where it need not be right, something in it is often wrong.</summary>
    private static DoseRecord Record(ref Philox random, double hours, bool wild)
    {
        double Pick(ref Philox r, double[] right, double[] wrong) => wild && r.NextUniform() < 0.25 ? wrong[(int)(r.NextUniform() * wrong.Length)] : right[(int)(r.NextUniform() * right.Length)];
        var changes = random.NextUniform() < 0.2 ? new Dictionary<int, double> { [(int)(random.NextUniform() * 5)] = Pick(ref random, [1, 0.3], [0, -1, 1e9, double.NaN]) } : null;
        var rate = Pick(ref random, [0, 0, 0, 5, 1e-3, -1, -2], [-2.5, double.NaN]);
        var steady = (int)Pick(ref random, [0, 0, 0, 1, 2], [3]);
        return new("A", hours, (int)Pick(ref random, [0, 1, 1, 1, 1, 2, 3, 4], [5]), Pick(ref random, [1, 100, 100, 1e6], [0, -1, double.PositiveInfinity]), (int)Pick(ref random, [1], [0, 2, 3, 7]),
            rate, Pick(ref random, steady > 0 ? [6, 24] : [0, 6, 24, 24], [0, 0.01, -1]), (int)Pick(ref random, [0, 0, 3, 40], [100_000_000]), steady, changes);
    }

    [Fact, Trait("speed", "slow")]
    public void Three_thousand_random_models_and_records_give_numbers_or_a_message()
    {
        var (answers, refusals) = (0, new HashSet<string>());
        for (var round = 0; round < 3000; round++)
        {
            var random = new Philox(2026, (ulong)round);
            var model = Model(ref random);
            var (records, at, wild) = (new List<DoseRecord>(), 0.0, random.NextUniform() < 0.5);
            for (var i = (int)(random.NextUniform() * 4); i >= 0; i--) records.Add(Record(ref random, at += random.NextUniform() < 0.5 ? 0 : 12 * random.NextUniform(), wild));
            var tables = Simulate.Run(new(model, records, Some.Hours(48, 0.5)) { RelativeTolerance = 1e-6, AbsoluteTolerance = 1e-6, Variability = [new(4, 0.3)], People = (int)(random.NextUniform() * 3), Seed = (ulong)round });
            if (tables.Problem is { } problem)
            {
                problem.What.ShouldNotBeEmpty();
                problem.Remedy.ShouldNotBeEmpty();
                refusals.Add(problem.What.Split(' ')[^1]);
                continue;
            }
            answers++;
            for (var i = 0; i < tables.Subjects.Count; i++)
                foreach (var value in tables.Table(i)) double.IsFinite(value).ShouldBeTrue($"round {round}");
        }
        answers.ShouldBeGreaterThan(300);
        refusals.Count.ShouldBeGreaterThan(10);
    }
}
