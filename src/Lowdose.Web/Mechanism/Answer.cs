namespace Lowdose.Web.Mechanism;

/// <summary>What the models say of a question: all that the page draws.</summary>
public sealed class Answer
{
    private const double NanomolesPerNgMl = 1000 / 341.4;

    /// <summary>The doses of the window, mg.</summary>
    public static readonly double[] WindowDoses = [0.5, 0.75, 1, 1.5, 2, 3, 4.5, 6, 9, 12, 18, 25, 35, 50];

    /// <summary>Runs the models.</summary>
    public Answer(Question question)
    {
        Question = question;
        Hours = Runs.LastDays(question);
        AllHours = Runs.AllDays(question);
        var (near, far, band, tone) = (Runs.Levels(question, Hours), Runs.Levels(question, AllHours), Runs.Band(question, Hours), Runs.Tone(question, Hours));
        (Naltrexone, Naltrexol) = (near.Column(0, "NTX"), near.Column(0, "NTXOL"));
        (NaltrexoneBand, NaltrexolBand) = (Middle(band, "NTX"), Middle(band, "NTXOL"));
        Block = Views.Run.ToDictionary(v => v.Word, v => v.Output is { } name ? near.Column(0, name) : new double[Hours.Length]);
        ByDay = Views.Run.Where(v => v.Output is not null).ToDictionary(v => v.Word, v => Daily(far.Column(0, v.Output!)));
        Tone = Views.Run.Index().ToDictionary(v => v.Item.Word, v => tone.Column(v.Index, "TONE"));
        var window = Runs.Window(question, WindowDoses);
        View[] run = [.. Views.Run.Where(v => v.Output is not null)];
        Window = run.Index().ToDictionary(v => v.Item.Word, v => WindowDoses.Select((_, i) => Mean(window.Column(i * run.Length + v.Index, "TONE")) - 1).ToArray());
    }

    /// <summary>What was asked.</summary>
    public Question Question { get; }

    /// <summary>The hours of the last two days.</summary>
    public double[] Hours { get; }

    /// <summary>The hours of all days and ten more.</summary>
    public double[] AllHours { get; }

    /// <summary>Levels in plasma on the last two days, ng/mL.</summary>
    public double[] Naltrexone { get; }

    /// <inheritdoc cref="Naltrexone"/>
    public double[] Naltrexol { get; }

    /// <summary>Between which 90 of 100 people lie, ng/mL.</summary>
    public (double Low, double High)[] NaltrexoneBand { get; }

    /// <inheritdoc cref="NaltrexoneBand"/>
    public (double Low, double High)[] NaltrexolBand { get; }

    /// <summary>Share blocked on the last two days, by view.</summary>
    public IReadOnlyDictionary<string, double[]> Block { get; }

    /// <summary>Lowest and highest share blocked of each day, by view.</summary>
    public IReadOnlyDictionary<string, (double Low, double High)[]> ByDay { get; }

    /// <summary>Tone on the last two days, 1 before the drug, by view.</summary>
    public IReadOnlyDictionary<string, double[]> Tone { get; }

    /// <summary>Mean tone over a day less 1, by view, of <see cref="WindowDoses"/>.</summary>
    public IReadOnlyDictionary<string, double[]> Window { get; }

    /// <summary>The highest level of naltrexone on the last two days, nM.</summary>
    public double PeakNanomolar => Naltrexone.Max() * NanomolesPerNgMl;

    /// <summary>The mean over the last day.</summary>
    public static double Mean(ReadOnlySpan<double> quarters)
    {
        var day = quarters[^Math.Min(quarters.Length, 97)..];
        var sum = 0.0;
        for (var i = 1; i < day.Length; i++) sum += (day[i - 1] + day[i]) / 2;
        return sum / (day.Length - 1);
    }

    private static (double, double)[] Daily(double[] hourly) => [.. Enumerable.Range(0, (hourly.Length - 1) / 24).Select(d => hourly.AsSpan(24 * d, 25).ToArray()).Select(day => (day.Min(), day.Max()))];

    private static (double, double)[] Middle(Ran band, string name)
    {
        double[][] people = [.. Enumerable.Range(0, Runs.People).Select(p => band.Column(p, name))];
        var at = new (double, double)[people[0].Length];
        var sorted = new double[Runs.People];
        for (var i = 0; i < at.Length; i++)
        {
            for (var p = 0; p < sorted.Length; p++) sorted[p] = people[p][i];
            Array.Sort(sorted);
            at[i] = (Quantile(sorted, 0.05), Quantile(sorted, 0.95));
        }
        return at;
    }

    private static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var low = (int)at;
        return sorted[low] + (at - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]);
    }
}
