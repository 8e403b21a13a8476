using System.Runtime.Intrinsics;
using Lowdose.Benchmarks;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Science.Tests.Pharmacology;

/// <summary>Trajectories against another solver, against exactness, and against what must be conserved.</summary>
public class TrajectoryTests
{
    private static readonly CompartmentModel Pk2 = BuiltInModels.Pk2.With(("CL", 3), ("V2", 12), ("Q", 5), ("V3", 40), ("KA", 0.8));

    private static double Error(string name, double relative, double absolute)
    {
        var (_, cl, vc, ka) = PharmacologyModels.References.Single(r => r.Name == name);
        var rows = PharmacologyModels.Reference(name);
        var tables = Some.Well(Simulate.Run(new(PharmacologyModels.SevenStates, [PharmacologyModels.Daily(cl, vc, ka)], [.. rows.Select(r => r[0])]) { RelativeTolerance = relative, AbsoluteTolerance = absolute }));
        return Enumerable.Range(0, 7).Max(state => Some.Apart([.. rows.Select((_, i) => tables.Value(0, i, state))], [.. rows.Select(r => r[state + 1])]));
    }

    [Theory]
    [InlineData("typical")]
    [InlineData("slow")]
    [InlineData("fast")]
    public void Seven_states_agree_with_deSolve_to_2e11_of_the_largest(string name) => Error(name, 1e-12, 1e-12).ShouldBeLessThan(2e-11);

    [Theory]
    [InlineData(1e-6, 5e-6)]
    [InlineData(1e-8, 5e-8)]
    [InlineData(1e-10, 5e-10)]
    public void The_error_follows_the_tolerance(double relative, double within)
    {
        foreach (var (name, _, _, _) in PharmacologyModels.References) Error(name, relative, relative).ShouldBeLessThan(within);
    }

    [Fact]
    public void The_linear_half_as_an_equation_equals_the_exact_form()
    {
        var dose = PharmacologyModels.Daily(210, 1350, 1.5);
        var exact = Some.Run(PharmacologyModels.FourStates, Some.Hours(500), dose);
        var stepped = Some.Well(Simulate.Run(new(PharmacologyModels.FourStates.AsRates(), [dose], Some.Hours(500)) { RelativeTolerance = 1e-12, AbsoluteTolerance = 1e-10 }));
        foreach (var state in exact.Columns) Some.Apart(stepped.Column(state), exact.Column(state)).ShouldBeLessThan(1e-11);
    }

    [Fact]
    public void Two_compartments_equal_the_sum_of_their_exponentials()
    {
        double cl = 3, v2 = 12, q = 5, v3 = 40, ka = 0.8, k10 = cl / v2, k12 = q / v2, k21 = q / v3;
        var sum = k10 + k12 + k21;
        var fast = (sum + Math.Sqrt(sum * sum - 4 * k10 * k21)) / 2;
        var slow = k10 * k21 / fast;
        double Oral(double t) => ka * ((k21 - ka) / ((fast - ka) * (slow - ka)) * Math.Exp(-ka * t) + (k21 - fast) / ((ka - fast) * (slow - fast)) * Math.Exp(-fast * t) + (k21 - slow) / ((ka - slow) * (fast - slow)) * Math.Exp(-slow * t));
        double Bolus(double t) => ((fast - k21) * Math.Exp(-fast * t) + (k21 - slow) * Math.Exp(-slow * t)) / (fast - slow);
        var hours = Some.Hours(96, 0.25);
        Some.Apart(Some.Run(Pk2, hours, Some.Dose(0, 10)).Column("CENT"), [.. hours.Select(t => 10 * Oral(t))]).ShouldBeLessThan(1e-12);
        Some.Apart(Some.Run(Pk2, hours, Some.Dose(0, 10, 2)).Column("CP"), [.. hours.Select(t => 10 * Bolus(t) / v2)]).ShouldBeLessThan(2e-13);
    }

    [Fact]
    public void Doses_superpose()
    {
        var hours = Some.Hours(200, 0.5);
        DoseRecord[] doses = [Some.Dose(0, 10, interval: 11, additional: 8), Some.Dose(3.3, 25, 2, rate: 4), Some.Dose(40, 7, 3)];
        var together = Some.Run(Pk2, hours, doses).Column("CENT");
        var apart = doses.Select(d => Some.Run(Pk2, hours, d).Column("CENT")).ToArray();
        Some.Apart(together, [.. hours.Select((_, i) => apart.Sum(a => a[i]))]).ShouldBeLessThan(1e-13);
    }

