using Lowdose.Benchmarks;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Science.Tests.Pharmacology;

/// <summary>A subject's numbers depend on the subject alone.</summary>
public class The_same_bits
{
    /// <summary>Twenty people with different records: infusions, steady states, resets, other parameters in mid-course.</summary>
    private static List<DoseRecord> Mixed(CompartmentModel model)
    {
        var records = new List<DoseRecord>();
        for (var i = 0; i < 20; i++)
        {
            var name = FormattableString.Invariant($"s{i}");
            records.Add(new(name, i * 0.3, 1, 50 + i, 1 + i % 2, i % 3 == 0 ? 20 : 0, 7 + i % 5, 6, i % 4 == 0 ? 1 : 0));
            records.Add(new(name, 31 + i, i % 5 == 0 ? 4 : 1, 10, 1, Changes: new Dictionary<int, double> { [0] = model.Parameters[0].Value * (1 + 0.05 * i) }));
        }
        return records;
    }

    public static TheoryData<string> Models => ["pk2", "pk2 as rates", "seven states"];

    private static CompartmentModel Model(string name) => name switch { "pk2" => BuiltInModels.Pk2, "pk2 as rates" => BuiltInModels.Pk2.AsRates(), _ => PharmacologyModels.SevenStates };

    [Theory]
    [MemberData(nameof(Models))]
    public void Come_out_whatever_the_threads_and_whoever_is_in_the_neighbouring_lanes(string name)
    {
        var model = Model(name);
        var records = Mixed(model);
        var request = new SimulationRequest(model, records, Some.Hours(90, 0.7)) { Variability = [new(0, 0.3), new(1, 0.2)], Seed = 7 };
        var all = Some.Well(Simulate.Run(request));
        var threaded = Some.Well(Simulate.Run(request with { Threads = 3 }));
        for (var i = 0; i < all.Subjects.Count; i++) threaded.Table(i).ToArray().ShouldBe(all.Table(i).ToArray());
        // Alone, and in another lane: without variability, which counts people.
        var still = request with { Variability = [] };
        all = Some.Well(Simulate.Run(still));
        foreach (var i in new[] { 0, 3, 11, 19 })
        {
            Some.Well(Simulate.Run(still with { Records = [.. records.Skip(2 * i).Take(2)] })).Table(0).ToArray().ShouldBe(all.Table(i).ToArray());
            Some.Well(Simulate.Run(still with { Records = [.. records.Skip(2 * Math.Max(i - 3, 0)).Take(8)] })).Table(Math.Min(i, 3)).ToArray().ShouldBe(all.Table(i).ToArray());
        }
    }

    [Fact]
    public void Come_out_for_person_five_of_ten_and_of_a_hundred()
    {
        var request = new SimulationRequest(BuiltInModels.Pk1, [Some.Dose(0, 100)], Some.Hours(24)) { Variability = [new(0, 0.4), new(1, 0.2)], Correlations = [1, 0.5, 0.5, 1], People = 10, Seed = 3 };
        var (few, many) = (Some.Well(Simulate.Run(request)), Some.Well(Simulate.Run(request with { People = 100, Threads = 2 })));
        many.Table(4).ToArray().ShouldBe(few.Table(4).ToArray());
        Some.Well(Simulate.Run(request with { Seed = 4 })).Table(4).ToArray().ShouldNotBe(few.Table(4).ToArray());
    }
}
