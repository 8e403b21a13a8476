using FsCheck;
using FsCheck.Fluent;
using Lowdose.Dosing;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Tests.Dosing;

/// <summary>Made-up regimens.</summary>
internal static class Plans
{
    public static readonly LocalDate Start = new(2026, 12, 1);

    public static Mass Mg(decimal mg) => Mass.FromMilligrams(mg);

    public static Titration Rising(decimal start, decimal by, int every, decimal ceiling)
    {
        Titration.Rising("own", Mg(start), Mg(by), every, Mg(ceiling), [], out var titration).ShouldBeNull();
        return titration!;
    }

    public static Regimen Usual(Clearance? clearance = null) =>
        new(Rising(1.5m, 1.5m, 14, 4.5m), Start, new(22, 0), new Product.Liquid(Concentration.OneMilligramPerMillilitre), clearance);

    public static Instant Then => Instant.FromUtc(2026, 11, 22, 10, 0);

    /// <summary>Any regimen with any changes, as the days to unroll it for.</summary>
    public static Arbitrary<(Regimen Regimen, int Days)> Any() => (
        from titration in Titrations
        from offset in Gen.Choose(0, 40_000)
        from minute in Gen.Choose(0, (24 * 60) - 1)
        let start = new LocalDate(1984, 1, 1).PlusDays(offset)
        from changes in Gen.Choose(0, 4).SelectMany(n => Gen.ArrayOf(Changes(start), n))
        from days in Gen.Choose(1, 400)
        select (new Regimen(titration, start, LocalTime.Midnight.PlusMinutes(minute), new Product.Capsules(), null) { Changes = changes }, days)).ToArbitrary();

    private static Gen<Titration> Titrations =>
        from first in Gen.Choose(1, 60)
        from rest in Gen.Choose(0, 5).SelectMany(n => Gen.ArrayOf(Gen.Choose(1, 30), n))
        from days in Gen.ArrayOf(Gen.Choose(1, 35), 6)
        from times in Gen.ArrayOf(Gen.Elements(1, 1, 1, 2), 6)
        from above in Gen.Choose(0, 20)
        let doses = rest.Aggregate((int[])[first], (list, more) => [.. list, list[^1] + more])
        select Made([.. doses.Select((d, i) => new TitrationStep(new Mass(d * 100_000L), times[i], days[i]))], new Mass((doses[^1] + above) * 100_000L));

    private static Titration Made(TitrationStep[] steps, Mass ceiling)
    {
        Titration.Of("own", steps, ceiling, [], out var titration).ShouldBeNull();
        return titration!;
    }

    private static Gen<RegimenChange> Changes(LocalDate start) =>
        from kind in Gen.Choose(0, 9)
        from day in Gen.Choose(0, 300)
        from number in Gen.Choose(0, 23)
        let date = start.PlusDays(day)
        select kind switch
        {
            0 or 1 or 2 => new RegimenChange.Hold(date, number, "me", Then, "nausea"),
            3 or 4 => new RegimenChange.StepBack(date, "me", Then, "nausea"),
            5 => new RegimenChange.Stay(date, "me", Then, "well"),
            6 => new RegimenChange.Finish(date, "me", Then, "no use"),
            _ => (RegimenChange)new RegimenChange.MoveTo(date, new LocalTime(number, 0), "me", Then, "sleep"),
        };
}
