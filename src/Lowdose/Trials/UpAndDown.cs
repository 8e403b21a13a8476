using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Quantities;

namespace Lowdose.Trials;

/// <summary>One person of an up-and-down search.</summary>
/// <param name="Dose">What they had.</param>
/// <param name="Responded">Whether it helped, by the rule the plan gives.</param>
public sealed record UpAndDownPerson(Mass Dose, bool Responded);

/// <summary>
/// Finds the dose at which half respond: after a response the next person has one rung less, after none one rung more; at an end of the ladder they stay.
/// Source: Dixon &amp; Mood, J Am Stat Assoc 43 (1948) 109–126; used for naltrexone in study BRUUN2020.
/// </summary>
public static class UpAndDown
{
    /// <summary>The next person's dose.</summary>
    /// <param name="design">An up-and-down design.</param>
    /// <param name="before">Everybody so far, the first first.</param>
    /// <param name="dose">Zero where it is refused.</param>
    /// <returns>Null, or why there is none.</returns>
    public static Refused? Next(Design design, IReadOnlyList<UpAndDownPerson> before, out Mass dose)
    {
        dose = Mass.Zero;
        var trial = design.TrialOrUsual;
        if (trial.Allocation != DesignAllocation.UpAndDown) return new("this is no up-and-down design", "name one");
        if (before.Count >= design.People) return new($"all {design.People} have had their dose", "work out the answer");
        var expected = design.Written[0].Dose;
        foreach (var (i, person) in before.Index())
        {
            if (person.Dose != expected) return new($"person {i + 1} had {person.Dose} and not {expected}", "write down what the rule gave, or say that the search is over");
            expected = Step(trial.Ladder, person);
        }
        dose = expected;
        return null;
    }

    private static Mass Step(IReadOnlyList<Mass> ladder, UpAndDownPerson person)
    {
        var rung = ladder.Index().First(l => l.Item == person.Dose).Index;
        return ladder[Math.Clamp(rung + (person.Responded ? -1 : 1), 0, ladder.Count - 1)];
    }
}
