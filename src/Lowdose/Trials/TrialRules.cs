using Lowdose.Dosing;
using Lowdose.Evidence;

namespace Lowdose.Trials;

/// <summary>What may happen in a trial when.</summary>
internal static class TrialRules
{
    public static Refused? Against(Trial trial, TrialRecord record) => trial.Stage >= TrialStage.Closed && record is not TrialRecord.Revealed
        ? new("the trial is closed", "start a new one")
        : record switch
        {
            TrialRecord.Enrolled enrolled => Enrol(trial, enrolled.Subject),
            TrialRecord.Consented consented => Consent(trial, consented),
            TrialRecord.PlanLocked locked => Lock(trial, locked),
            TrialRecord.AllocationSealed @sealed => Seal(trial, @sealed),
            TrialRecord.SheetOpened opened => OpenSheet(trial, opened),
            TrialRecord.KitsMade made => MakeKits(trial, made),
            TrialRecord.SpareGiven given => GiveSpare(trial, given),
            TrialRecord.KitMade made => MakeKit(trial, made),
            TrialRecord.Answered answered => Answer(trial, answered),
            TrialRecord.Started started => Start(trial, started),
            TrialRecord.PeriodStopped stopped => Stop(trial, stopped),
            TrialRecord.Guessed guessed => Guess(trial, guessed),
            TrialRecord.Withdrawn left => Withdraw(trial, left),
            TrialRecord.Unblinded opened => Unblind(trial, opened),
            TrialRecord.Closed closed => Close(trial, closed),
            TrialRecord.Revealed => trial.Stage == TrialStage.Closed ? null : new(trial.Stage == TrialStage.Revealed ? "it was revealed before" : "the trial is not closed", "close it first; one person can be unblinded"),
            _ => throw new ArgumentException($"{record.GetType().Name} is no record of a trial", nameof(record)),
        };

    private static Refused? Enrol(Trial trial, TrialSubject subject)
    {
        if (trial.Stage >= TrialStage.Sealed && !trial.IsSearch) return new("the allocation is sealed, so no place can be added", "start another trial of the same design");
        if (Trial.NotAnId(subject.Id) is { } wrong) return wrong;
        if (trial.Subjects.Any(s => s.Id == subject.Id)) return new($"{subject.Id} is in the trial already", "give another name");
        if (trial.Subjects.Count >= trial.Design.People) return new($"the design is of {trial.Design.People}", "change 'people' in the design before the trial begins");
        var factors = trial.Design.TrialOrUsual.Factors;
        if (subject.Levels.Count != factors.Count) return new($"the design has {factors.Count} factors and {subject.Id} has {subject.Levels.Count} levels", "give one level for each factor, in its order");
        foreach (var (factor, level) in factors.Zip(subject.Levels))
            if (!factor.Levels.Contains(level)) return new($"\"{level}\" is no level of {factor.Name}", $"give one of {string.Join(", ", factor.Levels)}");
        return null;
    }

    private static Refused? Consent(Trial trial, TrialRecord.Consented consented)
    {
        if (Missing(trial, consented.Subject) is { } missing) return missing;
        if (trial.Records.OfType<TrialRecord.Consented>().Any(c => c.Subject == consented.Subject)) return new($"{consented.Subject} has consented already", "nothing is left to do");
        return IsHash(consented.TextHash) ? null : new("the consent names no text", "give the SHA-256 of the text the person read");
    }

    private static Refused? Lock(Trial trial, TrialRecord.PlanLocked locked) =>
        trial.Plan is not null ? new("the analysis plan is locked", "what is planned later is not confirmatory: write it in the report") : locked.Plan.Wrong(trial.Design);

    private static Refused? Seal(Trial trial, TrialRecord.AllocationSealed record)
    {
        if (trial.Design.TrialOrUsual.Allocation == DesignAllocation.UpAndDown) return new("an up-and-down design deals nothing ahead", "start it without sealing");
        if (trial.Commitment is not null) return new("the allocation is sealed already", "an allocation is drawn once");
        if (trial.Stage < TrialStage.Consented) return new("nobody has consented", "ask for consent first");
        if (trial.Plan is null) return new("the analysis plan is not locked", "lock it first, so that nobody can fit it to the result");
        return record.Commitment.Trial == trial.Id ? null : new("the commitment is of another trial", "draw the allocation of this one");
    }

