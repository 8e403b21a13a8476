using Lowdose.Benchmarks;
using Lowdose.Science.Pharmacology;
using Lowdose.Science.Tests.Pharmacology.Language;

namespace Lowdose.Science.Tests.Pharmacology;

/// <summary>The linear compartments of a model that is not linear: known exactly while the others are stepped.</summary>
public sealed class LinearPartTests
{
    private static readonly double[] Hours = Some.Hours(120, 0.7);

    private static readonly DoseRecord[] Mixed =
    [
        Some.Dose(0, 9000, steadyState: 1, interval: 12), Some.Dose(5, 4000, 2), Some.Dose(20.3, 6000, 2, rate: 900, interval: 15, additional: 3), Some.Dose(33, 5000, 3, rate: 100),
        new("A", 50, 1, 3000, 1, Changes: new Dictionary<int, double> { [0] = 150, [2] = 0.4 }), Some.Dose(70, 2000, kind: 4),
    ];

    private static double Apart(CompartmentModel model, double tolerance, params DoseRecord[] records)
    {
        SimulatedTables Run(CompartmentModel m) => Some.Well(Simulate.Run(new(m, records, Hours) { RelativeTolerance = tolerance, AbsoluteTolerance = 1e-10 }));
        var (beside, whole) = (Run(model), Run(model with { LinearPart = null }));
        return model.Compartments.Max(c => Some.Apart(beside.Column(c.Name), whole.Column(c.Name)));
    }

    [Fact]
    public void Known_exactly_it_gives_what_stepping_everything_gives()
    {
        Apart(PharmacologyModels.SevenStates, 1e-12, Mixed).ShouldBeLessThan(1e-10);
        Apart(PharmacologyModels.SevenStates, 1e-8, Mixed).ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void Its_compartments_have_the_digits_of_a_linear_model_whatever_the_tolerance()
    {
        var exact = Some.Run(PharmacologyModels.FourStates, Hours, Mixed);
        var beside = Some.Well(Simulate.Run(new(PharmacologyModels.SevenStates, Mixed, Hours) { RelativeTolerance = 1e-3, AbsoluteTolerance = 1e-3 }));
        // The steady state is found by living through it, and is as good as the tolerance; a reset ends it.
        var after = Array.FindIndex(Hours, h => h >= 70);
        foreach (var name in exact.Columns) Some.Apart(beside.Column(name)[after..], exact.Column(name)[after..]).ShouldBeLessThan(1e-12, name);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-9)]
    public void Rates_that_coincide_are_stepped_like_any_other(double apart)
    {
        // Without an exchange the plasma empties at CL/Vc, and the gut as fast.
        var model = PharmacologyModels.SevenStates.With(("Q", 0), ("CL", 210), ("Vc", 1350), ("ka", 210.0 / 1350 * (1 + apart)));
        Apart(model, 1e-8, Some.Dose(0, 9000, interval: 24, additional: 4)).ShouldBe(0);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-310)]
    [InlineData(1e200)]
    public void Rates_that_are_nothing_or_beyond_all_measure_come_to_an_end(double rate)
    {
        var modes = new RealModes(2);
        modes.Of([-rate, 0, rate, 0]).ShouldBeFalse();
        modes.Of([-0.5, 0, 0.5, rate]).ShouldBe(rate == 0);
    }

    [Fact]
    public void Rates_that_come_to_coincide_on_the_way_are_stepped_from_there()
    {
        var model = PharmacologyModels.SevenStates.With(("Q", 0));
        var change = new DoseRecord("A", 40.3, 1, 2000, 1, IntervalHours: 24, Additional: 3, Changes: new Dictionary<int, double> { [0] = 270, [1] = 1350, [2] = 0.2 });
        Apart(model, 1e-11, Some.Dose(0, 9000, 2, rate: 50), change).ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void Rates_that_swing_are_stepped()
    {
        var model = Written.Model("W", "X\nY\nZ", "d(X)/dt = W * Y\nd(Y)/dt = -W * X\nd(Z)/dt = 1 - X * Z") with { Initial = null };
        model = model with { Parameters = [model.Parameters[0] with { Value = 0.5 }] };
        model.LinearPart!.Compartments.ShouldBe(2);
        Some.Apart(Some.Well(Simulate.Run(new(model, [Some.Dose(0, 1)], Hours) { RelativeTolerance = 1e-11 })).Column("X"), [.. Hours.Select(t => Math.Cos(0.5 * t))]).ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void What_is_never_emptied_gathers_exactly()
    {
        var model = Written.Model("K", "X\nGONE\nZ", "d(X)/dt = -K * X\nd(GONE)/dt = K * X\nd(Z)/dt = 1 - X * Z");
        model = model with { Parameters = [model.Parameters[0] with { Value = 0.3 }] };
        model.LinearPart!.Compartments.ShouldBe(2);
        var tables = Some.Run(model, Hours, Some.Dose(0, 10), Some.Dose(3, 8, 2, rate: 0.5));
        for (var row = 0; row < Hours.Length; row++)
            (tables.Value(0, row, 0) + tables.Value(0, row, 1)).ShouldBe(10 + 0.5 * Math.Clamp(Hours[row] - 3, 0, 16), 1e-12 * 18);
    }

    [Theory]
    [InlineData("d(X)/dt = -A * X\nd(Y)/dt = A * X - B * Y\nd(Z)/dt = Y / (1 + Z)", 2)]
    [InlineData("d(X)/dt = -A * X + B * Z\nd(Y)/dt = A * X\nd(Z)/dt = -Z * Z", 0)]
    [InlineData("d(X)/dt = -A * X\nd(Y)/dt = A - B * Y\nd(Z)/dt = X - Z", 1)]
    [InlineData("d(X)/dt = -A * X * t\nd(Y)/dt = -Y\nd(Z)/dt = -Z", 0)]
    [InlineData("d(X)/dt = -A * Y\nd(Y)/dt = -B * X\nd(Z)/dt = X * Y - Z", 2)]
    public void The_language_finds_it_from_the_first_compartment_on(string equations, int linear) =>
        (Written.Model("A\nB", "X\nY\nZ", equations).LinearPart?.Compartments ?? 0).ShouldBe(linear);
}
