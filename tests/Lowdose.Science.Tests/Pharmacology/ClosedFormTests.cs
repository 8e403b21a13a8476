using Lowdose.Science.Pharmacology;

namespace Lowdose.Science.Tests.Pharmacology;

/// <summary>Every kind of record against the closed form of one compartment, or of a depot and one.</summary>
public class ClosedFormTests
{
    private const double Cl = 2.3, V = 17, Ka = 0.9, K = Cl / V;
    private static readonly CompartmentModel Model = BuiltInModels.Pk1.With(("CL", Cl), ("V", V), ("KA", Ka));
    private static readonly double[] Day = Some.Hours(72, 0.5);

    /// <summary>Amount in the centre a time after one dose into the depot.</summary>
    private static double Oral(double t) => t < 0 ? 0 : Ka / (Ka - K) * (Math.Exp(-K * t) - Math.Exp(-Ka * t));

    /// <summary>After one dose into the centre.</summary>
    private static double Bolus(double t) => t < 0 ? 0 : Math.Exp(-K * t);

    /// <summary>Of one unit infused over so long.</summary>
    private static double Infusion(double t, double over) =>
        t < 0 ? 0 : t <= over ? -Some.Expm1(-K * t) / (K * over) : -Some.Expm1(-K * over) / (K * over) * Math.Exp(-K * (t - over));

    private static void Same(DoseRecord[] records, Func<double, double> truth, CompartmentModel? model = null, double within = 2e-13)
    {
        foreach (var (form, allowed) in new[] { (model ?? Model, within), ((model ?? Model).AsRates(), 1e-7) })
        {
            var seen = Some.Run(form, Day, records).Column("CENT");
            var expected = Day.Select(truth).ToArray();
            Some.Apart(seen, expected).ShouldBeLessThan(allowed);
            if (form.RateConstants is null) continue;
            // Not only where there is much.
            for (var i = 0; i < Day.Length; i++) seen[i].ShouldBe(expected[i], 1e-12 * Math.Abs(expected[i]) + 1e-300);
        }
    }

    [Fact]
    public void A_bolus() => Same([Some.Dose(0, 100, 2)], t => 100 * Bolus(t));

    [Fact]
    public void An_oral_dose() => Same([Some.Dose(0, 100)], t => 100 * Oral(t));

    [Fact]
    public void An_oral_dose_with_lag_and_bioavailability() =>
        Same([Some.Dose(0, 100)], t => 40 * Oral(t - 0.7), Model.With(("F1", 0.4), ("ALAG1", 0.7)), 1e-12);

    [Fact]
    public void An_infusion() => Same([Some.Dose(0, 100, 2, rate: 40)], t => 100 * Infusion(t, 2.5));

    [Fact]
    public void Bioavailability_shortens_an_infusion_with_a_rate() => Same([Some.Dose(0, 100, 2, rate: 40)], t => 50 * Infusion(t, 1.25), Model.With(("F2", 0.5)));

    [Fact]
    public void Bioavailability_shortens_an_infusion_with_a_modelled_rate() => Same([Some.Dose(0, 100, 2, rate: -1)], t => 50 * Infusion(t, 2.5), Model.With(("F2", 0.5), ("R2", 20)));

    [Fact]
    public void Bioavailability_slows_an_infusion_with_a_modelled_duration() => Same([Some.Dose(0, 100, 2, rate: -2)], t => 50 * Infusion(t, 6), Model.With(("F2", 0.5), ("D2", 6)));

    [Fact]
    public void Additional_doses() => Same([Some.Dose(0, 100, interval: 8, additional: 5)], t => Enumerable.Range(0, 6).Sum(i => 100 * Oral(t - 8 * i)), within: 5e-13);

    [Fact]
    public void Infusions_that_overlap() => Same([Some.Dose(0, 100, 2, rate: 10, interval: 4, additional: 5)], t => Enumerable.Range(0, 6).Sum(i => 100 * Infusion(t - 4 * i, 10)), within: 5e-13);

    [Fact]
    public void A_steady_state_of_oral_doses() =>
        Same([Some.Dose(0, 100, interval: 12, steadyState: 1)], t => 100 * Ka / (Ka - K) * (Math.Exp(-K * t) / -Some.Expm1(-K * 12) - Math.Exp(-Ka * t) / -Some.Expm1(-Ka * 12)), within: 5e-13);

    [Fact]
    public void A_steady_state_whose_lag_is_longer_than_its_interval() =>
        Same([Some.Dose(0, 100, 2, interval: 2, steadyState: 1)], t => Enumerable.Range(-500, 501).Sum(i => 100 * Bolus(t - 5 - 2 * i)), Model.With(("ALAG2", 5)), 1e-12);

