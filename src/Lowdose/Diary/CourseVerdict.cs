using Lowdose.Evidence;
using Lowdose.Science.Inference;

namespace Lowdose.Diary;

/// <summary>Something the reader of a verdict must know.</summary>
/// <param name="Code">Stable code, for programs.</param>
/// <param name="Text">One or two plain sentences.</param>
public sealed record Warning(string Code, string Text);

/// <summary>The answer without the days on which something else happened near a dose change.</summary>
/// <param name="DaysLeftOut">Those days.</param>
/// <param name="Judgement">The judgement without their scores.</param>
public sealed record WithoutEvents(IReadOnlyList<int> DaysLeftOut, Judgement Judgement);

/// <summary>The verdict on one diary, in words and numbers.</summary>
/// <param name="Diary">What was judged.</param>
/// <param name="Judgement">The numbers.</param>
/// <param name="Sentence">The verdict in one plain sentence (two at most).</param>
/// <param name="Because">Three plain sentences with numbers, and one more where a higher dose looks promising.</param>
/// <param name="Warnings">What to bear in mind.</param>
/// <param name="Settle">What would settle it, in words; says so where nothing on the list would.</param>
/// <param name="WithoutEvents">The answer without the days of confounding events; null where there are none.</param>
public sealed record CourseVerdict(CourseDiary Diary, Judgement Judgement, string Sentence, IReadOnlyList<string> Because,
    IReadOnlyList<Warning> Warnings, string Settle, WithoutEvents? WithoutEvents)
{
    /// <summary>The outcome named primary at the start, where it is another than this one; the verdict is then secondary.</summary>
    public string? PrimaryOutcome { get; init; }

    /// <summary>The same diary read with the trials' evidence as the start; null where nobody asked. The verdict never comes from it.</summary>
    public TrialsBeside? Trials { get; init; }

    /// <summary>Judges a diary and says what came out.</summary>
    /// <param name="diary">What was written.</param>
    /// <param name="alreadyTaking">The person was on the first day's dose before the diary began.</param>
    /// <param name="toldRandomised">The blocks were blinded and put in random order; needs periods in the diary.</param>
    /// <param name="primaryOutcome">The outcome named primary at the start; null where it is this one.</param>
    /// <param name="beside">The trials' evidence to read the diary with as well; null for none.</param>
    public static CourseVerdict Of(CourseDiary diary, bool alreadyTaking = false, bool toldRandomised = false, string? primaryOutcome = null, EvidencePrior? beside = null)
    {
        var course = diary.ToCourse(alreadyTaking, toldRandomised);
        var judgement = Judge.OneCourse(course);
        return InWords(diary, judgement, DisturbingEvents.In(diary).LeftOut(course), primaryOutcome) with { Trials = beside is null ? null : TrialsBeside.Of(course, beside) };
    }

    /// <summary>Says what a judgement found.</summary>
    /// <param name="diary">What was judged.</param>
    /// <param name="judgement">The numbers.</param>
    /// <param name="withoutEvents">The answer without the days of confounding events; null where there are none.</param>
    /// <param name="primaryOutcome">The outcome named primary at the start; null where it is this one.</param>
    public static CourseVerdict InWords(CourseDiary diary, Judgement judgement, WithoutEvents? withoutEvents, string? primaryOutcome = null)
    {
        var primary = primaryOutcome == diary.Outcome.Name ? null : primaryOutcome;
        return new CourseVerdict(diary, judgement, VerdictSentence.Of(diary, judgement), Reasons.Of(diary, judgement),
            [.. Caveats.Of(diary, judgement, withoutEvents, primary)], WhatWouldSettle.Of(diary, judgement), withoutEvents)
        { PrimaryOutcome = primary };
    }

    /// <summary>The dose the words speak of: the verdict dose, or the harming one where the verdict is harm; null where there is none.</summary>
    public DoseJudgement? Focus => FocusOf(Judgement);

    internal static DoseJudgement? FocusOf(Judgement judgement) => judgement.HarmingDoseMg is { } harming
        ? judgement.Doses.First(d => d.Mg == harming)
        : judgement.VerdictDose;
}
