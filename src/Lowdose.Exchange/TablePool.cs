using Lowdose.Diary;
using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Exchange;

/// <summary>Tables of one's own people and of files, pooled in two stages; everything in the outcome's own sign.</summary>
/// <param name="Heading">What the tables are of.</param>
/// <param name="Ids">One a table: a person's name, or a file's and a number.</param>
/// <param name="LeftOut">Whose diaries gave no table, and why.</param>
/// <param name="Effect">The mean effect: posterior mean, SD and interval.</param>
/// <param name="Spread">SD of effects between people.</param>
/// <param name="NewPerson">The effect in a new person.</param>
/// <param name="People">One a table.</param>
/// <param name="RespondersShrunken">The share whose mean is a meaningful benefit.</param>
/// <param name="RespondersRaw">The same by the tables' own means.</param>
/// <param name="Boundary">What the tables cannot tell, a sentence each.</param>
public sealed record TablePool(TableHeading Heading, IReadOnlyList<string> Ids, IReadOnlyList<LeftOutPerson> LeftOut, FixedEffect Effect, Summary Spread, NewPerson NewPerson,
    IReadOnlyList<PersonEffect> People, double RespondersShrunken, double RespondersRaw, IReadOnlyList<string> Boundary)
{
    /// <summary>Pools one's own tables with those of files; at least one of the two is there.</summary>
    /// <param name="analysis">How; its outcome is that of one's own diaries.</param>
    /// <param name="own">One's own; null where there are none.</param>
    /// <param name="files">What other sites sent.</param>
    /// <returns>The pool, or the first thing wrong and the file it is wrong with.</returns>
    public static (TablePool? Pool, Refusal? Refusal, string? File) Of(PoolAnalysis analysis, PeopleTables? own, IReadOnlyList<TableReading> files)
    {
        if (files.FirstOrDefault(f => f.Refusal is not null) is { } bad) return (null, bad.Refusal, bad.File);
        var heading = own is null ? files[0].Heading! : TableHeading.Of(analysis.Outcome, analysis.Contrast);
        if (files.FirstOrDefault(f => f.Heading != heading) is { } other)
            return (null, new(1, $"its tables are of {other.Heading}, the others of {heading}", "pool tables of one outcome, scale and contrast"), other.File);
        List<PersonTable> tables = [.. own?.Tables ?? [], .. files.SelectMany(f => f.Tables)];
        if (tables.Count == 0) return (null, new(1, "there is no table in it", "give a file with people"), files[0].File);
        List<string> ids = [.. own?.Names ?? [], .. files.SelectMany(f => f.Tables.Select((_, i) => $"{Path.GetFileNameWithoutExtension(f.File)} {i + 1}"))];
        var range = heading.ScaleMax - heading.ScaleMin;
        var study = new TableStudy(range, tables) { MeaningfulChange = analysis.MeaningfulChange(range) };
        return (Turned(heading, ids, own?.LeftOut ?? [], Pool.TwoStage(study)) with { Boundary = [.. Edges(study)] }, null, null);
    }

    private static IEnumerable<string> Edges(TableStudy study)
    {
        // The table of somebody without a day on the drug is the prior itself.
        var silent = study.Tables.Count(t => t.Sds.All(s => s >= 0.999 * study.PriorSd));
        if (silent == study.Tables.Count) yield return "No table says anything of the effect: what stands here is what was believed before.";
        else if (silent > 0) yield return $"{silent} of {study.Tables.Count} tables say nothing of the effect, for want of days on the drug.";
        if (study.Tables.Count - silent == 1) yield return "There is one person: the spread between people is what was believed before.";
    }

    /// <summary>In tables benefit is negative whatever way the scale runs.</summary>
    private static TablePool Turned(TableHeading heading, List<string> ids, IReadOnlyList<LeftOutPerson> leftOut, CombinedEffect combined)
    {
        Summary Own(Summary s) => heading.HigherIsBetter ? new(-s.Mean, s.Sd, -s.Q975, -s.Q50, -s.Q025) : s;
        PersonEffect Person(PersonEffect p) => heading.HigherIsBetter ? p with { Effect = -p.Effect, OwnEffect = -p.OwnEffect } : p;
        var (mean, next) = (Own(combined.Effect), Own(combined.NewPerson));
        return new(heading, ids, leftOut, new(mean.Mean, mean.Sd, mean.Q025, mean.Q975), combined.Spread, new(next.Mean, next.Q025, next.Q975),
            [.. combined.People.Select(Person)], combined.RespondersShrunken, combined.RespondersRaw, []);
    }
}
