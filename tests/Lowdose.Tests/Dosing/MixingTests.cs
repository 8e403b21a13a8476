using FsCheck;
using FsCheck.Fluent;
using Lowdose.Dosing;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Tests.Dosing;

public class MixingTests
{
    private static Mass Mg(decimal mg) => Mass.FromMilligrams(mg);

    private static Volume Ml(decimal ml) => Volume.FromMillilitres(ml);

    private static MixingCard Card(decimal tablet, decimal volume, params decimal[] doses) =>
        MixingCard.Of(new(Mg(tablet), Ml(volume)), [.. doses.Select(Mg)], Vehicle.PlainWater, Storage.Room, Syringe.Known);

    private static string[] Codes(MixingCard card) => [.. card.Cautions.Select(c => c.Code)];

    [Fact]
    public void Dilution_of_a_50_mg_tablet_in_50_mL_gives_1_mg_per_mL() => Dilution.Usual.Strength.ShouldBe(Concentration.OneMilligramPerMillilitre);

    [Fact]
    public void A_dose_in_two_steps_empties_the_bottle_by_what_is_drawn_and_not_by_the_dose()
    {
        var card = Card(50, 50, 0.05m, 0.5m);
        card.Doses.Select(d => d.LastsDays).ShouldBe([50, 100]);
        (card.Bottle.LastsDays, card.Soonest.Measured.Dose).ShouldBe((50, Mg(0.05m)));
    }

    [Theory]
    [InlineData(0.1, 0.5, 0.1, 1)]
    [InlineData(0.5, 0.5, 0.5, 1)]
    [InlineData(0.51, 1, 0.51, 1)]
    [InlineData(1.5, 3, 1.5, 1)]
    [InlineData(3, 3, 3, 1)]
    [InlineData(4.5, 5, 4.4, 1)]
    [InlineData(6, 10, 6, 1)]
    [InlineData(12, 10, 12, 2)]
    [InlineData(25, 10, 25, 3)]
    public void A_dose_is_drawn_in_the_smallest_syringe_that_holds_it(decimal mg, decimal capacity, decimal drawn, int times)
    {
        var draw = Card(50, 50, mg).Doses[0].Measured.Draw;
        (draw.Syringe.Capacity, draw.Total, draw.Times).ShouldBe((Ml(capacity), Ml(drawn), times));
    }

    [Fact]
    public void The_error_of_the_marks_is_told_in_mg_and_percent_and_a_closer_way_is_offered()
    {
        var dose = Card(50, 50, 4.5m).Doses[0];
        dose.Measured.Error.Milligrams.ShouldBe(-0.1m);
        decimal.Round(dose.Measured.ErrorPercent, 4).ShouldBe(-2.2222m);
        dose.Closer!.Draw.Fillings.ShouldBe([Ml(3), Ml(1.5m)]);
        dose.Closer.Error.IsZero.ShouldBeTrue();
    }

    [Fact]
    public void Half_a_mark_wrong_at_half_a_millilitre_by_tenths_is_10_percent() =>
        new MeasuredDose(Mg(0.5m), Concentration.OneMilligramPerMillilitre, new(new(Ml(3), Ml(0.1m)), 1, Ml(0.5m))).ReadingErrorPercent.ShouldBe(10);

    [Fact]
    public void A_volume_below_a_tenth_of_a_millilitre_takes_two_steps_and_carries_every_error()
    {
        var two = Card(50, 50, 0.05m).Doses[0].TwoStep!;
        (two.First.Total, two.Water.Total, two.MadeUpTo, two.Second.Draw.Total).ShouldBe((Ml(1), Ml(9), Ml(10), Ml(0.5m)));
        two.Second.Error.IsZero.ShouldBeTrue();
        // 1.005 mL taken, made up to 10 + 0.005 - 0.25 mL, 0.505 mL drawn of 0.5.
        decimal.Round(two.WorstErrorPercent, 6).ShouldBe(decimal.Round(100 * ((1.005m / 0.9755m * 1.01m) - 1), 6));
        Card(50, 50, 0.1m).Doses[0].TwoStep.ShouldBeNull();
        Card(50, 50, 0.009m).Doses[0].TwoStep.ShouldBeNull();
    }

