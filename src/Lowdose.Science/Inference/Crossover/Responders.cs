namespace Lowdose.Science.Inference.Crossover;

/// <summary>People who improved by at least 30 % of their level before the first period.</summary>
/// <remarks>Source: McNemar, Psychometrika 12 (1947) 153–157, with Edwards' correction, and the exact binomial test of those who differ. The 30 % is IMMPACT's moderate improvement; Dworkin et al., J Pain 9 (2008) 105–121.</remarks>
internal static class Responders
{
    private const double Share = 0.3;

    /// <param name="both">Scored periods of people with both treatments.</param>
    /// <param name="baselines">A level a person; NaN where none.</param>
    /// <param name="higherIsBetter">The direction of improvement.</param>
    public static ResponderTable Of(PeriodMean[] both, IReadOnlyList<double> baselines, bool higherIsBetter)
    {
        int yesYes = 0, drugOnly = 0, placeboOnly = 0, neither = 0;
        foreach (var person in both.GroupBy(m => m.Person))
        {
            var level = baselines[person.Key];
            // A share of nothing is nothing.
            if (!(level > 0)) continue;
            bool Responds(bool drug)
            {
                var change = level - person.Where(m => m.Drug == drug).Average(m => m.Mean);
                return (higherIsBetter ? -change : change) >= Share * level;
            }
            switch (Responds(true), Responds(false))
            {
                case (true, true): yesYes++; break;
                case (true, false): drugOnly++; break;
                case (false, true): placeboOnly++; break;
                default: neither++; break;
            }
        }
        var differ = drugOnly + placeboOnly;
        return new(yesYes, drugOnly, placeboOnly, neither, ChiSquared(drugOnly, placeboOnly), yesYes + differ + neither == 0 ? double.NaN : Binomial(drugOnly, differ));
    }

    private static double ChiSquared(int drugOnly, int placeboOnly)
    {
        if (drugOnly + placeboOnly == 0) return double.NaN;
        var apart = Math.Abs(drugOnly - placeboOnly);
        var statistic = Math.Pow(apart > 0 ? apart - 1 : 0, 2) / (drugOnly + placeboOnly);
        return MathNet.Numerics.SpecialFunctions.Erfc(Math.Sqrt(statistic / 2));
    }

    private static double Binomial(int some, int n)
    {
        var least = Math.Min(some, n - some);
        var tail = 0.0;
        for (var k = 0; k <= least; k++) tail += Math.Exp(MathNet.Numerics.SpecialFunctions.BinomialLn(n, k) - n * Math.Log(2));
        return Math.Min(1, 2 * tail);
    }
}
