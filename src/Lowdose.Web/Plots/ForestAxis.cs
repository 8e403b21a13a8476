namespace Lowdose.Web.Plots;

/// <summary>The axis of effects of a forest or a funnel plot.</summary>
/// <param name="Lo">Left end.</param>
/// <param name="Hi">Right end.</param>
/// <param name="NoEffect">Where there is no effect; NaN where that has no place.</param>
/// <param name="Ticks">Places with their figures; ratios on a log axis keep their own.</param>
public sealed record ForestAxis(double Lo, double Hi, double NoEffect, IReadOnlyList<(double At, string Figure)> Ticks)
{
    private const int MostTicks = 7;

    /// <summary>A place as a share of the width; ends beyond the axis are at its ends.</summary>
    /// <param name="at">On the axis.</param>
    public double Share(double at) => Math.Clamp((at - Lo) / (Hi - Lo), 0, 1);

    /// <summary>A place is beyond the axis.</summary>
    /// <param name="at">On the axis.</param>
    public bool Cuts(double at) => at < Lo || at > Hi;

    /// <summary>An axis that shows every effect, and intervals as far as they do not dwarf the effects.</summary>
    /// <param name="rows">What is drawn.</param>
    /// <param name="ratio">Places are logs of ratios.</param>
    /// <param name="proportion">Places are proportions.</param>
    public static ForestAxis Over(IReadOnlyList<ForestRow> rows, bool ratio, bool proportion)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var noEffect = proportion ? double.NaN : 0;
        double[] must = [.. rows.Where(r => r.Kind != ForestKind.Prediction).SelectMany(r => r.Kind is ForestKind.Pooled or ForestKind.UpTo ? new[] { r.At, r.Lo, r.Hi } : [r.At]).Append(noEffect).Where(double.IsFinite)];
        double[] ends = [.. rows.SelectMany(r => new[] { r.Lo, r.Hi }).Concat(must).Where(double.IsFinite)];
        var (lo, hi) = (must.Min(), must.Max());
        var range = Math.Max(hi - lo, 1e-3 * (ends.Max() - ends.Min()));
        (lo, hi) = (Math.Max(ends.Min(), lo - 0.8 * range), Math.Min(ends.Max(), hi + 0.8 * range));
        if (!(hi > lo)) (lo, hi) = (lo - 0.5 * Math.Max(1e-3, Math.Abs(lo)), hi + 0.5 * Math.Max(1e-3, Math.Abs(hi)));
        var margin = 0.03 * (hi - lo);
        (lo, hi) = (lo - margin, hi + margin);
        if (proportion) (lo, hi) = (Math.Max(0, lo), Math.Min(1, hi));
        return new(lo, hi, noEffect, ratio ? Ratios(lo, hi) : Steps(lo, hi, v => v, Figures.Plain));
    }

    /// <summary>1, 2, 5 times powers of ten where there is room, powers alone where there is not, even steps where the range is narrow.</summary>
    private static List<(double, string)> Ratios(double lo, double hi)
    {
        foreach (var (steps, every) in new (double[], int)[] { ([1, 2, 5], 1), ([1], 1), ([1], 2), ([1], 4), ([1], 10), ([1], 30) })
        {
            var from = (int)Math.Floor(lo / Math.Log(10));
            var ticks = new List<(double At, string)>();
            for (var power = from - ((from % every) + every) % every; power <= hi / Math.Log(10); power += every)
                foreach (var step in steps)
                    if (Math.Log(step) + power * Math.Log(10) is var at && at >= lo && at <= hi) ticks.Add((at, Figure(step * Math.Pow(10, power))));
            if (ticks.Count is >= 3 and <= MostTicks + 1) return ticks;
            if (ticks.Count < 3) break;
        }
        return Steps(Math.Exp(lo), Math.Exp(hi), Math.Log, Figure);
    }

    private static List<(double, string)> Steps(double lo, double hi, Func<double, double> place, Func<double, string> figure)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10((hi - lo) / MostTicks)));
        var step = new[] { 1, 2, 5, 10 }.Select(m => m * power).First(s => (hi - lo) / s <= MostTicks);
        var ticks = new List<(double, string)>();
        for (var i = Math.Ceiling(lo / step); i * step <= hi; i++) ticks.Add((place(i * step), figure(i * step)));
        return ticks;
    }

    private static string Figure(double value) => value is >= 1e5 or < 1e-4 ? value.ToString("0e0", System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−') : Figures.Plain(value);
}