    [Theory]
    [InlineData(50, 50, 1.5, "")]
    [InlineData(50, 50, 6, "")]
    [InlineData(50, 50, 6.5, "volume-over-6-ml ten-fold")]
    [InlineData(50, 50, 15, "volume-over-6-ml ten-fold")]
    [InlineData(50, 10, 1.5, "strength-not-1-mg-per-ml")]
    [InlineData(50, 5, 1.5, "strength-not-1-mg-per-ml ten-fold")]
    [InlineData(50, 500, 0.5, "strength-not-1-mg-per-ml ten-fold")]
    [InlineData(50, 100, 4.5, "strength-not-1-mg-per-ml volume-over-6-ml")]
    [InlineData(50, 50, 0.05, "too-small-to-draw")]
    [InlineData(50, 50, 1.05, "rounding-error")]
    [InlineData(50, 30, 0.66, "strength-not-1-mg-per-ml")]
    public void A_slip_is_caught_before_it_is_drawn(decimal tablet, decimal volume, decimal dose, string codes) =>
        Codes(Card(tablet, volume, dose)).ShouldBe([.. codes.Split(' ', StringSplitOptions.RemoveEmptyEntries), "no-shelf-life"]);

    [Fact]
    public void A_dose_ten_times_another_is_asked_about() => Codes(Card(50, 50, 0.45m, 4.5m)).ShouldContain("ten-fold");

    [Fact]
    public void More_than_5_percent_off_at_worst_is_said()
    {
        Codes(Card(50, 50, 1.05m)).ShouldContain("rounding-error");
        Codes(Card(50, 50, 4.5m)).ShouldNotContain("rounding-error");
    }

    [Fact]
    public void Plain_water_has_no_known_shelf_life_and_the_card_says_so()
    {
        var bottle = Card(50, 50, 1.5m, 4.5m).Bottle;
        bottle.ShelfLifeDays.ShouldBeNull();
        bottle.DiscardAfter(new(2026, 12, 1)).ShouldBeNull();
        bottle.Note.ShouldContain("No study was found");
        bottle.LastsDays.ShouldBe(11);
    }

    [Theory]
    [InlineData(Storage.Room, 30, "2026-12-31")]
    [InlineData(Storage.Refrigerator, 60, "2027-01-30")]
    public void With_antioxidant_and_preservative_it_keeps_30_days_at_25_degrees_and_60_at_4(Storage storage, int days, string until)
    {
        var card = MixingCard.Of(Dilution.Usual, [Mg(0.5m)], Vehicle.Preserved, storage, Syringe.Known);
        card.Bottle.ShelfLifeDays.ShouldBe(days);
        card.Bottle.DiscardAfter(new LocalDate(2026, 12, 1)).ToString().ShouldNotBeNull();
        card.Bottle.DiscardAfter(new LocalDate(2026, 12, 1))!.Value.ToString("uuuu-MM-dd", null).ShouldBe(until);
        Codes(card).ShouldBe(["outlasts-shelf-life"]);
    }

    [Fact]
    public void The_shelf_life_was_measured_at_1_mg_per_mL() =>
        Codes(MixingCard.Of(new(Mg(50), Ml(25)), [Mg(4.5m)], Vehicle.Preserved, Storage.Room, Syringe.Known)).ShouldContain("shelf-life-other-strength");

    [Fact]
    public void Volume_times_strength_is_the_dose_to_the_nanogram_or_the_error_is_reported()
    {
        var cases = from dose in Gen.Choose(1, 60_000_000)
                    from tablet in Gen.Choose(1, 1_000_000_000)
                    from volume in Gen.Choose(1, 1_000_000_000)
                    select (Dose: new Mass(dose), Strength: new Concentration(new Mass(tablet), new Volume(volume)));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var (dose, strength) = c;
            var measured = MeasuredDose.Of(dose, strength, Syringe.Known);
            var given = strength.AmountIn(measured.Draw.Total);
            var exact = given.Numerator == dose.Nanograms * given.Denominator;
            var halfAMark = strength.AmountIn(measured.Draw.Syringe.Mark);
            return measured.Error.IsZero == exact
                && given.Numerator - measured.Error.Numerator == dose.Nanograms * given.Denominator
                && 2 * Int128.Abs(measured.Error.Numerator) <= halfAMark.Numerator;
        }).QuickCheckThrowOnFailure();
    }
}
