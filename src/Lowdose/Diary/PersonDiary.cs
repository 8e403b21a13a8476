namespace Lowdose.Diary;

/// <summary>One of several people's diaries, with what else was written about them.</summary>
/// <param name="Name">How the file calls them.</param>
/// <param name="Diary">The days.</param>
/// <param name="Covariates">One array a covariate asked for, one entry a calendar day of the diary; NaN where not written.</param>
public sealed record PersonDiary(string Name, CourseDiary Diary, IReadOnlyList<double[]> Covariates);