    private static Refused? OpenSheet(Trial trial, TrialRecord.SheetOpened opened)
    {
        if (trial.Commitment is null) return new("nothing is sealed yet", "seal the allocation first");
        if (opened.Order.Wrong is { } wrong) return wrong;
        return trial.Records.OfType<TrialRecord.SheetOpened>().FirstOrDefault() is { } first && first.Order != opened.Order
            ? new("the kits are ordered otherwise already", "open the sheet with the order it has: other numbers on other bottles would be a mix-up") : null;
    }

    private static Refused? MakeKits(Trial trial, TrialRecord.KitsMade made)
    {
        if (!trial.Has<TrialRecord.SheetOpened>()) return new("nobody has opened the pharmacy sheet", "open it first");
        if (made.Kits.Trial != trial.Id) return new("the kits are of another trial", "give those of this one");
        return trial.Kits is null ? null : new("the kits are made already", "nothing is left to do");
    }

    private static Refused? GiveSpare(Trial trial, TrialRecord.SpareGiven given)
    {
        if (NoSpareFor(trial, given.Kit) is { } none) return none;
        if (trial.Kits!.All.FirstOrDefault(k => k.Number == given.Spare) is not { Subject: null } spare) return new($"{given.Spare} is no spare of this trial", "check the number on the label");
        if (!SameStep(trial, spare, trial.FirstOf(given.Kit)!)) return new($"spare {spare.Number} is of another step", "take one for those days");
        return trial.SparesGiven.Any(g => g.Spare == given.Spare) ? new($"spare {spare.Number} was given out before", "take another") : null;
    }

    /// <summary>Why no spare is given out for a kit; null where one is. What it goes by is known to everybody, so that a refusal tells nobody what a kit holds.</summary>
    public static Refused? NoSpareFor(Trial trial, int number)
    {
        if (trial.Kits is not { } kits) return new("the kits are not made yet", "make them first");
        if (trial.SparesGiven.FirstOrDefault(g => g.Kit == number) is { } before) return new($"kit {number} was replaced by spare {before.Spare} already", $"give {before.Spare} if that one is gone too");
        if (trial.FirstOf(number) is not { Subject: not null } kit) return new($"there is no kit {number} in somebody's hands", "check the number on the label");
        // Of each step there are so many spares of every arm. One more than that would tell that two of the kits hold different things.
        return trial.SparesGiven.Count(g => SameStep(trial, trial.FirstOf(g.Kit)!, kit)) < kits.Order.SparesPerArm ? null
            : new($"all {kits.Order.SparesPerArm} that may be given out are given: one more could tell who has what", "leave these days out, and write that down");
    }

    /// <summary>Whether two kits are of the same step of a rise. Placebo of another step would hold the same, and its label would tell.</summary>
    public static bool SameStep(Trial trial, Kit one, Kit other)
    {
        int[] from = [.. trial.Kits!.All.Where(k => k.Subject is null).Select(k => k.FirstDay ?? 1).Distinct()];
        return from.Count(f => f <= (one.FirstDay ?? 1)) == from.Count(f => f <= (other.FirstDay ?? 1));
    }

    private static Refused? MakeKit(Trial trial, TrialRecord.KitMade made)
    {
        if (!trial.IsSearch) return new("this is no up-and-down design", "make the kits of its sheet");
        if (UpAndDown.Next(trial, out var next, out _) is { } refused) return refused;
        if (made.Subject != next) return new($"the next kit is for {next}", "keep the order in which they came");
        return made.Number is < 100_000 or > 999_999 || trial.KitsOfSearch.Any(k => k.Number == made.Number) ? new($"{made.Number} cannot be the number of a kit", "draw six digits that no kit has") : null;
    }

    private static Refused? Answer(Trial trial, TrialRecord.Answered answered)
    {
        if (!trial.IsSearch) return new("this is no up-and-down design", "leave it out");
        if (NoPeriod(trial, answered.Subject, 1) is { } none) return none;
        return trial.AnswerOf(answered.Subject) is null ? null : new($"{answered.Subject} has an answer already", "the first one counts");
    }

