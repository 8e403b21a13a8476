using System.Numerics;
using Lowdose.Dosing;
using Lowdose.Quantities;
using Lowdose.Tests.Quantities;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Tests.Dosing;

/// <summary>Every dose, at every strength, in every syringe, against whole numbers of any size that share no line with the code.</summary>
public class DoseArithmeticTests(ITestOutputHelper output)
{
    private static readonly (decimal Mg, decimal Ml)[] Strengths =
        [(50, 50), (50, 10), (50, 100), (50, 25), (50, 5), (50, 500), (50, 30), (50, 70), (50, 33), (100, 100), (4.5m, 3), (3, 7)];

    /// <summary>Written out again here, so that a wrong file is seen.</summary>
    private static readonly (decimal Capacity, decimal Mark)[] Marks = [(0.5m, 0.01m), (1, 0.01m), (3, 0.1m), (5, 0.2m), (10, 0.5m)];

    [Fact]
    public void The_syringes_are_those_of_the_design() =>
        Syringe.Known.Select(s => (s.Capacity.Millilitres, s.Mark.Millilitres)).ShouldBe(Marks);

    [Fact, Trait("trust", "R24")]
    public void Every_seventh_dose_at_every_strength_in_every_syringe_agrees_with_exact_rationals() => Agree(every: 7);

    [Fact, Trait("trust", "R24"), Trait("speed", "slow")]
    public void Every_dose_at_every_strength_in_every_syringe_agrees_with_exact_rationals() => Agree(every: 1);

    private void Agree(int every)
    {
        var (combinations, mismatches) = (0, new List<string>());
        foreach (var (mg, ml) in Strengths)
            for (var hundredths = 10; hundredths <= 5_000; hundredths += every)
                for (var device = 0; device <= Marks.Length; device++)
                {
                    combinations++;
                    if (Mismatch(hundredths, mg, ml, device) is { } what && mismatches.Count < 20) mismatches.Add(what);
                }
        output.WriteLine(new FaultCount("R24", "doses of 0.1 to 50 mg, 12 strengths, 6 syringes, against exact rationals", combinations, 4_991 * 12 * 6, "combinations", $"{mismatches.Count} mismatches").ToString());
        mismatches.ShouldBeEmpty();
        combinations.ShouldBe(((4_991 + every - 1) / every) * 12 * 6);
    }

    /// <summary>The device after the last is the one the program chooses.</summary>
    private static string? Mismatch(int hundredths, decimal mg, decimal ml, int device)
    {
        var (dose, tablet, volume) = (new BigInteger(hundredths) * 10_000, Nano(mg), Nano(ml));
        var strength = new Concentration(Mass.FromMilligrams(mg), Volume.FromMillilitres(ml));
        var mass = Mass.FromMilligrams(hundredths / 100m);
        var chosen = device == Marks.Length;
        var measured = chosen ? MeasuredDose.Of(mass, strength, Syringe.Known)
            : new MeasuredDose(mass, strength, Draw.With(strength.VolumeHolding(mass), Syringe.Known[device]));

        // The smallest that holds dose * volume / tablet nanolitres; the largest where none does.
        var (capacity, mark) = chosen ? Marks.Append(Marks[^1]).Where((m, i) => i == Marks.Length || dose * volume <= Nano(m.Capacity) * tablet).First() : Marks[device];
        var (wanted, one) = (2 * dose * volume, 2 * Nano(mark) * tablet);
        var marks = BigInteger.Divide(wanted + (one / 2) - 1, one);
        var drawn = marks * Nano(mark);
        var times = BigInteger.Max(1, (drawn + Nano(capacity) - 1) / Nano(capacity));
        var error = (drawn * tablet) - (dose * volume);

        string Text() => $"{measured.Dose} at {strength}: {measured.Draw}";
        if ((BigInteger)(Int128)measured.Draw.Total.Nanolitres != drawn || measured.Draw.Times != times || measured.Draw.Syringe.Mark.Millilitres != mark || measured.Draw.Syringe.Capacity.Millilitres != capacity)
            return $"{Text()}: the oracle draws {drawn} nL in {times}";
        if ((BigInteger)measured.Error.Numerator * volume != error * (BigInteger)measured.Error.Denominator) return $"{Text()}: the error is {error}/{volume} ng";
        if (2 * BigInteger.Abs(error) > Nano(mark) * tablet) return $"{Text()}: more than half a mark off";
        if (!chosen) return null;
        if (Written.Mass(measured.Dose.ToString(), out var again) is not null || again != mass) return $"{Text()}: the dose does not read back";
        if (drawn > 0 && (Written.Volume(measured.Draw.Total.ToString().Replace(",", ""), out var same) is not null || same != measured.Draw.Total)) return $"{Text()}: the volume does not read back";
        return measured.Draw.Fillings.Aggregate(Volume.Zero, (sum, f) => sum + f) == measured.Draw.Total ? null : $"{Text()}: the fillings do not add up";
    }

    [Fact]
    public void Every_rendered_dose_follows_the_ISMP_rules()
    {
        HashSet<string> rendered = [];
        foreach (var (mg, ml) in Strengths)
        {
            var dilution = new Dilution(Mass.FromMilligrams(mg), Volume.FromMillilitres(ml));
            for (var hundredths = 1; hundredths <= Math.Min(1_300, mg * 100); hundredths += mg == ml ? 1 : 5)
            {
                var card = MixingCard.Of(dilution, [Mass.FromMilligrams(hundredths / 100m)], Vehicle.Preserved, Storage.Room, Syringe.Known);
                var measured = card.Doses[0].Measured;
                string[] texts = [measured.Dose.ToString(), measured.Dose.InMicrograms(), measured.Volume.ToString(), measured.Strength.ToString(), measured.Draw.Total.ToString(),
                    measured.Draw.Syringe.ToString(), .. card.Cautions.Select(c => c.Text), card.Bottle.Note];
                rendered.UnionWith(texts);
            }
        }
        rendered.SelectMany(Ismp.Breaks).ShouldBeEmpty();
        output.WriteLine($"{rendered.Count:N0} different texts");
    }

    [Theory]
    [InlineData(".5 mg")]
    [InlineData("1.0 mg")]
    [InlineData("0.50 mg")]
    [InlineData("5mg")]
    [InlineData("5 ml")]
    [InlineData("5 cc")]
    [InlineData("100 mcg")]
    [InlineData("100 µg")]
    [InlineData("1000 mg")]
    [InlineData("4.5 mg QHS")]
    public void The_rules_see_an_amount_that_is_written_badly(string text) => Ismp.Breaks(text).ShouldNotBeEmpty();

    private static BigInteger Nano(decimal milli) => (long)(milli * 1_000_000);
}
