using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Quantities;
using Lowdose.Science.Inference.Trials;

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

    /// <summary>Who is next in a trial, and with which dose. Only whoever makes the kits is shown it.</summary>
    /// <param name="trial">An up-and-down search.</param>
    /// <param name="subject">Whose kit is next; null where it is refused.</param>
    /// <param name="dose">Zero where it is refused.</param>
    /// <returns>Null, or why there is none.</returns>
    public static Refused? Next(Trial trial, out string? subject, out Mass dose)
    {
        (subject, dose) = (null, Mass.Zero);
        var kits = trial.KitsOfSearch;
        if (kits.FirstOrDefault(k => trial.AnswerOf(k.Subject) is null && !trial.HasLeft(k.Subject)) is { } open) return new($"{open.Subject} has not answered yet", "wait: the next dose follows from that answer");
        if (Next(trial.Design, Answered(trial), out dose) is { } refused) return refused;
        subject = trial.Subjects.Select(s => s.Id).FirstOrDefault(s => kits.All(k => k.Subject != s) && !trial.HasLeft(s) && trial.Records.OfType<TrialRecord.Consented>().Any(c => c.Subject == s));
        if (subject is not null) return null;
        dose = Mass.Zero;
        return new("nobody waits for a kit", "wait until the next person has consented");
    }

    /// <summary>Everybody who answered, in the order their kits were made, with the dose the rule gave.</summary>
    /// <param name="trial">An up-and-down search.</param>
    public static IReadOnlyList<UpAndDownPerson> Answered(Trial trial)
    {
        var (people, dose) = (new List<UpAndDownPerson>(), trial.Design.Written[0].Dose);
        foreach (var kit in trial.KitsOfSearch)
        {
            if (trial.AnswerOf(kit.Subject) is not { } helped) continue;
            people.Add(new(dose, helped));
            dose = Step(trial.Design.TrialOrUsual.Ladder, people[^1]);
        }
        return people;
    }

    /// <summary>The doses at which half, and 95 of 100, respond; null where nobody has answered.</summary>
    /// <param name="trial">An up-and-down search that has an answer.</param>
    public static DoseFinding? Estimate(Trial trial) => Answered(trial) is { Count: > 0 } people
        ? Science.Inference.Trials.UpAndDown.Estimate([.. people.Select(p => new DoseAnswer(p.Dose.Milligrams, p.Responded))], new([.. trial.Design.TrialOrUsual.Ladder.Select(l => l.Milligrams)])) : null;

    /// <summary>What somebody's kit holds; null where it is not made. Only for whoever makes the kits, and for the end.</summary>
    /// <param name="trial">An up-and-down search.</param>
    /// <param name="subject">The place's id.</param>
    public static Mass? DoseOf(Trial trial, string subject)
    {
        var dose = trial.Design.Written[0].Dose;
        foreach (var kit in trial.KitsOfSearch)
        {
            if (kit.Subject == subject) return dose;
            if (trial.AnswerOf(kit.Subject) is { } helped) dose = Step(trial.Design.TrialOrUsual.Ladder, new(dose, helped));
        }
        return null;
    }

    private static Mass Step(IReadOnlyList<Mass> ladder, UpAndDownPerson person)
    {
        var rung = ladder.Index().First(l => l.Item == person.Dose).Index;
        return ladder[Math.Clamp(rung + (person.Responded ? -1 : 1), 0, ladder.Count - 1)];
    }
}
