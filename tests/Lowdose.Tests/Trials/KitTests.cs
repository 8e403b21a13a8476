using Lowdose.Dosing;
using Lowdose.Quantities;
using Lowdose.Trials;

namespace Lowdose.Tests.Trials;

public class Kits
{
    private static readonly TrialSubject Me = new("me");

    private static PharmacySheet Sheet(string design, int seed, KitOrder order)
    {
        var (trial, allocation) = Some.Sealed(Some.Built(design), seed, Me);
        PharmacySheet.Open(trial, allocation, new("Pharmacist", Some.Noon, order), (_, _) => null, out var sheet).ShouldBeNull();
        return sheet!;
    }

    [Fact]
    public void Have_numbers_of_six_digits_each_once_and_the_same_each_time_the_sheet_is_opened()
    {
        var sheet = Sheet("trial-pairs", 1, Some.Capsules);
        sheet.Lines.Count.ShouldBe(4 + 2);
        sheet.Kits.All.Select(k => k.Number).Distinct().Count().ShouldBe(6);
        sheet.Kits.All.ShouldAllBe(k => k.Number >= 100_000 && k.Number <= 999_999);
        Sheet("trial-pairs", 1, Some.Capsules).Print().ShouldBe(sheet.Print());
        Sheet("trial-pairs", 2, Some.Capsules).Kits.All.Select(k => k.Number).ShouldNotBe(sheet.Kits.All.Select(k => k.Number));
    }

    [Fact]
    public void Have_numbers_that_say_nothing_about_what_they_hold()
    {
        // A higher number for the drug in half of the pairs of kits, as by a coin; 400 pairs, four standard errors.
        var higher = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var lines = Sheet("trial-pairs", seed, Some.Capsules).Lines.Where(l => l.Kit.Period <= 2).ToArray();
            if (lines.Single(l => l.Arm != "placebo").Kit.Number > lines.Single(l => l.Arm == "placebo").Kit.Number) higher++;
        }
        higher.ShouldBeInRange(160, 240);
    }

    [Fact]
    public void Hold_a_step_each_in_both_arms_where_the_drug_rises()
    {
        var sheet = Sheet("trial-titration", 1, Some.Capsules);
        var own = sheet.Lines.Where(l => l.Kit.Subject is not null).ToArray();
        own.Select(l => (l.Kit.FirstDay, l.Kit.LastDay)).Distinct().ShouldBe([(1, 7), (8, 14), (15, 63)]);
        own.Where(l => l.Arm != "placebo").Select(l => l.Dose.ExactMilligrams).Distinct().ShouldBe([1.5m, 3, 4.5m]);
        own.Where(l => l.Arm == "placebo").ShouldAllBe(l => l.Dose == Mass.Zero);
        own.First().Doses.ShouldBe(7 + 3);
        sheet.Lines.Count(l => l.Kit.Subject is null).ShouldBe(2 * 3);
    }

    [Fact]
    public void Are_several_where_a_period_is_longer_than_one_lasts()
    {
        var cold = new KitOrder(new KitForm.Liquid(Volume.FromMillilitres(1), Vehicle.Preserved, Storage.Refrigerator), 28);
        var sheet = Sheet("trial-pairs", 1, cold);
        sheet.Kits.All.Where(k => k.Period == 1).Select(k => (k.FirstDay, k.LastDay)).ShouldBe([(1, 28), (29, 56)]);
        sheet.MadeAtMostDaysBefore.ShouldBe(60 - 31);
        sheet.Print().ShouldContain("4.5 mg in 1 mL");
    }

    [Theory]
    [InlineData(Vehicle.Preserved, Storage.Room, 56, "a kit keeps 30 days and is to last 59")]
    [InlineData(Vehicle.Preserved, Storage.Refrigerator, 58, "a kit keeps 60 days and is to last 61")]
    [InlineData(Vehicle.PlainWater, Storage.Refrigerator, 7, "no study says how long")]
    public void That_would_go_out_of_date_in_use_are_refused(Vehicle vehicle, Storage storage, int days, string what)
    {
        var order = new KitOrder(new KitForm.Liquid(Volume.FromMillilitres(1), vehicle, storage), days);
        order.Wrong!.What.ShouldContain(what);
        var (trial, allocation) = Some.Sealed(Some.Built("trial-pairs"), 1, Me);
        PharmacySheet.Open(trial, allocation, new("Pharmacist", Some.Noon, order), (_, _) => throw new InvalidOperationException("kept"), out var sheet).ShouldNotBeNull();
        sheet.ShouldBeNull();
        (order with { StatedShelfLifeDays = 90 }).Wrong.ShouldBeNull();
    }

    [Fact]
    public void Are_labelled_the_same_whatever_they_hold()
    {
        var sheet = Sheet("trial-dose-ladder", 1, Some.Capsules);
        sheet.Kits.All.Where(k => k.Subject is not null).Select(k => string.Join('\n', k.Label("trial-1", Some.Capsules)).Replace($"{k.Number}", "N").Replace($"period {k.Period}", "period P")).Distinct().Count().ShouldBe(1);
        sheet.Kits.All.Where(k => k.Subject is null).Select(k => string.Join('\n', k.Label("trial-1", Some.Capsules)).Replace($"{k.Number}", "N")).Distinct().Count().ShouldBe(1);
        string.Join('\n', sheet.Kits.All[0].Label("trial-1", Some.Capsules)).ShouldNotContain("mg");
    }

    [Fact]
    public void Are_made_to_one_order_only_and_their_list_holds_no_content()
    {
        var (trial, allocation) = Some.Sealed(Some.Built("trial-pairs"), 1, Me);
        PharmacySheet.Open(trial, allocation, new("Pharmacist", Some.Noon, Some.Capsules), (_, next) => { trial = next; return null; }, out var sheet).ShouldBeNull();
        PharmacySheet.Open(trial, allocation, new("Pharmacist", Some.Noon, Some.Capsules with { SpareDays = 5 }), (_, _) => null, out _)!.What.ShouldContain("ordered otherwise");
        trial = trial.After(new TrialRecord.KitsMade("Pharmacist", Some.Noon, sheet!.Kits));
        trial.Kits!.All.Count.ShouldBe(6);
        trial.Add(new TrialRecord.KitsMade("Pharmacist", Some.Noon, sheet.Kits), out _)!.What.ShouldContain("made already");
    }

    [Fact]
    public void Have_a_sheet_for_a_friend_that_asks_for_two_stocks()
    {
        var sheet = Sheet("trial-pairs", 1, Some.Capsules);
        sheet.Print(friend: true).ShouldContain("two stocks");
        sheet.Print().ShouldContain("For the pharmacist only");
        sheet.Print().Split("[ ] Kit").Length.ShouldBe(7);
    }
}
