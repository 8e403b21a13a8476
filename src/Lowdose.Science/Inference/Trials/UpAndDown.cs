using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference.Trials;

/// <summary>One person's answer in an up-and-down trial.</summary>
/// <param name="Mg">The dose they had, mg.</param>
/// <param name="Responded">Whether they responded.</param>
public readonly record struct DoseAnswer(double Mg, bool Responded);

/// <summary>How the next person's dose follows from the last answer.</summary>
/// <param name="DosesMg">The doses, ascending, mg; at least two.</param>
/// <param name="Target">The share of responders that the doses gather about, 0.5 or more and below 1: after no response one step up, after a response one step down with probability (1 − Γ)/Γ. 0.5 is the classical rule.</param>
/// <remarks>Durham &amp; Flournoy (1994), in Statistical Decision Theory and Related Topics V, 467–476.</remarks>
public sealed record DoseSteps(IReadOnlyList<double> DosesMg, double Target = 0.5)
{
    /// <summary>The next dose's place; the lowest and highest are kept where the rule would leave them.</summary>
    /// <param name="at">The last dose's place, 0 first.</param>
    /// <param name="responded">The last answer.</param>
    /// <param name="coin">Uniform on (0, 1).</param>
    /// <returns>A place.</returns>
    public int Next(int at, bool responded, double coin) =>
        Math.Clamp(at + (!responded ? 1 : coin < (1 - Target) / Target ? -1 : 0), 0, DosesMg.Count - 1);
}

/// <summary>What is known of one dose.</summary>
/// <param name="Mg">The dose, mg.</param>
/// <param name="People">How many had it.</param>
/// <param name="Responders">How many responded.</param>
/// <param name="Rate">The share that does not fall with the dose.</param>
public readonly record struct DoseRate(double Mg, int People, int Responders, double Rate);

/// <summary>A dose at which a share of people respond.</summary>
/// <param name="Mg">mg; null where the rates do not reach it, or begin beyond it.</param>
/// <param name="Lo">Lower end of the 95 % bootstrap interval, mg; null where it lies below the lowest dose given.</param>
/// <param name="Hi">Upper end; null where it lies above the highest dose given.</param>
public readonly record struct EffectiveDose(double? Mg, double? Lo, double? Hi);

/// <summary>The estimates of an up-and-down trial.</summary>
/// <param name="Rates">Every dose that was given, ascending.</param>
/// <param name="Ed50">Where half respond.</param>
/// <param name="Ed95">Where 95 of 100 respond. An up-and-down trial about ED50 says little of it.</param>
/// <param name="Turns">How often the dose turned direction.</param>
/// <param name="Resamples">Trials drawn for the intervals.</param>
public sealed record DoseFinding(IReadOnlyList<DoseRate> Rates, EffectiveDose Ed50, EffectiveDose Ed95, int Turns, int Resamples);

/// <summary>Estimates ED50 and ED95 of an up-and-down trial. Source: docs/methods/trial-analysis.md §5.</summary>
/// <remarks>Stylianou &amp; Flournoy, Biometrics 58 (2002) 171–177; Stylianou, Proschan &amp; Flournoy, Biometrics 59 (2003) 583–590; Pace &amp; Stylianou, Anesthesiology 107 (2007) 144–152.</remarks>
public static class UpAndDown
{
    /// <summary>The stream of the bootstrap, apart from every other of the same seed.</summary>
    private const ulong BootstrapStream = 0x7570_646f_776e;