    [Fact]
    public void What_is_in_and_what_has_left_are_together_what_was_given()
    {
        // The last compartment gathers what is eliminated.
        var model = Pk2 with
        {
            Compartments = [.. Pk2.Compartments, new("GONE")],
            RateConstants = (t, x, p, k) =>
            {
                var inner = new Vector512<double>[9];
                Pk2.RateConstants!(t, x, p, inner);
                for (var i = 0; i < 16; i++) k[i] = i % 4 < 3 && i < 12 ? inner[i / 4 * 3 + i % 4] : Vector512<double>.Zero;
                k[13] = p[0] / p[1];
            },
        };
        DoseRecord[] doses = [Some.Dose(0, 10, interval: 12, additional: 9), Some.Dose(5, 30, 2, rate: 3)];
        foreach (var form in new[] { model, model.AsRates() })
        {
            var tables = Some.Run(form, [0, 17, 50, 400], doses);
            foreach (var (row, given) in new[] { (1, 50.0), (2, 80.0), (3, 130.0) })
                (tables.Row(0, row)[..4].ToArray().Sum() / given).ShouldBe(1, 1e-10);
        }
    }

    [Fact]
    public void A_steady_state_is_the_limit_of_many_doses()
    {
        var hours = Some.Hours(23);
        foreach (var (model, within) in new[] { (Pk2, 1e-12), (Pk2.AsRates(), 1e-7), (PharmacologyModels.SevenStates, 1e-6) })
        {
            var steady = Some.Run(model, hours, Some.Dose(0, 100, interval: 24, steadyState: 1));
            var many = Some.Run(model, [.. hours.Select(h => h + 24 * 400)], Some.Dose(0, 100, interval: 24, additional: 500));
            foreach (var name in model.Compartments.Select(c => c.Name)) Some.Apart(steady.Column(name), many.Column(name)).ShouldBeLessThan(within);
        }
    }

    [Fact]
    public void A_dose_goes_into_two_compartments_that_are_dosed_together()
    {
        var model = Pk2 with { Compartments = [Pk2.Compartments[0], new("CENT", Bioavailability: 9, LagHours: 10, DosedWith: 0), Pk2.Compartments[2]] };
        model = model.With(("F1", 0.25), ("F2", 0.75), ("ALAG2", 2));
        var tables = Some.Run(model, [0, 2], Some.Dose(0, 8));
        tables.Value(0, 0, 0).ShouldBe(2);
        (tables.Value(0, 1, 1) - Some.Run(Pk2.With(("F1", 0.25)), [0, 2], Some.Dose(0, 8)).Value(0, 1, 1)).ShouldBe(6, 1e-12);
    }

    [Fact]
    public void A_stiff_model_is_handed_to_the_implicit_method_and_stays_right()
    {
        // Robertson's kinetics, in seconds as hours; the reference is Hairer and Wanner's (Solving Ordinary Differential Equations II, IV.10) at 40.
        var model = new CompartmentModel
        {
            Name = "robertson", Parameters = [new("k", 0.04)], Compartments = [new("A"), new("B"), new("C")],
            Rates = (_, x, p, d) =>
            {
                var (slow, back, fast) = (p[0] * x[0], 1e4 * x[1] * x[2], 3e7 * x[1] * x[1]);
                (d[0], d[1], d[2]) = (back - slow, slow - back - fast, fast);
            },
        };
        var tables = Some.Well(Simulate.Run(new(model, [Some.Dose(0, 1)], [0, 0.4, 40, 4000]) { RelativeTolerance = 1e-8, AbsoluteTolerance = 1e-14 }));
        tables.Value(0, 2, 0).ShouldBe(0.7158270687193941, 1e-7);
        tables.Value(0, 2, 1).ShouldBe(0.9185534764558e-5, 1e-11);
        tables.Row(0, 3).ToArray().Sum().ShouldBe(1, 1e-10);
    }

    [Fact]
    public void A_very_fast_absorption_does_not_stop_an_equation()
    {
        var fast = BuiltInModels.Pk1.With(("KA", 1e6));
        var exact = Some.Run(fast, Some.Hours(300), Some.Dose(0, 10, interval: 24, additional: 9)).Column("CENT");
        Some.Apart(Some.Run(fast.AsRates(), Some.Hours(300), Some.Dose(0, 10, interval: 24, additional: 9)).Column("CENT"), exact).ShouldBeLessThan(1e-7);
    }
}
