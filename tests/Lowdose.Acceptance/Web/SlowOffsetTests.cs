using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Safety;
using Lowdose.Science.Pharmacology;
using Answer = Lowdose.Web.Mechanism.Answer;

namespace Lowdose.Acceptance.Web;

/// <summary>The times that questions of safety state are the engine's: closed form, rule and simulation say the same.</summary>
public sealed class SlowOffsetTests
{
    private const int Nights = 100;

    public static TheoryData<double, double> DosesAndHalfLives
    {
        get
        {
            var all = new TheoryData<double, double>();
            foreach (var mg in (double[])[0.5, 1.5, 3, 4.5, 6, 12, 25, 50])
                foreach (var halfLife in (double[])[SlowOffset.UsualHalfLifeHours, 40, SlowOffset.LongHalfLifeHours]) all.Add(mg, halfLife);
            return all;
        }
    }

    private static Hold Hold => Knowledge.BuiltIn().Rules["C9"].Hold!;

    [Theory, MemberData(nameof(DosesAndHalfLives))]
    public void At_the_hour_of_the_closed_form_the_engine_has_a_tenth_blocked(double mg, double halfLife) =>
        Blocked(mg, halfLife, SlowOffset.HoursToTenth(mg, halfLife)).ShouldBe(0.1, 1e-9);

    [Theory, InlineData(1.5), InlineData(4.5), InlineData(50)]
    public void After_long_nightly_use_the_engine_blocks_what_the_closed_form_says(double mg)
    {
        foreach (var hours in (double[])[0, 1, 24, 72]) Blocked(mg, SlowOffset.UsualHalfLifeHours, hours).ShouldBe(SlowOffset.Blocked(mg, SlowOffset.UsualHalfLifeHours, hours), 1e-9);
    }

    [Fact]
    public void The_hours_of_the_rule_for_operations_are_the_engines_with_40_hours_to_half()
    {
        foreach (var offset in Hold.ByDose)
        {
            var (mg, hours) = ((double)offset.PerDay.Milligrams, (double)offset.Hours.High);
            Blocked(mg, 40, hours - 1).ShouldBeGreaterThan(0.1, $"{mg} mg");
            Blocked(mg, 40, hours + 1).ShouldBeLessThan(0.1, $"{mg} mg");
        }
    }

    [Fact]
    public void The_rule_is_never_shorter_than_a_week_or_the_usual_slow_offset()
    {
        for (var tenths = 1; tenths <= 500; tenths++)
        {
            var mg = tenths / 10.0;
            Hold.Days(tenths / 10m).ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(Math.Max(168, SlowOffset.HoursToTenth(mg, SlowOffset.UsualHalfLifeHours)) / 24), $"{mg} mg");
        }
    }

    [Fact]
    public void After_nightly_4_5_mg_it_takes_6_7_days_and_9_7_at_the_long_end()
    {
        (SlowOffset.HoursToTenth(4.5, SlowOffset.UsualHalfLifeHours) / 24).ShouldBe(6.66, 0.005);
        (SlowOffset.HoursToTenth(4.5, SlowOffset.LongHalfLifeHours) / 24).ShouldBe(9.74, 0.005);
    }

    [Fact]
    public void The_model_file_holds_the_same_two_numbers()
    {
        var parameters = ModelFile.Named("naltrexone").Model.Parameters;
        parameters.Single(p => p.Name == "ED50").Value.ShouldBe(SlowOffset.HalfBlockMg);
        parameters.Single(p => p.Name == "TE").Value.ShouldBe(SlowOffset.UsualHalfLifeHours);
    }

    [Fact]
    public void A_month_of_4_5_mg_is_drawn_as_the_domain_has_it()
    {
        var answer = new Answer(new(4.5, 1260, 28, new HashSet<int>(), "slow-offset", "rebound", "meyer", "none", 120));
        answer.Naltrexone.Max().ShouldBe(0.84, 0.02);
        answer.Naltrexol.Max().ShouldBe(9.9, 1);
        answer.PeakNanomolar.ShouldBe(2.5, 0.1);
        answer.Block["slow-offset"].Max().ShouldBe(0.689, 0.001);
        answer.Block["slow-offset"].Min().ShouldBe(0.586, 0.001);
        answer.Block["parent-only"].Max().ShouldBeInRange(0.6, 0.7);
        answer.Block["none"].Max().ShouldBe(0);
        answer.Tone["none"].ShouldAllBe(t => Math.Abs(t - 1) < 1e-6);
        answer.NaltrexoneBand.Zip(answer.Naltrexone).ShouldAllBe(b => b.First.Low <= b.Second * 1.0001 && b.Second <= b.First.High * 1.0001);
        answer.Window["slow-offset"].Length.ShouldBe(Answer.WindowDoses.Length);
    }

    [Fact]
    public void A_missed_night_leaves_less_in_the_blood_and_hardly_less_at_the_receptor()
    {
        var all = new Answer(new(4.5, 1260, 28, new HashSet<int>(), "slow-offset", "rebound", "meyer", "none", 120));
        var missed = new Answer(all.Question with { Missed = new HashSet<int> { 28 } });
        missed.Naltrexone[^48].ShouldBeLessThan(all.Naltrexone[^48] / 4);
        missed.Block["slow-offset"][^48].ShouldBeGreaterThan(0.4);
    }

    private static double Blocked(double mg, double halfLife, double hoursAfter)
    {
        var file = ModelFile.Named("naltrexone").With(new Dictionary<string, double> { ["TE"] = halfLife });
        var ran = Simulate.Run(new(file.Model, [new DoseRecord("1", 0, 1, mg, IntervalHours: 24, Additional: Nights - 1)], [24.0 * (Nights - 1) + hoursAfter]));
        ran.Problem.ShouldBeNull();
        return ran.Value(0, 0, ran.Columns.Index().First(c => c.Item == "OCC_SLOW").Index);
    }
}
