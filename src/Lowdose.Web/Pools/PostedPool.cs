using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Quantities;

namespace Lowdose.Web.Pools;

/// <summary>Files as they came in: how they were read, and the pool or why there is none. They are kept nowhere but in the page.</summary>
/// <param name="Files">The files.</param>
/// <param name="Said">What the person said about them.</param>
/// <param name="Columns">How the diaries were read.</param>
public sealed record PostedPool(IReadOnlyList<PoolFile> Files, SaidPool Said, PoolColumns Columns)
{
    /// <summary>The largest files taken over the wire, all together, bytes; the command takes larger ones.</summary>
    public const int LargestBytes = Diaries.PostedDiary.LargestBytes;

    /// <summary>How they are pooled.</summary>
    public required PoolAnalysis Analysis { get; init; }
    /// <summary>Every dose that somebody took, ascending.</summary>
    public IReadOnlyList<Mass> Doses { get; init; } = [];
    /// <summary>The pool in one stage; null where it is in two, or refused.</summary>
    public DiaryPool? OneStage { get; init; }
    /// <summary>The pool in two stages.</summary>
    public TablePool? TwoStage { get; init; }
    /// <summary>Why there is none.</summary>
    public Refusal? Refusal { get; init; }
    /// <summary>The file it is about; null where it is about what was typed.</summary>
    public string? RefusedFile { get; init; }

    /// <summary>Periods are numbered, so that it can be compared as a crossover.</summary>
    public bool HasPeriods => Columns.Files.Count > 0 && Columns.Files.All(f => f.Format.PeriodColumn is not null);

    /// <summary>Reads files without pooling them.</summary>
    public static PostedPool Read(IReadOnlyList<PoolFile> files, SaidPool said)
    {
        var columns = PoolColumns.Of([.. files.Where(f => !f.HoldsTables)], said);
        var (analysis, refusal) = said.Analysis(columns.Outcome, files.Any(f => f.HoldsTables));
        if (files.Count == 0) refusal = new(1, "there is nothing in it yet", "choose files, or paste a table");
        return new(files, said, columns) { Analysis = analysis, Refusal = refusal };
    }

    /// <summary>Reads and pools files.</summary>
    public static PostedPool Of(IReadOnlyList<PoolFile> files, SaidPool said)
    {
        var posted = Read(files, said);
        if (posted.Refusal is not null) return posted;
        if (posted.Columns.Files.Count == 0) return posted.WithTables(null);
        var reading = posted.People(periods: false);
        if (reading.Refusal is not null) return posted with { Refusal = reading.Refusal, RefusedFile = reading.File };
        var people = reading.Diaries!.ToList();
        posted = posted with { Doses = [.. people.SelectMany(p => p.Diary.Doses).Where(d => d > Mass.Zero).Distinct().Order()] };
        return posted.Analysis.TwoStage ? posted.WithTables(people) : posted.InOneStage(people);
    }

    /// <summary>Everyone's diary, or why there is none.</summary>
    /// <param name="periods">Periods are needed.</param>
    public PeopleReading People(bool periods) => PeopleCsv.Read(Columns.Files, new PeopleFormat
    {
        Diary = Columns.First! with { Outcome = Columns.Outcome },
        Covariates = periods ? [] : Analysis.Covariates,
        FilesArePeople = true,
        NeedsPeriods = periods,
    });

    /// <summary>Everyone's table, for sending; null where there are no diaries, or they are refused.</summary>
    public PeopleTables? Tables() => Columns.Files.Count > 0 && People(periods: false).Diaries is { } people ? PeopleTables.Of([.. people], Analysis.Contrast) : null;

    private PostedPool InOneStage(List<PersonDiary> people)
    {
        var diaries = PooledDiaries.Of(people, Analysis.Contrast);
        return PeopleCsv.NothingIn(diaries.Names.Count, diaries.Doses, Analysis.Contrast) is { } nothing
            ? this with { Refusal = nothing, RefusedFile = Columns.Files[0].Name } : this with { OneStage = DiaryPool.Of(Analysis, diaries) };
    }

    private PostedPool WithTables(List<PersonDiary>? people)
    {
        var own = people is null ? null : PeopleTables.Of(people, Analysis.Contrast);
        if (own is not null && PeopleCsv.NothingIn(own.Names.Count, own.Doses, Analysis.Contrast) is { } nothing) return this with { Refusal = nothing, RefusedFile = Columns.Files[0].Name };
        var (pool, refusal, file) = TablePool.Of(Analysis, own, [.. Files.Where(f => f.HoldsTables).Select(f => PoolTables.Read(f.Name, f.Utf8))]);
        return this with { TwoStage = pool, Refusal = refusal, RefusedFile = file };
    }
}
