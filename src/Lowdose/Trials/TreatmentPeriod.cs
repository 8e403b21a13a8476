using Lowdose.Evidence;
using NodaTime;

namespace Lowdose.Trials;

/// <summary>A stretch of a person's trial in which one arm is given. It does not say which.</summary>
/// <param name="Number">1 first.</param>
/// <param name="First">Its first day.</param>
/// <param name="Last">Its last day.</param>
/// <param name="CountsFrom">The first day that period means and the permutation test count; the course model keeps every day.</param>
public sealed record TreatmentPeriod(int Number, LocalDate First, LocalDate Last, LocalDate CountsFrom)
{
    /// <summary>How many days.</summary>
    public int Days => Period.DaysBetween(First, Last) + 1;

    /// <summary>The day after which nothing of it was taken, where it was stopped early; else null.</summary>
    public LocalDate? StoppedOn { get; init; }

    /// <summary>The periods of a design from a first day, which is the first of the run-in where there is one.</summary>
    public static IReadOnlyList<TreatmentPeriod> Of(Design design, LocalDate start)
    {
        var trial = design.TrialOrUsual;
        var written = trial.Allocation is DesignAllocation.Groups or DesignAllocation.Minimised or DesignAllocation.UpAndDown ? design.Written.Take(1) : design.Written;
        var first = start.PlusDays(design.RunInDays);
        var periods = new List<TreatmentPeriod>();
        foreach (var period in written)
        {
            // Where the start is drawn the periods follow each other without a change but one; nothing is washed out.
            var skipped = trial.Allocation == DesignAllocation.Start ? 0 : Math.Min(trial.AnalyticWashoutDays, period.Days - 1);
            periods.Add(new(periods.Count + 1, first, first.PlusDays(period.Days - 1), first.PlusDays(skipped)));
            first = first.PlusDays(period.Days + design.WashoutDays);
        }
        return periods;
    }
}

/// <summary>Days on nothing between two periods, so that the first is over before the second begins.</summary>
/// <param name="After">The number of the period before it; 0 for the run-in.</param>
/// <param name="First">Its first day.</param>
/// <param name="Last">Its last day.</param>
public sealed record Washout(int After, LocalDate First, LocalDate Last)
{
    /// <summary>The run-in and the wash-outs of a design from a first day; none after the last period.</summary>
    public static IReadOnlyList<Washout> Of(Design design, LocalDate start)
    {
        var periods = TreatmentPeriod.Of(design, start);
        var pauses = periods.SkipLast(1).Where(_ => design.WashoutDays > 0).Select(p => new Washout(p.Number, p.Last.PlusDays(1), p.Last.PlusDays(design.WashoutDays)));
        return design.RunInDays == 0 ? [.. pauses] : [new(0, start, start.PlusDays(design.RunInDays - 1)), .. pauses];
    }
}
