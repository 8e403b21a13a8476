using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Web.Diaries;

namespace Lowdose.Web.Pools;

/// <summary>What each column of a pool's diaries probably holds: guessed file by file, one outcome for all.</summary>
/// <param name="Files">The diaries, each with its own separators and columns.</param>
/// <param name="Outcome">What is pooled.</param>
/// <param name="Header">The columns of the first.</param>
/// <param name="Scores">Those of them that hold numbers.</param>
/// <param name="Extra">Those of them that nothing else was taken for.</param>
public sealed record PoolColumns(IReadOnlyList<PeopleFile> Files, Outcome Outcome, IReadOnlyList<string> Header, IReadOnlyList<string> Scores, IReadOnlyList<string> Extra)
{
    /// <summary>How the first file is read; null where there are only tables.</summary>
    public DiaryFormat? First => Files.Count > 0 ? Files[0].Format : null;

    /// <summary>Guesses.</summary>
    public static PoolColumns Of(IReadOnlyList<PoolFile> diaries, SaidPool said)
    {
        if (diaries.Count == 0) return new([], new Outcome("pain", MeaningfulChange: said.Diary.MeaningfulChange), [], [], []);
        DiaryTable[] tables = [.. diaries.Select(d => DiaryTable.Of(d.Text))];
        var first = ColumnGuess.Of(tables[0], said.Diary);
        DiaryFormat[] formats = [first, .. tables.Skip(1).Select(t => ColumnGuess.Of(t, said.Diary with { Score = first.Outcome.Name }))];
        var outcome = first.Outcome with { ScaleMin = formats.Min(f => f.Outcome.ScaleMin), ScaleMax = formats.Max(f => f.Outcome.ScaleMax) };
        PeopleFile[] files = [.. diaries.Select((d, i) => new PeopleFile(d.Name, d.Utf8, formats[i] with
        {
            Outcome = outcome,
            OutcomeColumn = outcome.Name,
            Person = null,
            PersonColumn = said.Person == SaidPool.EachFile ? null : said.Person is { Length: > 0 } named && tables[i].Header.Contains(named) ? named : ColumnGuess.Person(tables[i]),
        }))];
        string?[] taken = [outcome.Name, first.DateColumn, first.DayColumn, first.DoseColumn, first.PeriodColumn, files[0].Format.PersonColumn];
        string[] numeric = [.. ColumnGuess.Numeric(tables[0])];
        return new(files, outcome, [.. tables[0].Header.Where(h => h.Length > 0)], numeric, [.. numeric.Except(taken.OfType<string>())]);
    }
}