    /// <summary>Isotonic rates, straight between doses, with intervals by drawing the same trial again.</summary>
    /// <param name="answers">Everybody's, in the order they came; at least one.</param>
    /// <param name="steps">The trial's rule.</param>
    /// <param name="seed">The seed of the bootstrap.</param>
    /// <param name="resamples">How many trials are drawn for the intervals.</param>
    /// <returns>Doses in mg; null beyond what was given.</returns>
    /// <exception cref="ArgumentException">No answer, a dose that is not among the steps, steps not ascending, or a target outside 0.5 to 1.</exception>
    public static DoseFinding Estimate(IReadOnlyList<DoseAnswer> answers, DoseSteps steps, ulong seed = 1, int resamples = 1999)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(steps);
        double[] doses = [.. steps.DosesMg];
        if (doses.Length < 2 || doses.Zip(doses.Skip(1)).Any(d => d.First >= d.Second)) throw new ArgumentException("the doses ascend, and are at least two", nameof(steps));
        if (!(steps.Target is >= 0.5 and < 1)) throw new ArgumentException("the target is 0.5 or more, and below 1", nameof(steps));
        int[] at = [.. answers.Select(a => Array.IndexOf(doses, a.Mg))];
        if (at.Length == 0 || at.Contains(-1)) throw new ArgumentException("every answer is of a dose among the steps", nameof(answers));
        var (people, responders) = (new int[doses.Length], new int[doses.Length]);
        for (var i = 0; i < at.Length; i++)
        {
            people[at[i]]++;
            if (answers[i].Responded) responders[at[i]]++;
        }
        var rates = Rates(doses, people, responders, 0);
        var (fifty, ninetyFive) = Resampled(doses, people, responders, at[0], at.Length, steps, seed, resamples);
        return new([.. rates], Effective(rates, 0.5, fifty), Effective(rates, 0.95, ninetyFive), Turns(at), resamples);
    }

    private static DoseRate[] Rates(double[] doses, int[] people, int[] responders, double pull)
    {
        int[] given = [.. Enumerable.Range(0, doses.Length).Where(d => people[d] > 0)];
        var rising = Isotonic.Rising([.. given.Select(d => (responders[d] + pull) / (people[d] + 2 * pull))], [.. given.Select(d => people[d] + 2 * pull)]);
        return [.. given.Select((d, i) => new DoseRate(doses[d], people[d], responders[d], rising[i]))];
    }

    private static double Reached(DoseRate[] rates, double target) => Isotonic.Reached([.. rates.Select(r => r.Mg)], [.. rates.Select(r => r.Rate)], target);

    private static EffectiveDose Effective(DoseRate[] rates, double target, double[] resampled)
    {
        var estimate = Reached(rates, target);
        return new(Within(estimate), Within(Quantile(0.025)), Within(Quantile(0.975)));

        double Quantile(double q) => resampled[(int)Math.Clamp(Math.Round(q * (resampled.Length + 1)) - 1, 0, resampled.Length - 1)];
        static double? Within(double mg) => double.IsFinite(mg) ? mg : null;
    }

    /// <summary>
    /// The same rule, the same first dose and as many people, were the rates true. They are drawn a half answer of each kind
    /// towards the middle first: a rate of 0 or 1 would never vary.
    /// </summary>
    private static (double[] Fifty, double[] NinetyFive) Resampled(double[] doses, int[] people, int[] responders, int first, int n, DoseSteps steps, ulong seed, int resamples)
    {
        var given = Rates(doses, people, responders, 0.5);
        double[] truth = [.. doses.Select(mg => Between(given, mg))];
        var (fifty, ninetyFive) = (new double[resamples], new double[resamples]);
        var random = new Philox(seed, BootstrapStream);
        for (var b = 0; b < resamples; b++)
        {
            var (drawnPeople, drawnResponders) = Draw(truth, first, n, steps, ref random);
            var rates = Rates(doses, drawnPeople, drawnResponders, 0);
            (fifty[b], ninetyFive[b]) = (Reached(rates, 0.5), Reached(rates, 0.95));
        }
        Array.Sort(fifty);
        Array.Sort(ninetyFive);
        return (fifty, ninetyFive);
    }

    /// <summary>One trial: how many had each dose, and how many of them responded.</summary>
    /// <param name="truth">The true rate of each dose.</param>
    /// <param name="first">The first dose's place.</param>
    /// <param name="n">How many people.</param>
    /// <param name="steps">The rule.</param>
    /// <param name="random">The stream; it advances.</param>
    internal static (int[] People, int[] Responders) Draw(double[] truth, int first, int n, DoseSteps steps, ref Philox random)
    {
        var (people, responders) = (new int[truth.Length], new int[truth.Length]);
        var at = first;
        for (var i = 0; i < n; i++)
        {
            var responded = random.NextUniform() < truth[at];
            people[at]++;
            if (responded) responders[at]++;
            at = steps.Next(at, responded, random.NextUniform());
        }
        return (people, responders);
    }

    /// <summary>A rate between the doses given; beyond them that of the nearest.</summary>
    private static double Between(DoseRate[] given, double mg)
    {
        if (mg <= given[0].Mg) return given[0].Rate;
        for (var i = 1; i < given.Length; i++)
            if (mg <= given[i].Mg) return given[i - 1].Rate + (mg - given[i - 1].Mg) / (given[i].Mg - given[i - 1].Mg) * (given[i].Rate - given[i - 1].Rate);
        return given[^1].Rate;
    }

    private static int Turns(int[] at)
    {
        int turns = 0, last = 0;
        for (var i = 1; i < at.Length; i++)
        {
            var step = Math.Sign(at[i] - at[i - 1]);
            if (step == 0) continue;
            if (last != 0 && step != last) turns++;
            last = step;
        }
        return turns;
    }
}
