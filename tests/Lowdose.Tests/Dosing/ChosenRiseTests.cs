using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Quantities;
using static Lowdose.Tests.Dosing.Plans;

namespace Lowdose.Tests.Dosing;

/// <summary>From what somebody asks for to a titration, and the days its own source names.</summary>
public class ChosenRiseTests
{
    private static readonly Knowledge Known = Knowledge.BuiltIn();

    private static Refused? Of(ChosenRise rise) => rise.Titration(out _);

    [Fact]
    public void What_is_missing_names_the_answer_to_give()
    {
        Of(new(null, null, null, null, null))!.Knob.ShouldBe(PlanKnob.From);
        Of(new(null, Mg(0.5m), null, null, null))!.Knob.ShouldBe(PlanKnob.Ceiling);
        Of(new(null, Mg(0.5m), null, 14, Mg(4.5m)))!.Knob.ShouldBe(PlanKnob.By);
        Of(new(null, Mg(0.5m), Mg(0.5m), null, Mg(4.5m)))!.Knob.ShouldBe(PlanKnob.Every);
        Of(new(null, Mg(6), Mg(0.5m), 14, Mg(4.5m)))!.Knob.ShouldBe(PlanKnob.From);
        Of(new(Known.Protocols["P8"], null, null, null, null))!.Knob.ShouldBe(PlanKnob.Every);
        Of(new(Known.Protocols["P3"], null, null, null, null))!.Knob.ShouldBe(PlanKnob.Ceiling);
        Of(new(Known.Protocols["P17"], null, null, null, null))!.Knob.ShouldBe(PlanKnob.Protocol);
        Of(new(Known.Protocols["P10"], Mg(1), null, null, null))!.Knob.ShouldBe(PlanKnob.From);
    }

    [Fact]
    public void One_dose_that_never_rises_needs_no_days_and_no_step()
    {
        new ChosenRise(null, Mg(1.5m), null, null, Mg(1.5m)).Titration(out var titration).ShouldBeNull();
        titration!.Steps.ShouldBe([new TitrationStep(Mg(1.5m), 1, 1)]);
    }

    [Fact]
    public void A_protocol_s_own_weeks_are_days_to_look_again()
    {
        new ChosenRise(Known.Protocols["P9"], null, null, null, null).Titration(out var titration).ShouldBeNull();
        var regimen = new Regimen(titration!, Start, new(8, 0), new Product.Liquid(Concentration.OneMilligramPerMillilitre), null);
        var own = Reviews.Of(regimen).Days.Where(r => r.Kind is ReviewKind.SourceJudge or ReviewKind.SourceStop).ToArray();
        own.Select(r => (r.Date, r.Kind)).ShouldBe([(Start.PlusDays(182), ReviewKind.SourceJudge), (Start.PlusDays(182), ReviewKind.SourceStop)]);
        own[0].What.ShouldBe("P9 itself is judged after 26 weeks from the start.");
    }

    [Fact]
    public void The_careful_start_has_no_days_beside_the_usual_ones()
    {
        new ChosenRise(Known.Protocols["prudent"], null, null, null, null).Titration(out var titration).ShouldBeNull();
        Reviews.Of(new Regimen(titration!, Start, new(22, 0), new Product.Capsules(), null)).Days.Max(r => r.Kind).ShouldBe(ReviewKind.Recheck);
    }
}
