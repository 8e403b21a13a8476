using Lowdose.Science.Pharmacology;

namespace Lowdose.Science.Tests.Pharmacology;

/// <summary>Virtual people have the spread that was asked for.</summary>
public class PopulationTests
{
    [Fact]
    public void Four_thousand_people_have_the_spread_and_the_correlation_asked_for()
    {
        // Of a bolus the first look gives the volume, and F the depot.
        var model = BuiltInModels.Pk1.With(("V", 20), ("F1", 0.3));
        var request = new SimulationRequest(model, [Some.Dose(0, 1, 1), Some.Dose(0, 1, 2)], [0]) { Variability = [new(1, 0.3), new(3, 0.5, VariationShape.LogitNormal)], Correlations = [1, -0.6, -0.6, 1], People = 4000 };
        var tables = Some.Well(Simulate.Run(request));
        var volume = Enumerable.Range(0, 4000).Select(i => Math.Log(tables.Value(i, 0, 1) / tables.Value(i, 0, 2) / 20)).ToArray();
        var share = Enumerable.Range(0, 4000).Select(i => tables.Value(i, 0, 0)).Select(f => Math.Log(f / (1 - f)) - Math.Log(0.3 / 0.7)).ToArray();
        double Sd(double[] x) => Math.Sqrt(x.Sum(v => v * v) / x.Length);
        volume.Average().ShouldBe(0, 0.02);
        Sd(volume).ShouldBe(0.3, 0.012);
        Sd(share).ShouldBe(0.5, 0.02);
        (volume.Zip(share, (a, b) => a * b).Average() / (Sd(volume) * Sd(share))).ShouldBe(-0.6, 0.04);
    }

    [Fact]
    public void People_are_named_by_number_and_by_arm_where_there_are_several()
    {
        var request = new SimulationRequest(BuiltInModels.Pk1, [Some.Dose(0, 1)], [0, 1]) { People = 2 };
        Some.Well(Simulate.Run(request)).Subjects.ShouldBe(["1", "2"]);
        Some.Well(Simulate.Run(request with { Records = [Some.Dose(0, 1), Some.Dose(0, 2) with { Subject = "B" }] })).Subjects.ShouldBe(["A.1", "A.2", "B.1", "B.2"]);
    }

    [Fact]
    public void The_same_person_lives_through_each_arm()
    {
        var request = new SimulationRequest(BuiltInModels.Pk1, [Some.Dose(0, 1), Some.Dose(0, 2) with { Subject = "B" }], [5]) { People = 3, Variability = [new(0, 0.4)] };
        var tables = Some.Well(Simulate.Run(request));
        for (var i = 0; i < 3; i++) tables.Value(3 + i, 0, 1).ShouldBe(2 * tables.Value(i, 0, 1), 1e-12);
    }
}
