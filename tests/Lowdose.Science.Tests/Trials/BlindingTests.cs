using Lowdose.Science.Inference.Trials;
using Lowdose.Science.Numerics;

namespace Lowdose.Science.Tests.Trials;

public sealed class BlindingTests
{
    /// <summary>CRISP, the worked example of Bang, Ni and Davis (2004), table 7.</summary>
    private static readonly GuessTable Crisp = new(82, 25, 170, 27, 29, 83);

    [Fact]
    public void The_worked_example_of_Bang_2004_comes_out()
    {
        var indices = Blinding.Of(Crisp);
        indices.James.Estimate.ShouldBe(0.75, 0.005);
        indices.BangDrug.Estimate.ShouldBe(0.21, 0.005);
        indices.BangPlacebo.Estimate.ShouldBe(0.01, 0.005);
        indices.James.Se.ShouldBe(0.02173739813, 1e-9);
    }

    public static TheoryData<int[]> Tables => new() { new[] { 82, 25, 170, 27, 29, 83 }, new[] { 48, 4, 330, 22, 30, 319 }, new[] { 143, 14, 188, 104, 57, 175 }, new[] { 3, 1, 2, 2, 3, 1 }, new[] { 9, 1, 0, 2, 7, 0 } };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Both_indices_are_those_of_their_published_formulas(int[] n)
    {
        var indices = Blinding.Of(Of(n));
        var (estimate, se) = Published(n);
        indices.James.Estimate.ShouldBe(estimate, 1e-12);
        indices.James.Se.ShouldBe(se, 1e-12);
        // Bang: (2 r − 1) of those who guessed, times the share that guessed.
        double guessed = n[0] + n[1], all = n[0] + n[1] + n[2];
        indices.BangDrug.Estimate.ShouldBe((2 * n[0] / guessed - 1) * guessed / all, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void The_standard_errors_are_the_spread_of_the_indices_over_drawn_tables(int[] n)
    {
        // Small tables are drawn twenty times as large: the formula is that of large numbers.
        int[] large = [.. n.Select(x => n.Sum() < 100 ? 20 * x : x)];
        var indices = Blinding.Of(Of(large));
        var random = new Philox(3, 0);
        const int tables = 4_000;
        double james = 0, jamesSquare = 0;
        for (var i = 0; i < tables; i++)
        {
            var drawn = Blinding.Of(Of(Draw(large, ref random))).James.Estimate - indices.James.Estimate;
            (james, jamesSquare) = (james + drawn, jamesSquare + drawn * drawn);
        }
        var sd = Math.Sqrt(jamesSquare / tables - Math.Pow(james / tables, 2));
        (sd / indices.James.Se).ShouldBe(1, 0.06);
    }

    [Fact]
    public void All_right_is_0_all_wrong_is_1_and_nobody_knowing_is_1()
    {
        var right = Blinding.Of(new(5, 0, 0, 0, 5, 0));
        (right.James.Estimate, right.BangDrug.Estimate, right.BangPlacebo.Estimate).ShouldBe((0, 1, 1));
        var wrong = Blinding.Of(new(0, 5, 0, 5, 0, 0));
        (wrong.James.Estimate, wrong.BangDrug.Estimate, wrong.BangPlacebo.Estimate).ShouldBe((1, -1, -1));
        var unknown = Blinding.Of(new(0, 0, 5, 0, 0, 5));
        (unknown.James.Estimate, unknown.James.Se, unknown.BangDrug.Estimate).ShouldBe((1, 0, 0));
        var chance = Blinding.Of(new(6, 6, 0, 6, 6, 0));
        (chance.James.Estimate, chance.BangDrug.Estimate).ShouldBe((0.5, 0));
    }

    [Fact]
    public void Where_everybody_says_drug_James_is_not_defined_unless_both_arms_guessed()
    {
        Blinding.Of(new(3, 0, 0, 0, 0, 3)).James.Estimate.ShouldBe(double.NaN);
        Blinding.Of(new(3, 0, 0, 3, 0, 0)).James.Estimate.ShouldBe(0.5);
        Blinding.Of(default).BangDrug.Estimate.ShouldBe(double.NaN);
    }

    [Fact]
    public void Intervals_stay_within_what_an_index_can_be()
    {
        var indices = Blinding.Of(new(1, 1, 0, 0, 2, 0));
        indices.James.Lo.ShouldBeGreaterThanOrEqualTo(0);
        indices.BangDrug.Lo.ShouldBeGreaterThanOrEqualTo(-1);
        indices.BangDrug.Hi.ShouldBe(1);
    }

    private static GuessTable Of(int[] n) => new(n[0], n[1], n[2], n[3], n[4], n[5]);

    /// <summary>James et al. (1996) term by term, as printed in Bang et al. (2004): weights 0 right, a half wrong.</summary>
    private static (double Estimate, double Se) Published(int[] n)
    {
        double all = n.Sum();
        // Rows what was guessed, columns what was had.
        double[,] p = { { n[0] / all, n[3] / all }, { n[1] / all, n[4] / all } }, w = { { 0, 0.5 }, { 0.5, 0 } };
        double dk = (n[2] + n[5]) / all, observed = 0, chance = 0;
        double[] said = [p[0, 0] + p[0, 1], p[1, 0] + p[1, 1]], had = [p[0, 0] + p[1, 0], p[0, 1] + p[1, 1]];
        for (var i = 0; i < 2; i++)
            for (var j = 0; j < 2; j++)
            {
                observed += w[i, j] * p[i, j] / (1 - dk);
                chance += w[i, j] * said[i] * had[j];
            }
        var kappa = observed / (chance / Math.Pow(1 - dk, 2)) - 1;
        var terms = 0.0;
        for (var i = 0; i < 2; i++)
            for (var j = 0; j < 2; j++)
            {
                var sum = w[0, j] * said[0] + w[1, j] * said[1] + w[i, 0] * had[0] + w[i, 1] * had[1];
                terms += p[i, j] * Math.Pow(1 - dk, 2) * Math.Pow((1 - dk) * w[i, j] - (1 + kappa) * sum, 2);
            }
        var variance = (terms / (4 * chance * chance) + dk * (1 - dk) - (1 - dk) * (1 + kappa) * (dk + (1 - dk) * (1 + kappa) / 4)) / all;
        return ((1 + dk + (1 - dk) * kappa) / 2, Math.Sqrt(variance));
    }

    private static int[] Draw(int[] n, ref Philox random)
    {
        var drawn = new int[6];
        for (var i = n.Sum(); i > 0; i--)
        {
            var u = random.NextUniform() * n.Sum();
            var cell = 0;
            while ((u -= n[cell]) >= 0) cell++;
            drawn[cell]++;
        }
        return drawn;
    }
}
