using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Dosing;

/// <summary>A regimen unrolled day by day: the one place where a dose goes up or down.</summary>
internal static class RegimenDays
{
    /// <summary>After a change of time, a dose sooner than this after the last one is left out.</summary>
    private const int ClosestHours = 18;

    public static IEnumerable<PlannedDay> Of(Regimen regimen)
    {
        var state = new State(regimen.Titration, regimen.Time);
        // Changes are few and days many, and a page looks at hundreds of them.
        var changed = regimen.Changes.ToLookup(c => c.From);
        (LocalTime Time, int TimesPerDay, LocalTime[] Times) usual = (default, 0, []);
        LocalDateTime? last = null;
        for (var day = regimen.Start; !state.Stopped; day = day.PlusDays(1))
        {
            var isChanged = changed.Contains(day);
            if (isChanged)
                foreach (var change in changed[day]) state.Apply(change);
            if (state.Stopped) yield break;
            if (!isChanged) state.StepUpWhereAllowed(day);
            var step = regimen.Titration.Steps[state.Index];
            if ((usual.Time, usual.TimesPerDay) != (state.Time, step.TimesPerDay)) usual = (state.Time, step.TimesPerDay, Times(state.Time, step.TimesPerDay));
            var times = usual.Times;
            if (isChanged && changed[day].OfType<RegimenChange.MoveTo>().Any() && last?.PlusHours(ClosestHours) > day.At(times[0])) times = [];
            if (times.Length > 0) last = day.At(times[^1]);
            yield return new(day, state.Index, step, times);
            state.DaysAtStep++;
        }
    }

    private static LocalTime[] Times(LocalTime first, int times) =>
        [.. Enumerable.Range(0, times).Select(i => first.PlusMinutes(i * 24 * 60 / times)).Order()];

    private sealed class State(Titration titration, LocalTime time)
    {
        private LocalDate? _heldUntil;
        private bool _staying;
        private Mass? _ceiling;

        public int Index { get; private set; }
        public int DaysAtStep { get; set; }
        public LocalTime Time { get; private set; } = time;
        public bool Stopped { get; private set; }

        public void Apply(RegimenChange change)
        {
            switch (change)
            {
                case RegimenChange.Hold hold:
                    var until = hold.From.PlusDays(hold.Days);
                    if (_heldUntil is null || until > _heldUntil) _heldUntil = until;
                    break;
                case RegimenChange.StepBack:
                    (Index, DaysAtStep) = (Math.Max(0, Index - 1), 0);
                    break;
                case RegimenChange.Stay:
                    _staying = true;
                    break;
                case RegimenChange.GoOn:
                    (_heldUntil, _staying) = (null, false);
                    break;
                case RegimenChange.Ceiling ceiling:
                    _ceiling = ceiling.Most;
                    for (; Index > 0 && titration.Steps[Index].PerDay > _ceiling; Index--) DaysAtStep = 0;
                    break;
                case RegimenChange.Finish:
                    Stopped = true;
                    break;
                case RegimenChange.MoveTo move:
                    Time = move.Time;
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(change));
            }
        }

        public void StepUpWhereAllowed(LocalDate day)
        {
            if (_staying || day < _heldUntil || Index + 1 >= titration.Steps.Count || DaysAtStep < titration.Steps[Index].MinimumDays || titration.Steps[Index + 1].PerDay > _ceiling) return;
            (Index, DaysAtStep) = (Index + 1, 0);
        }
    }
}