    private static Refused? Start(Trial trial, TrialRecord.Started started)
    {
        if (Missing(trial, started.Subject) is { } missing) return missing;
        if (trial.Plan is null) return new("the analysis plan is not locked", "lock it before the first dose");
        if (trial.Commitment is null && trial.Design.TrialOrUsual.Allocation != DesignAllocation.UpAndDown) return new("the allocation is not sealed", "seal it before the first dose");
        if (trial.Records.OfType<TrialRecord.Consented>().All(c => c.Subject != started.Subject)) return new($"{started.Subject} has not consented", "ask for consent first");
        if (trial.IsSearch && trial.KitsOfSearch.All(k => k.Subject != started.Subject)) return new($"the kit of {started.Subject} is not made yet", "wait until it is");
        return Started(trial, started.Subject) ? new($"{started.Subject} has started already", "nothing is left to do") : null;
    }

    private static Refused? Stop(Trial trial, TrialRecord.PeriodStopped stopped)
    {
        if (NoPeriod(trial, stopped.Subject, stopped.Period) is { } none) return none;
        var period = trial.PeriodsOf(stopped.Subject)[stopped.Period - 1];
        if (string.IsNullOrWhiteSpace(stopped.Finding)) return new("it is not said what was found", "say what stopped the period");
        if (stopped.Day < period.First.PlusDays(-1) || stopped.Day > period.Last) return new($"period {stopped.Period} is not on that day", "give the last day on which it was taken");
        return period.StoppedOn is null ? null : new($"period {stopped.Period} was stopped before", "nothing is left to do");
    }

    private static Refused? Guess(Trial trial, TrialRecord.Guessed guessed)
    {
        if (NoPeriod(trial, guessed.Subject, guessed.Period) is { } none) return none;
        if (!Enum.IsDefined(guessed.Guess)) return new("that is no guess", "give drug, placebo or do not know");
        if (trial.IsUnblinded(guessed.Subject)) return new($"{guessed.Subject} was unblinded, so a guess says nothing", "leave it out");
        return trial.Guesses.Any(g => g.Subject == guessed.Subject && g.Period == guessed.Period) ? new($"period {guessed.Period} has a guess already", "the first one counts") : null;
    }

    private static Refused? Withdraw(Trial trial, TrialRecord.Withdrawn left)
    {
        if (Missing(trial, left.Subject) is { } missing) return missing;
        return trial.Records.OfType<TrialRecord.Withdrawn>().Any(w => w.Subject == left.Subject) ? new($"{left.Subject} has left already", "nothing is left to do") : null;
    }

    private static Refused? Unblind(Trial trial, TrialRecord.Unblinded opened)
    {
        if (Missing(trial, opened.Subject) is { } missing) return missing;
        if (trial.Commitment is null) return new("nothing is sealed yet", "there is nothing to open");
        if (string.IsNullOrWhiteSpace(opened.Why)) return new("no reason is given", "say why it cannot wait for the end");
        if (string.IsNullOrWhiteSpace(opened.SecondPerson)) return new("no second person is named", "name who agreed");
        return string.Equals(opened.SecondPerson.Trim(), opened.Actor.Trim(), StringComparison.OrdinalIgnoreCase) ? new("the second person is the same as the first", "name another") : null;
    }

    private static Refused? Close(Trial trial, TrialRecord.Closed closed)
    {
        if (trial.Stage < TrialStage.Sealed && trial.Design.TrialOrUsual.Allocation != DesignAllocation.UpAndDown) return new("the trial has not begun", "leave it as it is");
        return closed.StoppedEarly is not null && closed.StoppedEarly.Trim().Length == 0 ? new("no reason is given", "say why it was stopped early") : null;
    }

    private static Refused? NoPeriod(Trial trial, string subject, int period)
    {
        if (Missing(trial, subject) is { } missing) return missing;
        if (!Started(trial, subject)) return new($"{subject} has not started", "write down the first day first");
        return period >= 1 && period <= trial.PeriodsOf(subject).Count ? null : new($"there is no period {period}", $"give 1 to {trial.PeriodsOf(subject).Count}");
    }

    private static bool Started(Trial trial, string subject) => trial.Records.OfType<TrialRecord.Started>().Any(s => s.Subject == subject);

    private static Refused? Missing(Trial trial, string subject) => trial.Subjects.Any(s => s.Id == subject) ? null : new($"{subject} is not in the trial", "check the name");

    internal static bool IsHash(string text) => text.Length == 64 && text.All(c => char.IsAsciiHexDigitLower(c));
}
