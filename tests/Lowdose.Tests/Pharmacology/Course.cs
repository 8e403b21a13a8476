using Lowdose.Exchange;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Tests.Pharmacology;

/// <summary>One person's doses in one of our models, looked at on a grid.</summary>
public sealed class Course
{
    private readonly SimulatedTables _tables;

    private Course(SimulatedTables tables) => _tables = tables;

    /// <summary>Hours of the rows.</summary>
    public double[] Hours => _tables.GridHours;

    /// <summary>A dose, repeated every 24 h, in a model of ours.</summary>
    public static Course Of(ModelFile file, double doseMg, int doses, double endHours, double stepHours, bool steady = false)
    {
        // Divided, not multiplied: 0.3 is the hour that is written 0.3.
        var perHour = Math.Round(1 / stepHours);
        double[] grid = [.. Enumerable.Range(0, (int)Math.Round(endHours / stepHours) + 1).Select(i => stepHours >= 1 ? i * stepHours : i / perHour)];
        var repeated = steady || doses > 1;
        var tables = Simulate.Run(new(file.Model, [new("1", 0, 1, doseMg, IntervalHours: repeated ? 24 : 0, Additional: doses - 1, SteadyState: steady ? 1 : 0)], grid));
        return tables.Problem is { } problem ? throw new ArgumentException(problem.ToString(), nameof(file)) : new(tables);
    }

    /// <summary>A model of ours with other values.</summary>
    public static ModelFile Model(string name, string? preset = null, params (string Name, double Value)[] values)
    {
        var file = ModelFile.Named(name);
        if (preset is not null) file = file.With(file.Presets.Single(p => p.Name == preset).Values);
        return file.With(values.ToDictionary(v => v.Name, v => v.Value));
    }

    /// <summary>One column.</summary>
    public double[] this[string column]
    {
        get
        {
            var place = _tables.Columns.ToList().IndexOf(column);
            return [.. Enumerable.Range(0, Hours.Length).Select(i => _tables.Value(0, i, place))];
        }
    }

    /// <summary>A column at an hour of the grid.</summary>
    public double At(string column, double hour) => this[column][Array.IndexOf(Hours, hour)];

    /// <summary>The hour of a column's highest value, and that value.</summary>
    public (double Hour, double Value) Peak(string column)
    {
        var values = this[column];
        var at = Array.IndexOf(values, values.Max());
        return (Hours[at], values[at]);
    }

    /// <summary>The area under a column up to an hour, by trapezoids.</summary>
    public double Area(string column, double untilHour = double.PositiveInfinity)
    {
        var values = this[column];
        var sum = 0.0;
        for (var i = 1; i < values.Length && Hours[i] <= untilHour; i++) sum += (values[i] + values[i - 1]) / 2 * (Hours[i] - Hours[i - 1]);
        return sum;
    }

    /// <summary>The half-life over a window: ln 2 over the slope of the logarithm, hour by hour.</summary>
    public double HalfLife(string column, int fromHour, int toHour)
    {
        double[] hours = [.. Enumerable.Range(fromHour, toHour - fromHour + 1).Select(h => (double)h)], logs = [.. hours.Select(h => Math.Log(At(column, h)))];
        var (middle, level) = (hours.Average(), logs.Average());
        return -Math.Log(2) * hours.Sum(h => (h - middle) * (h - middle)) / hours.Zip(logs, (h, l) => (h - middle) * (l - level)).Sum();
    }
}
