namespace Lowdose.Tests.Pharmacology;

/// <summary>The naltrexone model against what was measured in people, and against closed forms.</summary>
public sealed class NaltrexoneTests
{
    [Fact]
    public void Every_row_of_the_validation_table_is_within_its_bounds()
    {
        var rows = ValidationTable.Rows();
        rows.Select(r => r.Id).Distinct().Count().ShouldBe(14);
        rows.Where(r => !r.Passes).Select(r => $"{r.Id} {r.What}: {r.Given}").ShouldBeEmpty();
    }

    [Fact]
    public void The_rise_of_the_metabolite_over_days_is_too_small_and_known_to_be() =>
        ValidationTable.Rows().Single(r => r.Id == "V11").Given.ShouldBeInRange(1.10, 1.39);

    [Fact]
    public void Areas_are_dose_over_clearance()
    {
        var course = Course.Of(Course.Model("naltrexone"), 50, 1, 400, 0.01);
        course.Area("NTX").ShouldBe(0.05 * 50 * 0.9035 / 94 * 1000, 1e-4 * 24);
        course.Area("NTXOL").ShouldBe((0.8 + 0.8 * 0.05) * 50 * 0.9035 / 48 * 1000, 1e-4 * 790);
    }

    [Fact]
    public void The_slow_block_is_the_closed_form_after_one_dose_and_after_many()
    {
        var once = Course.Of(Course.Model("naltrexone"), 4.5, 1, 200, 0.5);
        foreach (var h in once.Hours) once.At("OCC_SLOW", h).ShouldBe(Occupancy.Once(4.5, h, 37), 1e-12);
        var nightly = Course.Of(Course.Model("naltrexone", null, ("TE", 50)), 3, 1, 200, 0.5, steady: true);
        foreach (var h in nightly.Hours) nightly.At("OCC_SLOW", h).ShouldBe(Occupancy.Nightly(3, h, 50), 1e-12);
    }

    [Theory]
    [InlineData(37, 6.7)]
    [InlineData(50, 9.7)]
    public void After_nightly_4_5_mg_the_slow_block_is_below_a_tenth_after_a_week_or_more(double halfLife, double days)
    {
        Math.Round(Occupancy.DaysToTenth(4.5, halfLife), 1).ShouldBe(days);
        Occupancy.SimulatedDaysToTenth(4.5, halfLife).ShouldBe(Occupancy.DaysToTenth(4.5, halfLife), 1e-3);
    }

    [Fact]
    public void A_half_life_of_37_hours_is_near_every_brain_scan()
    {
        foreach (var (hour, percent, sem) in Occupancy.Lee) (100 * Occupancy.Once(50, hour, 37) / Occupancy.Once(50, 1, 37)).ShouldBe(percent, 2 * sem);
        (100 * Occupancy.Nightly(50, 24, 37)).ShouldBe(94.9, 4.9);
        (100 * Occupancy.Once(5.6, 0, 37)).ShouldBe(50, 1e-9);
        foreach (var (dose, percents) in Occupancy.Rabiner) (100 * Occupancy.Once(dose, 4, 37)).ShouldBe(percents.Average(), 12);
    }

    [Theory]
    [InlineData(1, 66)]
    [InlineData(4, 18)]
    [InlineData(6, 12)]
    [InlineData(12, 7)]
    public void Of_the_parent_alone_the_block_is_the_story_of_four_to_six_hours(double hour, double percent) =>
        (100 * Course.Of(Course.Model("naltrexone"), 4.5, 1, 24, 1, steady: true).At("OCC_PARENT", hour)).ShouldBe(percent, 0.5);

    // The facts say about 93, 80 and 56 % for nightly 4.5 mg; their own trough of 1.1 ng/mL makes 60 % at 24 h, and so does the model.
    [Theory]
    [InlineData(1, 93.9)]
    [InlineData(6, 83.0)]
    [InlineData(24, 60.8)]
    public void With_the_metabolite_the_plasma_block_lasts_the_day(double hour, double percent)
    {
        var course = Course.Of(Course.Model("naltrexone"), 4.5, 1, 23.96875, 1 / 32.0, steady: true);
        (100 * course.At("OCC_PLASMA", hour == 24 ? course.Hours[^1] : hour)).ShouldBe(percent, 0.1);
    }

    [Fact]
    public void A_weak_kidney_keeps_the_metabolite_and_leaves_the_parent()
    {
        var (strong, weak) = (Course.Of(Course.Model("naltrexone"), 4.5, 1, 400, 0.02), Course.Of(Course.Model("naltrexone", null, ("CRCL", 30)), 4.5, 1, 400, 0.02));
        weak.Area("NTX").ShouldBe(strong.Area("NTX"), 1e-9);
        (weak.Area("NTXOL") / strong.Area("NTXOL")).ShouldBe(48 / (31 + 17 / 4.0), 1e-4);
    }

    [Fact]
    public void However_many_times_the_liver_lets_pass_no_more_arrives_than_was_swallowed()
    {
        foreach (var f in new[] { 0.05, 0.2, 0.4, 0.9 })
            foreach (var liver in new[] { 0.0, 1, 2 })
            {
                var course = Course.Of(Course.Model("naltrexone", null, ("F", f), ("LIVER", liver)), 50, 1, 600, 0.05);
                var parent = course.Area("NTX") * 94 / 1000 / (50 * 0.9035);
                var product = course.Area("NTXOL") * 48 / 1000 / (50 * 0.9035) - 0.8 * parent;
                parent.ShouldBeInRange(0, 1.001);
                (parent + product).ShouldBeInRange(0, 1.001);
            }
    }
}
