using FsCheck;
using FsCheck.Fluent;
using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Tests.Diary;

/// <summary>What a field may say, and that it is read back as it was written.</summary>
public sealed class FieldTests
{
    [Theory]
    [InlineData("day/2026-12-01", "pain", "0")]
    [InlineData("day/2026-12-01", "highest-pain", "10")]
    [InlineData("day/2026-12-01", "dose", "taken 4.5 mg at 22:05")]
    [InlineData("day/2026-12-01", "dose", "taken 0.25 mg at 00:30 next day late")]
    [InlineData("day/2026-12-01", "dose/2", "taken kit 3")]
    [InlineData("day/2026-12-01", "dose", "taken unknown")]
    [InlineData("day/2026-12-01", "dose", "skipped")]
    [InlineData("day/2026-12-01", "effect/vivid-dreams", "moderate")]
    [InlineData("day/2026-12-01", "effects", "none")]
    [InlineData("day/2026-12-01", "crash", "yes")]
    [InlineData("day/2026-12-01", "event/infection", "a cold")]
    [InlineData("day/2026-12-01", "treatment/duloxetine 30 mg", "started: in the morning")]
    [InlineData("day/2026-12-01", "instrument/acr-2016", "fatigue=2; neck=1")]
    [InlineData("day/2026-12-01", "same-as-yesterday", "fatigue,pain")]
    [InlineData("day/2026-12-01", "note", "two\nlines")]
    [InlineData("course", "primary", "pain")]
    [InlineData("course", "mcid", "1.5")]
    [InlineData("course", "scale", "0..10")]
    [InlineData("plan", "product", "50 mg in 50 mL")]
    [InlineData("plan", "steps", "0.5 mg for 14 days, 1.5 mg in 2 doses for 1 day")]
    [InlineData("plan", "change/hold-2026-12-20", "hold from 2026-12-20 for 14 days: a side effect for 8 days")]
    [InlineData("plan", "change/move", "move to 08:00 from 2026-12-20: sleep suffers")]
    [InlineData("plan", "supply/first", "50 mL bottle from 2026-12-01, plain water, refrigerator")]
    [InlineData("plan", "supply/second", "30 capsules of 1.5 mg from 2026-12-01")]
    [InlineData("profile", "medicines", "Tylenol 3\nlevothyroxine")]
    [InlineData("settings", "reminder/dose", "21:45")]
    public void A_field_takes_its_canonical_text(string subject, string field, string value)
    {
        Fields.Refusal(subject, field, value).ShouldBeNull();
        Fields.Refusal(subject, field, null).ShouldBeNull();
    }

    [Theory]
    [InlineData("day/2026-12-01", "pain", "11")]
    [InlineData("day/2026-12-01", "pain", "-1")]
    [InlineData("day/2026-12-01", "pain", "4.5")]
    [InlineData("day/2026-12-01", "pain", "04")]
    [InlineData("day/2026-12-01", "pain", "")]
    [InlineData("day/2026-12-01", "aura", "4")]
    [InlineData("day/2026-13-01", "pain", "4")]
    [InlineData("day/1026-12-01", "pain", "4")]
    [InlineData("day/2026-12-1", "pain", "4")]
    [InlineData("month/2026-12", "pain", "4")]
    [InlineData("day/2026-12-01", "dose", "4.5")]
    [InlineData("day/2026-12-01", "dose", "taken 4.50 mg")]
    [InlineData("day/2026-12-01", "dose", "taken 0 mg")]
    [InlineData("day/2026-12-01", "dose", "taken 2000 mg")]
    [InlineData("day/2026-12-01", "dose", "taken kit 3 4.5 mg")]
    [InlineData("day/2026-12-01", "dose", "taken 4.5 mg next day")]
    [InlineData("day/2026-12-01", "dose", "taken 4.5 mg at 25:00")]
    [InlineData("day/2026-12-01", "dose/5", "skipped")]
    [InlineData("day/2026-12-01", "dose/1", "skipped")]
    [InlineData("day/2026-12-01", "effect/Insomnia", "mild")]
    [InlineData("day/2026-12-01", "effect/insomnia", "bad")]
    [InlineData("day/2026-12-01", "effects", "some")]
    [InlineData("day/2026-12-01", "treatment/", "started")]
    [InlineData("day/2026-12-01", "treatment/x", "begun")]
    [InlineData("day/2026-12-01", "instrument/acr-2016", "neck=1; fatigue=2")]
    [InlineData("day/2026-12-01", "same-as-yesterday", "pain,fatigue")]
    [InlineData("day/2026-12-01", "same-as-yesterday", "note")]
    [InlineData("day/2026-12-01", "note", "\u0007")]
    [InlineData("course", "primary", "happiness")]
    [InlineData("course", "mcid", "0")]
    [InlineData("plan", "product", "50 mg")]
    [InlineData("plan", "product", "0 mg in 50 mL")]
    [InlineData("plan", "change/hold", "hold from 2026-12-20: why")]
    [InlineData("plan", "change/hold", "stay from 2026-12-20: ")]
    [InlineData("profile", "pregnancy", "maybe")]
    public void A_field_that_is_not_there_or_a_value_that_cannot_be_is_refused(string subject, string field, string value)
    {
        var refused = Fields.Refusal(subject, field, value).ShouldNotBeNull();
        refused.Do.Length.ShouldBeGreaterThan(3);
        new DiaryLog().Append(Writes.Of(subject, null, (field, value))).ShouldBeOfType<Appended.Refused>();
    }

