using System.Runtime.Intrinsics;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Science.Tests.Pharmacology;

/// <summary>What cannot be simulated is said with the record and what to do; it is no exception and no number.</summary>
public class RefusalTests
{
    private static SimulationProblem Refused(DoseRecord record, CompartmentModel? model = null)
    {
        DoseRecord[] records = [new("A", 0, 1, 1) { Line = 2 }, record with { Line = 3 }];
        var tables = Simulate.Run(new(model ?? BuiltInModels.Pk1, records, Some.Hours(48)));
        tables.Subjects.ShouldBeEmpty();
        return tables.Problem.ShouldNotBeNull();
    }

    public static TheoryData<DoseRecord, string> Wrong => new()
    {
        { Some.Dose(5, -1), "the dose is negative, -1; give 0 or more" },
        { Some.Dose(5, 1, 3), "there is no compartment 3 in pk1; give 1 DEPOT, 2 CENT" },
        { Some.Dose(-5, 1), "time goes back from 0 h; sort the subject's records by time" },
        { Some.Dose(5, 1, steadyState: 1), "a steady state has no interval; give II above 0, or AMT 0 and a RATE for a constant infusion" },
        { Some.Dose(5, 1, additional: 3), "3 additional doses have no interval; give II above 0" },
        { Some.Dose(5, 0, rate: 3), "an infusion of nothing has no duration; give AMT above 0, or SS 1 for a constant infusion" },
        { Some.Dose(5, 1, rate: -2), "the duration of an infusion into DEPOT, D1, is 0; give one above 0" },
        { Some.Dose(5, 1, rate: -1), "the rate of an infusion into DEPOT, R1, is 0; give one above 0" },
        { Some.Dose(5, 1, rate: -3), "RATE is -3; give 0 at once, an amount per hour, −1 for a modelled rate or −2 for a modelled duration" },
        { Some.Dose(5, double.NaN), "AMT is not a number; give a number, or 0" },
        { Some.Dose(5, 1, kind: 7), "EVID is 7; give 0 an observation, 1 a dose, 2 another event, 3 a reset, 4 a reset and a dose" },
        { Some.Dose(5, 1, kind: 0), "EVID 0 is no dose, and AMT is 1, RATE 0; give EVID 1 or 4, or no amount" },
        { Some.Dose(5, 1, interval: 12, steadyState: 3), "SS is 3; give 0 no steady state, 1 in place of what is there, 2 added to it" },
        { Some.Dose(5, 1) with { Changes = new Dictionary<int, double> { [0] = double.NaN } }, "the parameter CL is not a number; give a finite number" },
        { Some.Dose(5, 1) with { Changes = new Dictionary<int, double> { [3] = -1 } }, "the bioavailability of DEPOT, F1, is -1; give 0 or more" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_record_that_cannot_be(DoseRecord record, string said)
    {
        var problem = Refused(record);
        (problem.What + "; " + problem.Remedy).ShouldBe(said);
        (problem.Line, problem.Subject).ShouldBe((3, "A"));
        problem.ToString().ShouldStartWith(FormattableString.Invariant($"line 3: subject A at {record.TimeHours:0.######} h: "));
    }

    [Fact]
    public void A_subject_that_comes_twice() => Simulate.Run(new(BuiltInModels.Pk1, [Some.Dose(0, 1), Some.Dose(0, 1) with { Subject = "B" }, Some.Dose(9, 1)], [1])).Problem!.What.ShouldBe("the subject comes twice, with others between");

    [Fact]
    public void A_steady_state_without_elimination() => Refused(Some.Dose(5, 1, interval: 12, steadyState: 1), BuiltInModels.Pk1.With(("CL", 0))).What.ShouldStartWith("there is no steady state");

    [Fact]
    public void A_volume_of_nothing() => Refused(Some.Dose(5, 1), BuiltInModels.Pk1.With(("V", 0))).What.ShouldEndWith("is not a number");

    [Fact]
    public void A_parameter_that_is_not_a_number() => Refused(Some.Dose(5, 1), BuiltInModels.Pk1.With(("KA", double.NaN))).What.ShouldBe("the parameter KA is NaN");

    private static CompartmentModel Rates(LaneFunction rates) => new() { Name = "odd", Parameters = [new("k", 1)], Compartments = [new("X")], Rates = rates };

    [Fact]
    public void A_rate_that_divides_by_zero() =>
        Refused(Some.Dose(5, 1), Rates((_, x, _, d) => d[0] = Vector512<double>.One / (x[0] - x[0]))).What.ShouldBe("the rate of change of X is infinite");

    [Fact]
    public void A_model_that_runs_away()
    {
        var problem = Refused(Some.Dose(5, 1), Rates((_, x, _, d) => d[0] = x[0] * x[0]));
        problem.What.ShouldStartWith("the step has become too short");
        problem.TimeHours!.Value.ShouldBe(1, 1e-6);
    }

    [Fact]
    public void A_steady_state_that_never_comes() => Refused(Some.Dose(5, 1, interval: 1, steadyState: 1), Rates((_, x, _, d) => d[0] = x[0] * 0)).What.ShouldStartWith("no steady state after");

    [Fact]
    public void A_grid_a_tolerance_and_correlations_that_cannot_be()
    {
        var good = new SimulationRequest(BuiltInModels.Pk1, [Some.Dose(0, 1)], [0, 1]) { Variability = [new(0, 0.1), new(1, 0.1)] };
        Simulate.Run(good with { GridHours = [] }).Problem!.What.ShouldBe("no time is asked for");
        Simulate.Run(good with { GridHours = [0, 2, 2] }).Problem!.What.ShouldBe("the times asked for do not ascend at 2 h");
        Simulate.Run(good with { RelativeTolerance = 0 }).Problem!.What.ShouldBe("the relative tolerance is 0");
        Simulate.Run(good with { Correlations = [1, 1.2, 1.2, 1] }).Problem!.What.ShouldBe("the correlations are not those of any numbers");
        Simulate.Run(good with { People = 300_000_000 }).Problem!.What.ShouldStartWith("the answer would hold");
    }

    [Fact]
    public void A_hundred_million_doses() => Refused(Some.Dose(5, 1, interval: 1e-7, additional: int.MaxValue)).What.ShouldBe("more than 1,000,000 doses come of the records");
}
