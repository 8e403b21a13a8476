using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Science.Inference;
using NodaTime;

namespace Lowdose.Safety;

/// <summary>A prescriber's round: what of one course needs them. Days and their reasons: docs/methods/clinic-list.md.</summary>
public static class Round
{
    /// <summary>Nothing was written for this long.</summary>
    public const int SilentDays = 7;
    /// <summary>A review shows this long before its day.</summary>
    public const int ReviewSoonDays = 7;
    /// <summary>A supply that must be renewed shows this long before.</summary>
    public const int SupplySoonDays = 14;
    /// <summary>A lasting side effect asks again this long after a decision.</summary>
    public const int AskAgainDays = 7;

    private const int OperationNearDays = 7;

    /// <summary>Everything that needs the prescriber, danger first, then what has waited longest; empty is good.</summary>
    /// <param name="course">The course today.</param>
    /// <param name="verdict">The answer on the main score up to a day (null: all days); null where there is none.</param>
    public static IReadOnlyList<Attention> Of(CourseToday course, Func<LocalDate?, Verdict?> verdict)
    {
        Attention?[] single = [Operation(course), Answer(course, verdict), Approval(course), StepHeld(course), Review(course), Silence(course), Supply(course)];
        return Attention.InOrder([.. Stopped(course), .. Effects(course), .. Medicines(course), .. single.OfType<Attention>()]);
    }

    private static IEnumerable<Attention> Stopped(CourseToday course) => !course.IsOpen && !course.IsTaking ? []
        : course.Stopping.DistinctBy(f => f.Subject).Select(f => new Attention.Stopped(ToldOn(course, f.Subject), f, course.Screen.Then?.Findings.Any(t => (t.Rule, t.Subject) == (f.Rule, f.Subject)) != true));

    private static LocalDate ToldOn(CourseToday course, string subject) => course.Screen.Telling(subject)?.On ?? course.Screen.Told?.AsOf ?? course.Today;

    private static IEnumerable<Attention> Effects(CourseToday course)
    {
        foreach (var asked in course.Asked.DistinctBy(a => a.Episode.Id))
        {
            if (asked.AsksFirst)
            {
                // A decision that had seen the last word about it answers it.
                if (course.Standing.Decided?.Sequence > course.Record.Day(asked.Episode.Last).Fields[DayFields.Effect(asked.Episode.Id)].Sequence) continue;
                yield return new Attention.AskFirst(asked.Episode.First, asked);
            }
            else if (!(course.Standing.DecidedOn?.PlusDays(AskAgainDays) > course.Today && course.Standing.DecidedOn >= asked.Episode.First))
                yield return new Attention.SideEffect(asked.Episode.First, asked);
        }
    }

    // What a decision had seen need not be seen again.
    private static IEnumerable<Attention> Medicines(CourseToday course)
    {
        var named = course.Screen.Findings.Except(course.Screen.Stopping(course.From)).Where(f => f.Pause is null && f.Until is null).Select(f => (Name: f.Subject, Finding: (Finding?)f))
            .Concat(course.Screen.UnknownMedicines.Select(u => (Name: u, Finding: (Finding?)null))).DistinctBy(n => n.Name);
        foreach (var (name, finding) in named)
            if (course.Screen.Telling(name) is { } told && !(course.Standing.Decided?.Sequence > told.By.Sequence)) yield return new Attention.NewMedicine(told.On, name, finding);
    }

    private static Attention.Operation? Operation(CourseToday course)
    {
        if (!course.IsOpen || course.Screen.Now is not { } now) return null;
        var ahead = now.Findings.Where(f => f.Pause is { } pause && course.Today <= pause.LastDose).MinBy(f => f.Pause!.LastDose);
        if (ahead is not { Pause: { LastDose: var last } }) return null;
        var days = Period.DaysBetween(course.Regimen!.Start, last) + 2;
        return days is >= 1 and <= Regimen.MostDays && course.Regimen.Schedule(days).Days is [.., var end] && end.Date > last
            ? new(ToldOn(course, ahead.Subject), ahead, last <= course.Today.PlusDays(OperationNearDays)) : null;
    }

    private static Attention.VerdictChanged? Answer(CourseToday course, Func<LocalDate?, Verdict?> verdict)
    {
        if (course.Planned is null || course.Record.Start is not { } start || verdict(null) is not { } now) return null;
        if (course.Standing.DecidedOn is not { } decided) return now == Verdict.Harms ? new(start, null, now) : null;
        var was = verdict(decided) ?? Verdict.TooEarly;
        return was == now ? null : new(decided, was, now);
    }

    private static Attention? Approval(CourseToday course)
    {
        var standing = course.Standing;
        if (standing.Approval is { } approval) return standing.IsApproved ? null : new Attention.ChangedSince(DiaryDates.WrittenOn(standing.ChangedSince[0]), approval);
        return course.IsOpen && standing.Begun is { } begun ? new Attention.NotApproved(DiaryDates.WrittenOn(begun)) : null;
    }

    private static Attention.StepHeld? StepHeld(CourseToday course)
    {
        if (course.Planned is not { } planned || course.Regimen!.HeldOn(course.Today) is not { } hold || planned.Index + 1 >= course.Regimen.Titration.Steps.Count) return null;
        if (hold.At <= course.Standing.Decided?.Write.WrittenAt) return null;
        var free = course.Regimen with { Changes = [.. course.Regimen.Changes.Where(c => c is not RegimenChange.Hold)] };
        var due = free.Schedule(course.Days.Count).Days.Zip(course.Days).Reverse().TakeWhile(p => p.First.Index > p.Second.Index).LastOrDefault();
        return due.First is null ? null : new(due.First.Date, hold, course.Regimen.Titration.Steps[planned.Index + 1]);
    }

    private static Attention.ReviewDue? Review(CourseToday course)
    {
        if (course.Planned is null) return null;
        ReviewDay[] due = [.. Reviews.Of(course.Regimen!).Days.Where(r => r.Kind is ReviewKind.Judge or ReviewKind.StopReview or ReviewKind.Recheck
            && r.Date.PlusDays(-ReviewSoonDays) <= course.Today && !(course.Standing.DecidedOn >= r.Date.PlusDays(-ReviewSoonDays)))];
        return due.Length == 0 ? null : new(due[0].Date, due[^1]);
    }

    private static Attention.Silent? Silence(CourseToday course)
    {
        if (course.Planned is null) return null;
        // An entry made late is an entry of the day it was made.
        var last = course.Record.Days.Values.Where(d => d.Date <= course.Today)
            .SelectMany(d => d.Fields.Values.Select(k => LocalDate.Min(course.Today, DiaryDates.WrittenOn(k.By))).Append(d.Date)).Append(course.Regimen!.Start.PlusDays(-1)).Max();
        var days = Period.DaysBetween(last, course.Today);
        return days >= SilentDays ? new(last, days) : null;
    }

    private static Attention.SupplyEnds? Supply(CourseToday course) =>
        course.Planned is not null && course.Supply?.RenewBy is { } by && by <= course.Today.PlusDays(SupplySoonDays) ? new(by) : null;
}
