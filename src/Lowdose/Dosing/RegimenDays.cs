using NodaTime;

namespace Lowdose.Dosing;

/// <summary>A regimen unrolled day by day: the one place where a dose goes up or down.</summary>
internal static class RegimenDays
{
    /// <summary>An earlier time of day by more than this would bring two doses too close together.</summary>
    private static readonly Period Closest = Period.FromHours(6);

    public static IEnumerable<PlannedDay> Of(Regimen regimen)
    {
        var state = new State(regimen.Time);
        for (var day = regimen.Start; !state.Stopped; day = day.PlusDays(1))
        {
            var changed = false;
            var skip = false;
            foreach (var change in regimen.Changes.Where(c => c.From == day))
            {
                changed = true;
                skip |= state.Apply(change, regimen.Titration);
            }
            if (state.Stopped) yield break;
            if (!changed) state.StepUpWhereAllowed(day, regimen.Titration);
            var step = regimen.Titration.Steps[state.Index];
            yield return new(day, state.Index, step, skip ? [] : Times(state.Time, step.TimesPerDay));
            state.DaysAtStep++;
        }
    }

    private static LocalTime[] Times(LocalTime first, int times) =>
        [.. Enumerable.Range(0, times).Select(i => first.PlusMinutes(i * 24 * 60 / times)).Order()];

    private sealed class State(LocalTime time)
    {
        private LocalDate? _heldUntil;
        private bool _staying;

        public int Index { get; private set; }
        public int DaysAtStep { get; set; }
        public LocalTime Time { get; private set; } = time;
        public bool Stopped { get; private set; }

        /// <returns>Whether the day's dose is left out.</returns>
        public bool Apply(RegimenChange change, Titration titration)
        {
            switch (change)
            {
                case RegimenChange.Hold hold:
                    var until = hold.From.PlusDays(hold.Days);
                    if (_heldUntil is null || until > _heldUntil) _heldUntil = until;
                    return false;
                case RegimenChange.StepBack:
                    (Index, DaysAtStep) = (Math.Max(0, Index - 1), 0);
                    return false;
                case RegimenChange.Stay:
                    _staying = true;
                    return false;
                case RegimenChange.Finish:
                    Stopped = true;
                    return false;
                case RegimenChange.MoveTo move:
                    var tooClose = DaysAtStep + Index > 0 && titration.Steps[Index].TimesPerDay == 1 && move.Time < Time && (Time - move.Time).ToDuration() > Closest.ToDuration();
                    Time = move.Time;
                    return tooClose;
                default:
                    throw new ArgumentOutOfRangeException(nameof(change));
            }
        }

        public void StepUpWhereAllowed(LocalDate day, Titration titration)
        {
            if (_staying || day < _heldUntil || Index + 1 >= titration.Steps.Count || DaysAtStep < titration.Steps[Index].MinimumDays) return;
            (Index, DaysAtStep) = (Index + 1, 0);
        }
    }
}
