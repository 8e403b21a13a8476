using System.Buffers.Binary;
using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Quantities;
using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Trials;
using NodaTime;

namespace Lowdose.Trials;

/// <summary>A trial that was opened, read as its locked plan says. It hands Science numbers and period labels, no names.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Opening">Its allocation.</param>
/// <param name="Subjects">Who was analysed, in the order of the conclusion's people.</param>
/// <param name="Plan">The plan as Science has it.</param>
/// <param name="Conclusion">What was found.</param>
public sealed record TrialAnalysis(Trial Trial, Opening Opening, IReadOnlyList<string> Subjects, TrialPlan Plan, TrialConclusion Conclusion)
{
    /// <summary>Analyses a trial.</summary>
    /// <param name="trial">Closed and revealed.</param>
    /// <param name="opening">Its allocation.</param>
    /// <param name="written">What the subjects wrote; who has no scored day in a period is left out.</param>
    /// <param name="analysis">Null where it is refused.</param>
    /// <returns>Null, or why it cannot be analysed.</returns>
    public static Refused? Of(Trial trial, Opening opening, IReadOnlyList<TrialDays> written, out TrialAnalysis? analysis)
    {
        analysis = null;
        if (trial.Stage != TrialStage.Revealed || trial.Plan is not { } plan || trial.Commitment is not { } commitment) return new("the trial is not revealed", "close and reveal it first");
        if (!opening.Opens(commitment)) return new("the opened allocation is not what was committed to", "give the file that was revealed");
        if (opening.DesignHash != TrialDesign.Hash(trial.Design) || opening.PlanHash != plan.Hash) return new("the design or the plan is not the one that was locked", "take the trial's file from a backup");
        if (written.FirstOrDefault(w => trial.Subjects.All(s => s.Id != w.Subject)) is { } stranger) return new($"{stranger.Subject} is not in the trial", "give the diaries of its subjects");
        if (written.FirstOrDefault(w => w.Days.DistinctBy(d => d.Date).Count() < w.Days.Count) is { } twice) return new($"a day of {twice.Subject} stands twice", "give each day once");
        foreach (var days in written)
            if (days.Days.FirstOrDefault(d => d.Score < plan.Low || d.Score > plan.High) is { } off) return new($"{days.Subject}'s score {off.Score} of {off.Date:uuuu-MM-dd} is off the scale", $"give scores from {plan.Low} to {plan.High}");
        if (opening.Row(trial.Design) is not { } row || LegalSequences.Of(trial.Design, trial.Subjects, out var legal) is not null) return new("the opened allocation is not of this design", "give the trial's own files");
        var people = trial.Subjects.Index().Select(s => (s.Index, s.Item.Id, Course: CourseOf(trial, plan, legal!, row, s.Index, written.FirstOrDefault(w => w.Subject == s.Item.Id)))).Where(p => p.Course is not null).ToArray();
        if (people.Length == 0) return new("nobody has a score in a period", "give the diaries");
        var science = new TrialPlan
        {
            AnalyticWashOutDays = plan.AnalyticWashoutDays, Contrast = trial.Design.NobodyHasBoth ? TrialContrast.BetweenPeople : TrialContrast.WithinPeople,
            Rule = trial.Design.Decision switch { DesignDecision.Verdict => TrialRule.Verdict, DesignDecision.Mean => TrialRule.Mean, _ => TrialRule.Permutation },
            PermutationLevel = trial.Design.PercentP / 100.0,
        };
        var restriction = RestrictionOf(trial, plan, legal!, [.. people.Select(p => p.Index)]);
        analysis = new(trial, opening, [.. people.Select(p => p.Id)], science, Conclude.Trial([.. people.Select(p => p.Course!)], restriction, science));
        return null;
    }