    [Fact]
    public void Half_a_character_is_refused_because_no_file_could_keep_it()
    {
        Fields.Refusal("day/2026-12-01", "note", "a\ud800").ShouldNotBeNull();
        Fields.Refusal("day/2026-12-01", "note", "\ud83d\ude00").ShouldBeNull();
    }

    [Fact]
    public void A_write_without_an_id_a_change_a_zone_or_with_a_field_twice_is_refused()
    {
        var write = Writes.OnDay(0, ("pain", "4"));
        var log = new DiaryLog();
        log.Append(write with { Id = Guid.Empty }).ShouldBeOfType<Appended.Refused>();
        log.Append(write with { Changes = [] }).ShouldBeOfType<Appended.Refused>();
        log.Append(write with { Zone = "" }).ShouldBeOfType<Appended.Refused>();
        log.Append(write with { Changes = [new("pain", "4"), new("pain", "5")] }).ShouldBeOfType<Appended.Refused>();
        log.Writes.ShouldBeEmpty();
    }

    [Fact]
    public void A_write_that_builds_on_a_write_about_another_day_is_refused()
    {
        var log = Writes.Log(Writes.OnDay(0, ("pain", "4")));
        log.Append(Writes.OnDay(1, ("pain", "4")) with { Base = log.Head(Subjects.Day(Writes.First)) }).ShouldBeOfType<Appended.Refused>();
    }

    [Fact]
    public void A_dose_is_read_as_it_was_written() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            DoseContent content = random.Next(3) switch
            {
                0 => new DoseContent.Known(new Mass(random.NextInt64(1, 1_000_000_001))),
                1 => new DoseContent.Kit(random.Next(1, 1_000_000)),
                _ => new DoseContent.Unknown(),
            };
            LocalTime? at = random.Next(2) == 0 ? null : new LocalTime(random.Next(24), random.Next(60));
            var taken = new DoseEntry.Taken(content, at, at is not null && random.Next(2) == 0, random.Next(2) == 0);
            return DoseEntry.Read(taken.ToString()) == (DoseEntry)taken && Fields.Refusal("day/2026-12-01", "dose", taken.ToString()) is null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_change_to_the_plan_is_read_as_it_was_written()
    {
        var (day, at) = (new LocalDate(2026, 12, 20), Writes.Noon);
        RegimenChange[] changes = [new RegimenChange.Hold(day, 1, "Ann", at, "headache: for 8 days"), new RegimenChange.StepBack(day, "Ann", at, "from the start"),
            new RegimenChange.Stay(day, "Ann", at, "enough"), new RegimenChange.MoveTo(day, new(8, 0), "Ann", at, "sleep"), new RegimenChange.Finish(day, "Ann", at, "no use"),
            new RegimenChange.GoOn(day, "Ann", at, "well: again"), new RegimenChange.Ceiling(day, Mass.FromMilligrams(3), "Ann", at, "enough")];
        foreach (var change in changes) ChangeText.Read(ChangeText.Of(change), "Ann", at).ShouldBe(change);
    }

    [Fact]
    public void A_blinded_dose_has_no_place_for_an_amount() =>
        typeof(DoseContent.Kit).GetProperties().Select(p => p.PropertyType).ShouldNotContain(typeof(Mass));
}