    [Fact]
    public void A_steady_state_whose_infusions_are_longer_than_their_interval() =>
        Same([Some.Dose(0, 100, 2, rate: 20, interval: 2, steadyState: 1)], t => Enumerable.Range(-500, 501).Sum(i => 100 * Infusion(t - 2 * i, 5)), within: 1e-12);

    [Fact]
    public void A_steady_state_with_a_lag_and_a_long_modelled_duration() =>
        Same([Some.Dose(0, 100, 2, rate: -2, interval: 3, steadyState: 1)], t => Enumerable.Range(-500, 501).Sum(i => 60 * Infusion(t - 4 - 3 * i, 7)), Model.With(("ALAG2", 4), ("D2", 7), ("F2", 0.6)), 1e-12);

    [Fact]
    public void A_constant_infusion_ends_at_its_record() => Same([Some.Dose(0, 0, 2, rate: 10, steadyState: 1)], t => 10 / K * Math.Exp(-K * t));

    [Fact]
    public void A_steady_state_goes_on_with_additional_doses() =>
        Same([Some.Dose(0, 100, 2, interval: 6, additional: 3, steadyState: 1)], t => Enumerable.Range(-500, 504).Sum(i => 100 * Bolus(t - 6 * i)), within: 1e-12);

    [Fact]
    public void A_second_steady_state_is_added() =>
        Same([Some.Dose(0, 100, 2, interval: 12, steadyState: 1), Some.Dose(0, 30, 2, interval: 8, steadyState: 2)],
            t => 100 * Bolus(t) / -Some.Expm1(-K * 12) + 30 * Bolus(t) / -Some.Expm1(-K * 8));

    [Fact]
    public void A_steady_state_forgets_what_was_before() =>
        Same([Some.Dose(0, 1000, 2, rate: 10), Some.Dose(24, 100, 2, interval: 12, steadyState: 1)],
            t => t < 24 ? 1000 * Infusion(t, 100) : 100 * Bolus(t - 24) / -Some.Expm1(-K * 12));

    [Fact]
    public void A_reset_empties_and_forgets_what_was_to_come() =>
        Same([Some.Dose(0, 100, 2, interval: 10, additional: 5), Some.Dose(15, 0, kind: 3)], t => t >= 15 ? 0 : 100 * (Bolus(t) + Bolus(t - 10)));

    [Fact]
    public void A_reset_with_a_dose_stops_an_infusion() =>
        Same([Some.Dose(0, 1000, 2, rate: 10), Some.Dose(20, 50, 2, kind: 4)], t => t >= 20 ? 50 * Bolus(t - 20) : 1000 * Infusion(t, 100));

    [Fact]
    public void Another_clearance_from_a_record_on() =>
        Same([Some.Dose(0, 100, 2), new("A", 10, 2, Changes: new Dictionary<int, double> { [0] = 2 * Cl })], t => 100 * Math.Exp(-K * t - (t > 10 ? K * (t - 10) : 0)));

    [Fact]
    public void A_dose_is_in_at_its_own_time() => Some.Run(Model, [0, 5, 6], Some.Dose(5, 100)).Column("DEPOT").ShouldBe([0, 100, 100 * Math.Exp(-Ka)], 1e-12);

    [Fact]
    public void Nothing_is_there_before_the_first_dose() => Same([Some.Dose(30.25, 100)], t => 100 * Oral(t - 30.25), within: 1e-12);

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-13)]
    [InlineData(1e-9)]
    [InlineData(1e-5)]
    public void Absorption_as_fast_as_elimination_is_ordinary(double apart)
    {
        double ka = K * (1 + apart), d = K * apart;
        // (e^{−Kt} − e^{−ka t}) / (ka − K), without the difference of near numbers.
        Same([Some.Dose(0, 100)], t => 100 * ka * Math.Exp(-K * t) * (d * t == 0 ? t : -Some.Expm1(-d * t) / d), Model.With(("KA", ka)));
    }

    [Fact]
    public void A_very_fast_absorption_leaves_a_slow_elimination_exact() =>
        Same([Some.Dose(0, 100)], t => t == 0 ? 0 : 100 * 1e5 / (1e5 - K) * Math.Exp(-K * t), Model.With(("KA", 1e5)));

    [Fact]
    public void An_infusion_without_elimination_only_gathers() =>
        Some.Run(Model.With(("CL", 0)), [0, 1, 2, 3, 50], Some.Dose(0, 30, 2, rate: 15)).Column("CENT").ShouldBe([0, 15, 30, 30, 30], 1e-12);
}
