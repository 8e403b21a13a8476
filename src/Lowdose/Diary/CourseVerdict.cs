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
/// <param name="Because">Three plain sentences with numbers.</param>
/// <param name="Warnings">What to bear in mind.</param>
/// <param name="Settle">What would settle it, in words; says so where nothing on the list would.</param>
/// <param name="WithoutEvents">The answer without the days of confounding events; null where there are none.</param>
public sealed record CourseVerdict(CourseDiary Diary, Judgement Judgement, string Sentence, IReadOnlyList<string> Because,
    IReadOnlyList<Warning> Warnings, string Settle, WithoutEvents? WithoutEvents);
