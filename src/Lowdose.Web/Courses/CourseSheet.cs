using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Safety;
using Lowdose.Web.Day;
using Lowdose.Web.Screens;
using NodaTime;

namespace Lowdose.Web.Courses;

/// <summary>Plan and diary of a course together, read at one moment. The verdict is not in it: that is worked out when nobody waits for the log.</summary>
/// <param name="Today">The day it is.</param>
/// <param name="Record">The diary.</param>
/// <param name="Day">Today's day.</param>
/// <param name="Regimen">The plan with the clearance of the answers that were kept; null where there is none.</param>
/// <param name="NoPlan">Why there is none.</param>
/// <param name="Screen">The screen asked again.</param>
/// <param name="Asked">What side effects ask for today, but for what was put off.</param>
/// <param name="Supply">What is left; null where nobody said what there was.</param>
/// <param name="PlanHead">What a write about the plan builds on.</param>
/// <param name="CourseHead">What a write about the course builds on.</param>
public sealed record CourseSheet(LocalDate Today, CourseRecord Record, DaySheet Day, Regimen? Regimen, Refused? NoPlan, AskedAgain Screen,
    IReadOnlyList<SideEffectFinding> Asked, SupplyLeft? Supply, Guid? PlanHead, Guid? CourseHead)
{
    private const int SoonDays = 7;

    /// <summary>Whether a course was started: its plan has a first day.</summary>
    public static bool Exists(DiaryLog log) => log.Now(Subjects.Plan).ContainsKey(PlanFields.Start);

    /// <summary>Whether there is anything to look at: a plan, or a diary kept without one.</summary>
    public static bool HasAny(DiaryLog log) => Exists(log) || log.WrittenSubjects.Any(s => Subjects.Date(s) is not null);

    /// <summary>The sheet of today.</summary>
    /// <param name="log">The diary.</param>
    /// <param name="today">The day it is.</param>
    /// <param name="at">The instant it is.</param>
    /// <param name="actor">Who reads it, and would make the changes it asks for.</param>
    public static CourseSheet Of(DiaryLog log, LocalDate today, Instant at, string actor)
    {
        var record = CourseRecord.Of(log);
        var screen = AskedAgain.Of(Loaded.Screen, log, record, today);
        var noPlan = record.Plan.Regimen(Loaded.Knowledge, screen.Told is { } told ? screen.Then?.Clearance(told.AsOf) : null, out var regimen);
        var later = log.Now(Subjects.Settings);
        return new(today, record, DaySheet.Of(log, today, today), regimen, noPlan, screen,
            [.. SideEffects.Of(Loaded.Knowledge, record, regimen, today, actor, at).Where(f => later.GetValueOrDefault(LaterField(f))?.Value != DayWords.Iso(today))],
            regimen is null ? null : SupplyLeft.Of(record, regimen, today), log.Head(Subjects.Plan), log.Head(Subjects.Course));
    }

    /// <summary>The setting that puts off what a side effect asks for, until the next day.</summary>
    public static string LaterField(SideEffectFinding finding) => $"not-now/{finding.Finding.Rule}/{finding.Episode.Id}";

    /// <summary>The plan's days up to half a year from now; none where there is no plan.</summary>
    public IReadOnlyList<PlannedDay> Days => field ??= Regimen is null ? []
        : Regimen.Schedule(Math.Clamp(Period.DaysBetween(Regimen.Start, Today) + 183, 1, Regimen.MostDays)).Days;

    /// <summary>What is planned today; null where nothing is.</summary>
    public PlannedDay? Planned => Days.FirstOrDefault(d => d.Date == Today);

    /// <summary>The next step up; null where none comes.</summary>
    public PlannedDay? NextStep => Days.FirstOrDefault(d => d.Date > Today && d.Index > (Planned?.Index ?? int.MaxValue));

    /// <summary>The days to look again, from today on.</summary>
    public IReadOnlyList<ReviewDay> Reviews => field ??= Regimen is null ? [] : [.. Dosing.Reviews.Of(Regimen).Days.Where(r => r.Date >= Today)];

    /// <summary>What stops it now, as far as the screen says.</summary>
    public Finding? Stop => Screen.Findings.FirstOrDefault(f => f.Level is RuleLevel.Block or RuleLevel.HoldUntil && !IsAhead(f));

    /// <summary>An operation before which doses may still be taken: it stops the course on its day, not now.</summary>
    public bool IsAhead(Finding finding) => finding.Pause is { } pause && Today <= pause.LastDose;

    /// <summary>Something new must be at hand within a week.</summary>
    public bool RenewSoon => Supply?.RenewBy <= Today.PlusDays(SoonDays);

    /// <summary>A dose of the day on which nothing is written.</summary>
    public bool DoseOpen => Planned is { Times.Count: > 0 } planned && Day.Now.Doses.Count < planned.Times.Count;

    /// <summary>A dose in mg and what is drawn or swallowed for it.</summary>
    public string Amount(PlannedDay day) => Plans.PlanWords.Dose(day.Step.Each, Regimen!.Product, Regimen.Product is Product.Liquid ? null : CapsulePlan.Of(new(Regimen, Days)));

    /// <summary>Today's one thing, in a sentence or two.</summary>
    public string Next =>
        Stop is not null ? "Take no dose now. Ask your prescriber today."
        : Asked.Any(f => f.Finding.Level == RuleLevel.Prescriber && f.Change is null) ? "Ask your prescriber before the next dose."
        : Asked.Count > 0 ? "A side effect lasts. Choose what to do about it."
        : Regimen is null ? NoteOrDone
        : Regimen.Provisional ? "Answer what is still open. Do not start before that."
        : Today < Regimen.Start ? $"The first dose is on {Plans.PlanWords.Day(Regimen.Start)}. Till then, note how you are."
        : Planned is not { } planned ? "Your plan has ended. No dose today."
        : planned.Times.Count == 0 ? "Leave out today’s dose. The time of day changes."
        : Reviews is [var review, ..] && review.Date == Today ? "Today is a day to look again. See below."
        : DoseOpen ? $"Take {Amount(planned)} {Plans.PlanWords.When(planned.Times)}."
        : NoteOrDone;

    private string NoteOrDone => Day.Primary is { } primary && !Day.Now.Scores.ContainsKey(primary) ? "Note how today was." : "All is written. Nothing more to do today.";
}