    /// <summary>One subject's days from the first of the trial to the last period's end, unblinded; null without a score in a period.</summary>
    private static TrialCourse? CourseOf(Trial trial, AnalysisPlan plan, LegalSequences legal, int[] row, int subject, TrialDays? written)
    {
        var periods = trial.PeriodsOf(trial.Subjects[subject].Id);
        if (written is null || periods.Count == 0) return null;
        var start = periods[0].First.PlusDays(-trial.Design.RunInDays);
        var days = Period.DaysBetween(start, periods.Max(p => p.StoppedOn ?? p.Last)) + 1;
        if (days < 1) return null;
        var byDate = written.Days.ToDictionary(d => d.Date);
        var (scores, doses, arms, blocks) = (new double[days], new double[days], new Arm[days], new int[days]);
        for (var t = 0; t < days; t++)
        {
            var date = start.PlusDays(t);
            var day = byDate.GetValueOrDefault(date);
            scores[t] = day?.Score ?? double.NaN;
            if (periods.FirstOrDefault(p => p.First <= date && date <= (p.StoppedOn ?? p.Last)) is not { } period) continue;
            var arm = legal.Arms[row[subject * legal.Periods + period.Number - 1]];
            (blocks[t], arms[t]) = (period.Number, arm.Drug ? Arm.Ldn : Arm.Placebo);
            doses[t] = arm.Drug && day?.Taken != false ? DoseOn(arm, Period.DaysBetween(period.First, date)).Milligrams : 0;
        }
        if (!Enumerable.Range(0, days).Any(t => blocks[t] > 0 && !double.IsNaN(scores[t]))) return null;
        var pairs = trial.Design.TrialOrUsual.Allocation == DesignAllocation.Pairs ? Enumerable.Range(0, legal.Periods).Select(p => p / legal.Arms.Count).ToArray() : null;
        return new()
        {
            Course = new()
            {
                Scores = scores, DosesMg = doses, Arms = arms, Blocks = blocks, ScaleMin = plan.Low, ScaleMax = plan.High, HigherIsBetter = plan.HigherIsBetter,
                MeaningfulChange = plan.MinimalImportant, ToldRandomised = true,
            },
            Periods = legal.Periods, Pairs = pairs, Drug = [.. Enumerable.Range(0, legal.Periods).Select(p => legal.Arms[row[subject * legal.Periods + p]].Drug)],
            Guesses = [.. Enumerable.Range(1, legal.Periods).Select(p => GuessOf(trial, trial.Subjects[subject].Id, p))],
        };
    }

    private static Mass DoseOn(TrialArm arm, int day)
    {
        foreach (var step in arm.Steps)
        {
            if (day < step.Days) return step.Dose;
            day -= step.Days;
        }
        return arm.Dose;
    }

    private static Guess GuessOf(Trial trial, string subject, int period) => trial.Guesses.FirstOrDefault(g => g.Subject == subject && g.Period == period)?.Guess switch
    {
        ArmGuess.Drug => Guess.Drug,
        ArmGuess.Placebo => Guess.Placebo,
        ArmGuess.DoNotKnow => Guess.DontKnow,
        _ => Guess.NotAsked,
    };

    /// <summary>What could have been dealt to those analysed: person by person where each was randomised alone, else all together.</summary>
    private static Restriction RestrictionOf(Trial trial, AnalysisPlan plan, LegalSequences legal, int[] analysed)
    {
        var alone = trial.Design.TrialOrUsual.Allocation is DesignAllocation.Pairs or DesignAllocation.Balanced or DesignAllocation.Ladder or DesignAllocation.Start;
        if (alone && LegalSequences.Of(trial.Design, [trial.Subjects[0]], out var own) is null && own!.Listed)
        {
            bool[][] rows = [.. own.All().Select(r => Drug(r, own, [0]))];
            return new() { Lots = [.. analysed.Select((_, i) => new Lot([i], rows))], Seed = plan.PermutationSeed };
        }
        if (legal.Listed) return new() { Lots = [new([.. Enumerable.Range(0, analysed.Length)], [.. legal.All().Select(r => Drug(r, legal, analysed))])], Seed = plan.PermutationSeed };
        var seed = new byte[SeededDraw.SeedBytes];
        BinaryPrimitives.WriteUInt64BigEndian(seed, plan.PermutationSeed);
        return new() { Draw = n => Drug(legal.Draw(new SeededDraw(seed, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"permutation {n}"))), legal, analysed) };
    }

    private static bool[] Drug(int[] row, LegalSequences legal, int[] people) =>
        [.. people.SelectMany(s => Enumerable.Range(0, legal.Periods).Select(p => legal.Arms[row[s * legal.Periods + p]].Drug))];
}
