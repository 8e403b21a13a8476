using Lowdose.Quantities;
using Lowdose.Science.Inference;

namespace Lowdose.Diary;

/// <summary>Doses and arms on every calendar day, carried forward where nobody wrote them. Source: docs/methods/course-model.md.</summary>
internal sealed record Carried(Mass[] Doses, Arm[] Arms, List<int> Assumed, List<int> Uncertain)
{
    public static Carried Along(IReadOnlyList<DiaryDay> days)
    {
        var carried = new Carried(new Mass[days.Count], new Arm[days.Count], [], []);
        for (var t = 0; t < days.Count; t++)
        {
            var (before, armBefore) = t == 0 ? (Mass.Zero, Arm.None) : (carried.Doses[t - 1], carried.Arms[t - 1]);
            carried.Doses[t] = Settled(days[t]) ?? before;
            carried.Arms[t] = days[t].Arm ?? ImpliedBy(days[t].Dose) ?? armBefore;
            if (days[t].Dose is null) carried.Assumed.Add(t + 1);
        }
        carried.MarkUncertain(days);
        return carried;
    }

    /// <summary>A dose that needs no carrying: written, or 0 because the arm written goes with 0.</summary>
    private static Mass? Settled(DiaryDay day) => day.Dose ?? (day.Arm is Arm.None or Arm.Placebo ? Mass.Zero : null);

    private static Arm? ImpliedBy(Mass? dose) => dose is null ? null : dose > Mass.Zero ? Arm.Ldn : Arm.None;

    private void MarkUncertain(IReadOnlyList<DiaryDay> days)
    {
        Mass? next = null;
        var settledBefore = 0;
        while (settledBefore < days.Count && Settled(days[settledBefore]) is null) settledBefore++;
        // Backwards, so that the next settled dose is known; nothing before the first settled one lies between two.
        for (var t = days.Count - 1; t > settledBefore; t--)
        {
            if (Settled(days[t]) is { } dose) next = dose;
            else if (next is { } later && later != Doses[t]) Uncertain.Add(t + 1);
        }
        Uncertain.Reverse();
    }
}
