using System.Runtime.Intrinsics;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Science.Tests.Pharmacology;

/// <summary>Models and requests that several tests use.</summary>
internal static class Some
{
    public static double[] Hours(double last, double step = 1) => [.. Enumerable.Range(0, (int)Math.Round(last / step) + 1).Select(i => i * step)];

    public static DoseRecord Dose(double hours, double amount, int compartment = 1, double rate = 0, double interval = 0, int additional = 0, int steadyState = 0, int kind = 1) =>
        new("A", hours, kind, amount, compartment, rate, interval, additional, steadyState);

    /// <summary>A built-in model with other values.</summary>
    public static CompartmentModel With(this CompartmentModel model, params (string Name, double Value)[] values) =>
        model with { Parameters = [.. model.Parameters.Select(p => values.Where(v => v.Name == p.Name).Select(v => p with { Value = v.Value }).FirstOrDefault(p))] };

    /// <summary>The same model as an ordinary differential equation.</summary>
    public static CompartmentModel AsRates(this CompartmentModel model)
    {
        var (n, constants) = (model.Compartments.Count, model.RateConstants!);
        return model with
        {
            RateConstants = null,
            Rates = (t, x, p, into) =>
            {
                var k = new Vector512<double>[n * n];
                constants(t, x, p, k);
                for (var i = 0; i < n; i++)
                {
                    into[i] = k[i * n] * x[0];
                    for (var j = 1; j < n; j++) into[i] += k[i * n + j] * x[j];
                }
            },
        };
    }

    public static SimulatedTables Run(CompartmentModel model, double[] hours, params DoseRecord[] records) => Well(Simulate.Run(new(model, records, hours)));

    public static SimulatedTables Well(SimulatedTables tables)
    {
        tables.Problem.ShouldBeNull();
        return tables;
    }

    /// <summary>One column of one subject.</summary>
    public static double[] Column(this SimulatedTables tables, string name, int subject = 0)
    {
        var column = tables.Columns.ToList().IndexOf(name);
        return [.. tables.GridHours.Select((_, row) => tables.Value(subject, row, column))];
    }

    /// <summary>eˣ − 1 without a difference of near numbers.</summary>
    public static double Expm1(double x) => 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);

    /// <summary>The largest difference over the largest value.</summary>
    public static double Apart(double[] a, double[] b)
    {
        var size = b.Max(Math.Abs);
        return a.Zip(b, (x, y) => Math.Abs(x - y)).Max() / (size == 0 ? 1 : size);
    }
}
