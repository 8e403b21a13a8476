using Lowdose.Evidence;

namespace Lowdose.Trials;

/// <summary>
/// Each subject in turn gets, so many times of 100, the arm that leaves the factors most even, and else any arm by lot; ties by lot.
/// What is most even is the smallest sum, over the subject's levels, of the range of the arms' counts.
/// </summary>
/// <remarks>Source: Pocock &amp; Simon, Biometrics 31 (1975) 103–115; Taves, Clin Pharmacol Ther 15 (1974) 443–453.</remarks>
internal sealed class Minimisation(int arms, IReadOnlyList<TrialSubject> subjects, IReadOnlyList<DesignFactor> factors, int favourPercent)
{
    public int[] Draw(SeededDraw draw)
    {
        var row = new int[subjects.Count];
        for (var s = 0; s < row.Length; s++)
        {
            var favoured = draw.Below(100) < favourPercent;
            int[] from = favoured ? Evenest(row, s) : [.. Enumerable.Range(0, arms)];
            row[s] = from[draw.Below(from.Length)];
        }
        return row;
    }

    private int[] Evenest(int[] row, int subject)
    {
        int[] unevenness = [.. Enumerable.Range(0, arms).Select(arm => Enumerable.Range(0, Math.Max(1, factors.Count)).Sum(f => Range(row, subject, arm, f)))];
        return [.. Enumerable.Range(0, arms).Where(a => unevenness[a] == unevenness.Min())];
    }

    // Without factors the groups' sizes are what is kept even.
    private int Range(int[] row, int subject, int arm, int factor)
    {
        var counts = new int[arms];
        counts[arm]++;
        for (var before = 0; before < subject; before++)
            if (factors.Count == 0 || subjects[before].Levels[factor] == subjects[subject].Levels[factor]) counts[row[before]]++;
        return counts.Max() - counts.Min();
    }
}
