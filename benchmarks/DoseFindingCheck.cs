using System.Globalization;
using System.Text;
using Lowdose.Science.Inference.Trials;
using Lowdose.Science.Numerics;

namespace Lowdose.Benchmarks;

/// <summary>The up-and-down trial of BRUUN2020 drawn again and again, were its published estimates true on a logistic curve.</summary>
public static class DoseFindingCheck
{
    private const double Ed50 = 3.88, Ed95 = 5.40;
    private const int People = 25, First = 3;
    private static readonly DoseSteps Steps = new([0.75, 1.5, 2.25, 3, 3.75, 4.5, 5.25, 6]);

    public static string Run(ulong seed, bool full)
    {
        var (trials, resamples) = full ? (10_000, 999) : (1_000, 499);
        var found = new (int Responders, DoseFinding Found)[trials];
        Parallel.For(0, trials, i =>
        {
            var random = new Philox(seed, 3UL << 60 | (uint)i);
            var answers = new DoseAnswer[People];
            var at = First;
            for (var n = 0; n < People; n++)
            {
                var mg = Steps.DosesMg[at];
                answers[n] = new(mg, random.NextUniform() < 1 / (1 + Math.Exp(-Math.Log(19) * (mg - Ed50) / (Ed95 - Ed50))));
                at = Steps.Next(at, answers[n].Responded, random.NextUniform());
            }
            found[i] = (answers.Count(a => a.Responded), UpAndDown.Estimate(answers, Steps, seed + (ulong)i, resamples));
        });
        var text = new StringBuilder("## Dose-finding by up-and-down\n\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"Bruun-Plesner et al. 2020 published an ED50 of {Ed50} mg and an ED95 of {Ed95:0.00} mg from {People} women, 11 of them responders, in steps of 0.75 mg, without intervals; the order of the answers was not published, so the estimate itself cannot be computed again, and the first dose ({Steps.DosesMg[First]} mg here) is assumed. Were both estimates true on a logistic curve, {trials:#,0} such trials give:").AppendLine();
        text.AppendLine("| | true, mg | median estimate, mg | 2.5 to 97.5 % of estimates, mg | none within the doses, % | 95 % bootstrap interval holds the truth, % |").AppendLine("|---|---|---|---|---|---|");
        Line("ED50", Ed50, f => f.Ed50);
        Line("ED95", Ed95, f => f.Ed95);
        text.AppendLine().Append(CultureInfo.InvariantCulture, $"Responders: {found.Average(f => f.Responders):0.0} on average, 11 or fewer in {TrialErrorsPage.Rate(found.Count(f => f.Responders <= 11), trials)} % of trials. An estimate of ED95 from a trial that gathers its doses about ED50 is little more than the place of the last dose with a failure.");
        return text.ToString();

        void Line(string name, double truth, Func<DoseFinding, EffectiveDose> of)
        {
            double[] estimates = [.. found.Select(f => of(f.Found).Mg ?? double.PositiveInfinity).Order()];
            var held = found.Count(f => (of(f.Found).Lo ?? 0) <= truth && truth <= (of(f.Found).Hi ?? double.PositiveInfinity));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {truth:0.00} | {Mg(estimates[trials / 2])} | {Mg(estimates[trials / 40])} to {Mg(estimates[trials * 39 / 40])} | {TrialErrorsPage.Rate(estimates.Count(double.IsInfinity), trials)} | {TrialErrorsPage.Rate(held, trials)} |");
        }

        static string Mg(double mg) => double.IsInfinity(mg) ? "none" : mg.ToString("0.00", CultureInfo.InvariantCulture);
    }
}
