using System.Globalization;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Microsoft.EntityFrameworkCore;

namespace Lowdose.Acceptance.Audited;

/// <summary>An entry as somebody with the database in hand sees and writes it, past everything that Lowdose would refuse.</summary>
internal sealed record Stored(long Sequence, string At, string? Organisation, string Actor, string Act, string? Record, string Detail, byte[] Previous, byte[] Hash)
{
    /// <summary>All of them, in order.</summary>
    public static Stored[] All(Archive archive) => archive.Query(tables => tables.Set<AuditRow>().AsNoTracking().OrderBy(a => a.Sequence).AsEnumerable()
        .Select(a => new Stored(a.Sequence, a.At, a.Organisation, a.Actor, a.Act, a.Record, a.Detail, a.Previous, a.Hash)).ToArray());

    /// <summary>Takes away what protects the trail.</summary>
    public static void Unprotect(Archive archive) => archive.Change(tables =>
    {
        if (tables.Database.IsSqlite()) tables.Database.ExecuteSqlRaw("DROP TRIGGER IF EXISTS audit_grows; DROP TRIGGER IF EXISTS audit_stays; DROP TRIGGER IF EXISTS audit_holds");
        else tables.Database.ExecuteSqlRaw("DROP TRIGGER IF EXISTS audit_grows ON audit; DROP TRIGGER IF EXISTS audit_is_not_emptied ON audit; DROP TRIGGER IF EXISTS audit_holds ON audit");
    });

    /// <summary>Puts these in the place of the whole trail.</summary>
    public static void Replace(Archive archive, IEnumerable<Stored> all) => archive.Change(tables =>
    {
        tables.Database.ExecuteSqlRaw("DELETE FROM audit");
        foreach (var e in all)
            tables.Database.ExecuteSql($"INSERT INTO audit (sequence, at, organisation, actor, act, record, detail, previous, hash) VALUES ({e.Sequence}, {e.At}, {e.Organisation}, {e.Actor}, {e.Act}, {e.Record}, {e.Detail}, {e.Previous}, {e.Hash})");
    });

    /// <summary>With the hash that belongs to it: whoever can change an entry can compute that too.</summary>
    public Stored Sealed() => this with { Hash = AuditHash.Of(Previous, Sequence, At, Organisation, Actor, Act, Record, Detail) };

    /// <summary>Entries from one on numbered and chained anew, as by somebody who knows how it is done.</summary>
    public static Stored[] SealedFrom(IEnumerable<Stored> all, int from)
    {
        Stored[] chain = [.. all];
        for (var at = from; at < chain.Length; at++)
            chain[at] = (chain[at] with { Sequence = at + 1, Previous = at == 0 ? AuditHash.Start : chain[at - 1].Hash }).Sealed();
        return chain;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence} {At} {Organisation} {Actor} {Act} {Record} {Detail}");
}
