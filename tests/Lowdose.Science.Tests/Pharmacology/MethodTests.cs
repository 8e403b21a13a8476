using System.Runtime.Intrinsics;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Science.Tests.Pharmacology;

/// <summary>That the coefficients are those of the methods, and that the methods have their order.</summary>
public class MethodTests
{
    /// <summary>The matrix of the explicit method, with the step's own weights last.</summary>
    private static (double[][] A, double[] B) Tableau()
    {
        static double[] Dense(SlopeSum sum)
        {
            var row = new double[DormandPrince853.AllStages];
            for (var j = 0; j < sum.At.Length; j++) row[sum.At[j]] = sum.Of[j];
            return row;
        }
        return ([.. DormandPrince853.Sums.Select(Dense)], Dense(DormandPrince853.Sums[DormandPrince853.Stages]));
    }

    [Fact]
    public void Every_slope_is_taken_where_its_row_adds_up_to()
    {
        var (a, _) = Tableau();
        for (var s = 0; s < DormandPrince853.AllStages; s++) a[s].Sum().ShouldBe(DormandPrince853.Times[s], 1e-14);
    }

    [Fact]
    public void The_weights_meet_the_order_conditions_of_bushy_and_of_tall_trees()
    {
        var (a, b) = Tableau();
        var c = DormandPrince853.Times;
        for (var q = 1; q <= 8; q++) b.Zip(c, (w, t) => w * Math.Pow(t, q - 1)).Sum().ShouldBe(1.0 / q, 1e-14);
        // Σ b A^k c^m = m! / (m + k + 1)!, order m + k + 1.
        for (var m = 0; m <= 7; m++)
        {
            var v = c.Select(t => Math.Pow(t, m)).ToArray();
            var expected = 1.0 / (m + 1);
            for (var k = 0; m + k + 1 <= 8; k++)
            {
                b.Zip(v, (w, x) => w * x).Sum().ShouldBe(expected, 1e-13);
                v = [.. a.Select(row => row.Zip(v, (x, y) => x * y).Sum())];
                expected /= m + k + 2;
            }
        }
    }

    [Fact]
    public void Both_errors_vanish_where_there_is_none()
    {
        foreach (var (sum, order) in new[] { (DormandPrince853.Fifth, 5), (DormandPrince853.Third, 3) })
            for (var q = 1; q <= order; q++)
                sum.At.Zip(sum.Of, (j, w) => w * Math.Pow(DormandPrince853.Times[j], q - 1)).Sum().ShouldBe(0, 1e-13);
    }

    [Fact]
    public void The_rows_of_the_implicit_method_add_up_to_its_times()
    {
        // With G = (I/γ − Γ⁻¹) as "Earlier", Γ and A of the classical form give c = Σ a and d = Σ γ.
        var n = Rodas5P.Stages;
        var inverse = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            // Γ⁻¹ = diag(1/γ) − C; Γ by forward substitution.
            for (var j = 0; j <= i; j++)
            {
                var sum = i == j ? 1.0 : 0;
                for (var k = j; k < i; k++) sum += Rodas5P.Earlier[i][k] * inverse[k, j];
                inverse[i, j] = sum * Rodas5P.Gamma;
            }
        }
        for (var i = 0; i < n; i++)
        {
            Enumerable.Range(0, n).Sum(j => inverse[i, j]).ShouldBe(Rodas5P.TimeSlopes[i], 1e-12);
            Enumerable.Range(0, i).Sum(k => Rodas5P.States[i][k] * Enumerable.Range(0, n).Sum(j => inverse[k, j])).ShouldBe(Rodas5P.Times[i], 1e-12);
        }
        // Order conditions of the weights b = m Γ: Σ b = 1, Σ b (c + d) = 1/2.
        var b = Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n).Sum(k => Rodas5P.States[n][k] * inverse[k, j])).ToArray();
        b.Sum().ShouldBe(1, 1e-12);
        b.Select((w, i) => w * (Rodas5P.Times[i] + Rodas5P.TimeSlopes[i])).Sum().ShouldBe(0.5, 1e-12);
        for (var q = 2; q <= 5; q++) b.Select((w, i) => w * Math.Pow(Rodas5P.Times[i], q - 1)).Sum().ShouldBe(1.0 / q, 1e-11);
    }

    /// <summary>dx/dt = −2 t x² + cos t · y, dy/dt = x − y: nothing of it is linear or steady in time.</summary>
    private static readonly CompartmentModel Curved = new()
    {
        Name = "curved", Parameters = [new("one", 1)], Compartments = [new("X"), new("Y")],
        Initial = (_, _, p, x) => (x[0], x[1]) = (p[0], p[0] * 0.5),
        Rates = (t, x, _, d) => (d[0], d[1]) = (-2 * t * x[0] * x[0] + Vector512.Cos(t) * x[1], x[0] - x[1]),
    };

    /// <summary>Steps of one method at a fixed length: X, Y at 1, and in the middle of the last step.</summary>
    private static double[] Fixed(Func<SimulationRequest, FixedSteps> method, int steps)
    {
        var request = new SimulationRequest(Curved, [], [0, 1]);
        return method(request).To(1, steps);
    }

    [Theory]
    [InlineData(true, 8, 7)]
    [InlineData(false, 5, 4)]
    public void The_error_of_fixed_steps_falls_with_the_order(bool isExplicit, int order, int between)
    {
        FixedSteps Method(SimulationRequest request) => new(request, isExplicit);
        var truth = Fixed(r => new FixedSteps(r, true), 400);
        var (coarse, fine) = (isExplicit ? (4, 8) : (40, 80));
        var (a, b) = (Fixed(Method, coarse), Fixed(Method, fine));
        var atEnd = Math.Log2(Math.Abs(a[0] - truth[0]) / Math.Abs(b[0] - truth[0]));
        atEnd.ShouldBeGreaterThan(order - 0.6);
        // Between the ends of a step the error of one step is an order higher than its interpolant's.
        var middle = Math.Log2(Math.Abs(new FixedSteps(new(Curved, [], [0, 1]), isExplicit).Middle(1.0 / coarse) - new FixedSteps(new(Curved, [], [0, 1]), true).To(0.5 / coarse, 64)[0])
            / Math.Abs(new FixedSteps(new(Curved, [], [0, 1]), isExplicit).Middle(0.5 / coarse) - new FixedSteps(new(Curved, [], [0, 1]), true).To(0.25 / coarse, 64)[0]));
        middle.ShouldBeGreaterThan(between + 0.3);
    }
}
