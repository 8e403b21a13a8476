namespace Lowdose.Science.Pharmacology;

/// <summary>A steady state being looked for by living through its interval again and again.</summary>
internal sealed class SteadySearch(SteadyRegimen regimen, int compartments)
{
    /// <summary>The most intervals lived through.</summary>
    public const int MostIntervals = 20_000;

    public SteadyRegimen Regimen { get; } = regimen;

    /// <summary>The time of the record; the intervals lie before it.</summary>
    public required double AtHours { get; init; }

    /// <summary>The event of the interval that comes next.</summary>
    public int Next { get; set; }

    /// <summary>Intervals begun.</summary>
    public int Intervals { get; set; }

    /// <summary>What was there when the interval began.</summary>
    public double[] Before { get; } = new double[compartments];

    /// <summary>What was there before the search, to be added to (SS = 2), and what ran.</summary>
    public double[] Kept { get; } = new double[compartments];

    public double[] KeptRates { get; } = new double[compartments];

    public int[] KeptRunning { get; } = new int[compartments];

    private double _moved = double.PositiveInfinity;

    /// <summary>Whether the state stands still: what is left to go, were the steps to shrink as the last two did, is within the tolerance.</summary>
    public bool Stands(ReadOnlySpan<double> now, double relative, double absolute)
    {
        double moved = 0;
        for (var i = 0; i < now.Length; i++) moved = Math.Max(moved, Math.Abs(now[i] - Before[i]) / (absolute + relative * Math.Abs(now[i])));
        var shrink = Math.Min(moved / _moved, 0.9999);
        _moved = moved;
        return Intervals > 1 && (moved <= 1e-3 || moved * Math.Max(shrink, 0.01) / (1 - shrink) <= 1);
    }
}
