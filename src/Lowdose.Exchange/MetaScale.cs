using System.Globalization;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Exchange;

/// <summary>Effects of one measure as people read them: ratios and proportions where logs and arcsines are analysed.</summary>
public sealed class MetaScale
{
    private readonly StudyTable _table;
    private readonly double _people;

    /// <summary>The scale of a table's effects.</summary>
    /// <param name="table">The studies.</param>
    public MetaScale(StudyTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        _table = table;
        // The double arcsine of a pooled effect is undone at the harmonic mean of the studies' people.
        _people = table.Measure == Measure.PFT ? table.Effects.Count / table.Effects.Sum(e => 1 / EffectSizes.PeopleOf(e.Variance)) : double.NaN;
    }

    /// <summary>Ratios: the axis is logarithmic and no effect is 1.</summary>
    public bool IsRatio => _table.Measure is Measure.OR or Measure.RR;

    /// <summary>One group's proportion: there is no "no effect".</summary>
    public bool IsProportion => _table.Measure is Measure.PR or Measure.PLO or Measure.PFT;

    /// <summary>What an effect is called.</summary>
    public string Name => _table.Measure switch
    {
        Measure.OR => "Odds ratio",
        Measure.RR => "Risk ratio",
        Measure.RD => "Risk difference",
        Measure.MD => "Mean difference",
        Measure.SMD => "Standardised mean difference (Hedges’ g)",
        Measure.MC => "Mean change",
        Measure.GEN => "Effect",
        _ => "Proportion",
    };

    /// <summary>A pooled effect, or an end of its interval.</summary>
    /// <param name="value">As analysed.</param>
    public double Pooled(double value) => double.IsNaN(value) ? value : EffectSizes.Natural(_table.Measure, value, _people);

    /// <summary>A study's effect, or an end of its interval.</summary>
    /// <param name="value">As analysed.</param>
    /// <param name="study">Which study.</param>
    public double Own(double value, int study) => EffectSizes.Natural(_table.Measure, value, _table.Measure == Measure.PFT ? EffectSizes.PeopleOf(_table.Effects[study].Variance) : double.NaN);

    /// <summary>A number as it is written beside others: a true minus sign, as many decimals as its size deserves.</summary>
    /// <param name="value">On the scale people read.</param>
    public static string Written(double value)
    {
        if (!double.IsFinite(value)) return "–";
        var size = Math.Abs(value);
        if (size >= 1e6 || (size > 0 && size < 0.0005)) return value.ToString("0.00e0", CultureInfo.InvariantCulture).Replace('-', '−');
        var text = value.ToString(size >= 1000 ? "0" : size >= 100 ? "0.0" : size >= 0.01 || size == 0 ? "0.00" : "0.000", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    /// <summary>A p value as it is written.</summary>
    /// <param name="p">A probability.</param>
    public static string P(double p) => double.IsNaN(p) ? "–" : p < 0.001 ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);
}
