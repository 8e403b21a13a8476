using Lowdose.Quantities;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Diary;

/// <summary>Everyone's table for one contrast: what leaves a site.</summary>
/// <param name="Names">Who has a scored day left, in the order given.</param>
/// <param name="Tables">Their tables.</param>
/// <param name="LeftOut">Who has none, and why.</param>
/// <param name="Doses">Every dose that somebody took, ascending.</param>
public sealed record PeopleTables(IReadOnlyList<string> Names, IReadOnlyList<PersonTable> Tables, IReadOnlyList<LeftOutPerson> LeftOut, IReadOnlyList<Mass> Doses)
{
    /// <summary>Reduces each diary to its table.</summary>
    /// <param name="people">The diaries.</param>
    /// <param name="contrast">The dose compared with none and placebo; null for any.</param>
    public static PeopleTables Of(IReadOnlyCollection<PersonDiary> people, Mass? contrast)
    {
        var seen = PooledDiaries.Of(people, contrast);
        var kept = seen.Names.ToHashSet(StringComparer.Ordinal);
        return new(seen.Names, [.. people.Where(p => kept.Contains(p.Name)).AsParallel().AsOrdered().Select(p => Pool.Table(PooledDiaries.Course(p.Diary, contrast)))], seen.LeftOutPeople, seen.Doses);
    }
}
