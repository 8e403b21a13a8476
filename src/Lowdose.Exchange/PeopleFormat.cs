namespace Lowdose.Exchange;

/// <summary>What a file of several people's diaries looks like.</summary>
public sealed record PeopleFormat
{
    /// <summary>Separators, columns and outcome, as for one diary; <see cref="DiaryFormat.Person"/> is not used.</summary>
    public DiaryFormat Diary { get; init; } = new();

    /// <summary>The column of sequences; null for <c>sequence</c>, which may be absent.</summary>
    public string? SequenceColumn { get; init; }

    /// <summary>Columns of numbers to read beside the scores.</summary>
    public IReadOnlyList<string> Covariates { get; init; } = [];

    /// <summary>A file without a column of people is one person's, who is called as the file is.</summary>
    public bool FilesArePeople { get; init; }

    /// <summary>The file must have a column of periods, none of which is of placebo and drug at once.</summary>
    public bool NeedsPeriods { get; init; }
}

/// <summary>A file of diaries that is in memory.</summary>
/// <param name="Name">As messages call it.</param>
/// <param name="Utf8">What is in it.</param>
/// <param name="Format">Its own separators and columns; the outcome is the same in all files.</param>
public sealed record PeopleFile(string Name, byte[] Utf8, DiaryFormat Format);
