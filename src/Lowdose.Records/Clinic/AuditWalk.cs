using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Lowdose.Records.Clinic;

/// <summary>Walks along the trail from its first entry and stops at the first thing that is wrong. It holds one entry at a time. Source: docs/methods/audit.md.</summary>
public sealed class AuditWalk
{
    // As many are read before others get a turn at the database.
    private const int Stretch = 5_000;

    private readonly IReadOnlyList<AuditAnchor> _anchors;
    private byte[] _last = AuditHash.Start;
    private long _entries;
    private int _compared;

    private AuditWalk(IReadOnlyList<AuditAnchor> anchors)
    {
        _anchors = anchors;
        while (_compared < anchors.Count && anchors[_compared].Sequence == 0) _compared++;
    }

    /// <summary>Walks along all of it.</summary>
    /// <param name="archive">The records.</param>
    /// <param name="anchors">Ends of the chain that were kept elsewhere, the smallest number first.</param>
    public static AuditFinding Along(Archive archive, IReadOnlyList<AuditAnchor> anchors)
    {
        var walk = new AuditWalk(anchors);
        var fault = walk.Step(archive);
        return new(walk._entries, walk._last, anchors.Count, walk._entries - Math.Min(walk._entries, anchors.Count > 0 ? anchors[^1].Sequence : 0), fault);
    }

    private AuditFault? Step(Archive archive)
    {
        // A number that somebody put below the first is met first.
        for (long from = long.MinValue, read = Stretch; read == Stretch;)
        {
            AuditFault? fault = null;
            var stood = (_entries, _last, _compared);
            archive.Query(tables =>
            {
                // Asked again where a connection was lost halfway.
                (_entries, _last, _compared) = stood;
                return read = Read(tables, from, out fault);
            });
            if (fault is not null) return fault;
            from = _entries + 1;
        }
        if (_compared == _anchors.Count) return null;
        var (anchor, first) = (_anchors[_compared], _entries + 1);
        return new(first, Tampering.CutOff, Text($"the trail ends with entry {_entries}, but entry {anchor.Sequence} was there on {Day(anchor)}: the end was cut off, or an older backup was restored"));
    }

    /// <summary>One stretch; how many entries it has.</summary>
    private int Read(RecordsContext tables, long from, out AuditFault? fault)
    {
        var read = 0;
        fault = null;
        // The bytes, not the text: a text that ends early for one reader must not hide what another one sees.
        var bytes = tables.Database.IsSqlite() ? "CAST({0} AS BLOB)" : "convert_to({0}, 'UTF8')";
        var columns = string.Join(", ", ((string[])["At", "Organisation", "Actor", "Act", "Record", "Detail"]).Select(c => string.Format(CultureInfo.InvariantCulture, bytes, c.ToLowerInvariant()) + $" AS \"{c}\""));
#pragma warning disable EF1002 // Only our own words come here.
        foreach (var entry in tables.Database.SqlQueryRaw<Stored>($"SELECT sequence AS \"Sequence\", {columns}, previous AS \"Previous\", hash AS \"Hash\" FROM audit WHERE sequence >= {{0}} ORDER BY sequence LIMIT {Stretch}", from))
#pragma warning restore EF1002
        {
            read++;
            if ((fault = Check(entry) ?? Compare(entry)) is not null) break;
        }
        return read;
    }

    private AuditFault? Check(Stored entry)
    {
        var (n, expected) = (entry.Sequence, _entries + 1);
        if (n < expected) return new(n, Tampering.OutOfPlace, Text($"there is an entry {n}, which cannot be; entries are numbered from 1"));
        if (n > expected)
            return new(expected, Tampering.Missing, n - expected == 1 ? Text($"entry {expected} is missing; the next one there is {n}") : Text($"entries {expected} to {n - 1} are missing; the next one there is {n}"));
        var hash = AuditHash.Of(entry.Previous, n, entry.At, entry.Organisation, entry.Actor, entry.Act, entry.Record, entry.Detail);
        if (!hash.AsSpan().SequenceEqual(entry.Hash)) return new(n, Tampering.Changed, Text($"entry {n} is not as it was written: it does not agree with its hash"));
        if (!entry.Previous.AsSpan().SequenceEqual(_last))
            return new(n, Tampering.Unlinked, n == 1 ? "entry 1 says that something was before it" : Text($"entry {n} does not follow entry {n - 1}: one was put in, taken out, moved or written anew"));
        (_entries, _last) = (n, hash);
        return null;
    }

    private AuditFault? Compare(Stored entry)
    {
        for (; _compared < _anchors.Count && _anchors[_compared].Sequence == entry.Sequence; _compared++)
        {
            var anchor = _anchors[_compared];
            if (anchor.Hash.AsSpan().SequenceEqual(_last)) continue;
            // Whole up to the anchor before; where in between it was changed cannot be told.
            var whole = _anchors.Take(_compared).LastOrDefault(a => a.Sequence < entry.Sequence)?.Sequence ?? 0;
            return new(whole + 1, Tampering.Rewritten, whole == 0
                ? Text($"entry {entry.Sequence} is not the one that was anchored on {Day(anchor)}: the trail was written anew, or it is another database's")
                : Text($"entry {entry.Sequence} is not the one that was anchored on {Day(anchor)}: the trail was written anew somewhere after entry {whole}"));
        }
        return null;
    }

    private static string Day(AuditAnchor anchor) => LocalDatePattern.Iso.Format(anchor.At.InUtc().Date);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>An entry as the bytes the database holds.</summary>
    private sealed class Stored
    {
        public required long Sequence { get; init; }
        public required byte[] At { get; init; }
        public byte[]? Organisation { get; init; }
        public required byte[] Actor { get; init; }
        public required byte[] Act { get; init; }
        public byte[]? Record { get; init; }
        public required byte[] Detail { get; init; }
        public required byte[] Previous { get; init; }
        public required byte[] Hash { get; init; }
    }
}
