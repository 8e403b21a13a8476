namespace Lowdose.Science.Inference.Trials;

/// <summary>How many guessed what, by what they had. Not asked is not counted; "don't know" is.</summary>
/// <param name="DrugGuessedDrug">Had the drug, guessed the drug.</param>
/// <param name="DrugGuessedPlacebo">Had the drug, guessed placebo.</param>
/// <param name="DrugDontKnow">Had the drug, did not know.</param>
/// <param name="PlaceboGuessedDrug">Had placebo, guessed the drug.</param>
/// <param name="PlaceboGuessedPlacebo">Had placebo, guessed placebo.</param>
/// <param name="PlaceboDontKnow">Had placebo, did not know.</param>
public readonly record struct GuessTable(int DrugGuessedDrug, int DrugGuessedPlacebo, int DrugDontKnow, int PlaceboGuessedDrug, int PlaceboGuessedPlacebo, int PlaceboDontKnow)
{
    /// <summary>All answers.</summary>
    public int N => DrugGuessedDrug + DrugGuessedPlacebo + DrugDontKnow + PlaceboGuessedDrug + PlaceboGuessedPlacebo + PlaceboDontKnow;

    /// <summary>The guesses of some periods.</summary>
    internal static GuessTable Of(IEnumerable<TrialPeriod> periods)
    {
        var counts = periods.CountBy(p => (p.Drug, p.Guess)).ToDictionary();
        int Of(bool drug, Guess guess) => counts.GetValueOrDefault((drug, guess));
        return new(Of(true, Guess.Drug), Of(true, Guess.Placebo), Of(true, Guess.DontKnow), Of(false, Guess.Drug), Of(false, Guess.Placebo), Of(false, Guess.DontKnow));
    }
}

/// <summary>A blinding index with its error; NaN where the answers cannot give one.</summary>
/// <param name="Estimate">James: 1 all did not know, or all wrong; 0.5 chance; 0 all right. Bang: 1 all right, 0 chance, −1 all wrong.</param>
/// <param name="Se">Standard error as if every answer were another person's.</param>
/// <param name="Lo">Lower end of the 95 % interval, cut at the index's own bounds.</param>
/// <param name="Hi">Upper end.</param>
public readonly record struct BlindingIndex(double Estimate, double Se, double Lo, double Hi)
{
    private const double Z = 1.959963984540054;

    internal static BlindingIndex Of(double estimate, double variance, double least)
    {
        var se = Math.Sqrt(Math.Max(0, variance));
        return new(estimate, se, Math.Max(least, estimate - Z * se), Math.Min(1, estimate + Z * se));
    }

    internal static BlindingIndex None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN);
}

/// <summary>What the guesses say of the blinding.</summary>
/// <param name="Guesses">The table.</param>
/// <param name="James">James's index, all together.</param>
/// <param name="BangDrug">Bang's index of those who had the drug.</param>
/// <param name="BangPlacebo">Bang's index of those who had placebo.</param>
public sealed record BlindingIndices(GuessTable Guesses, BlindingIndex James, BlindingIndex BangDrug, BlindingIndex BangPlacebo);

/// <summary>Blinding indices from guesses. Source: docs/methods/trial-analysis.md §3.</summary>
/// <remarks>James et al., Stat Med 15 (1996) 1421–1434; Bang, Ni &amp; Davis, Control Clin Trials 25 (2004) 143–156.</remarks>
public static class Blinding
{
    /// <summary>James's and Bang's indices of a table of guesses.</summary>
    /// <param name="guesses">Counts, 0 or more.</param>
    /// <returns>Indices without unit; NaN where they are not defined.</returns>
    public static BlindingIndices Of(GuessTable guesses) =>
        new(guesses, James(guesses), Bang(guesses.DrugGuessedDrug, guesses.DrugGuessedPlacebo, guesses.DrugDontKnow), Bang(guesses.PlaceboGuessedPlacebo, guesses.PlaceboGuessedDrug, guesses.PlaceboDontKnow));

    /// <summary>
    /// With G the share that guessed, W the share that guessed wrong, and E = g_d a_p + g_p a_d (shares of all that guessed drug or placebo,
    /// and of all that guessed and had drug or placebo), James's (1 + P_DK + (1 − P_DK) K_D)/2 is 1 − G + W G²/(2E). Variance by the delta method.
    /// </summary>
    private static BlindingIndex James(GuessTable t)
    {
        if (t.N == 0) return BlindingIndex.None;
        double n = t.N;
        double[] p = [t.DrugGuessedDrug / n, t.DrugGuessedPlacebo / n, t.PlaceboGuessedDrug / n, t.PlaceboGuessedPlacebo / n];
        double guessed = p.Sum(), wrong = p[1] + p[2];
        if (guessed == 0) return new(1, 0, 1, 1);
        double saidDrug = p[0] + p[2], saidPlacebo = p[1] + p[3], hadDrug = p[0] + p[1], hadPlacebo = p[2] + p[3];
        var chance = saidDrug * hadPlacebo + saidPlacebo * hadDrug;
        if (chance == 0) return BlindingIndex.None;
        double mean = 0, square = 0;
        for (var i = 0; i < 4; i++)
        {
            var (drug, said, isWrong) = (i < 2, i is 0 or 2, i is 1 or 2);
            // How E grows with this cell: by its guess, and by what it had.
            var chanceGrows = (said ? hadPlacebo : hadDrug) + (drug ? saidPlacebo : saidDrug);
            var slope = -1 + (isWrong ? guessed * guessed : 0) / (2 * chance) + wrong * guessed / chance - wrong * guessed * guessed * chanceGrows / (2 * chance * chance);
            mean += p[i] * slope;
            square += p[i] * slope * slope;
        }
        return BlindingIndex.Of(1 - guessed + wrong * guessed * guessed / (2 * chance), (square - mean * mean) / n, 0);
    }

    private static BlindingIndex Bang(int right, int wrong, int dontKnow)
    {
        double n = right + wrong + dontKnow;
        if (n == 0) return BlindingIndex.None;
        double r = right / n, w = wrong / n;
        return BlindingIndex.Of(r - w, (r * (1 - r) + w * (1 - w) + 2 * r * w) / n, -1);
    }
}
