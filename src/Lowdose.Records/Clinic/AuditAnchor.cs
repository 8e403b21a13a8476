using System.Globalization;
using System.Security.Cryptography;
using Lowdose.Dosing;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Records.Clinic;

/// <summary>The end of the chain at some moment, kept where the keepers of the database cannot reach it: what was before it can no longer be cut off or written anew unseen.</summary>
/// <param name="Sequence">The number of the last entry; 0: there was none.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="At">When the anchor was made.</param>
public sealed record AuditAnchor(long Sequence, byte[] Hash, Instant At)
{
    /// <summary>One line of an anchor file, without its end.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence} {Convert.ToHexStringLower(Hash)} {InstantPattern.ExtendedIso.Format(At)}");

    /// <summary>Reads an anchor file: a line each; empty lines and those that begin with # say nothing.</summary>
    /// <param name="text">The file.</param>
    /// <param name="anchors">By their number, the smallest first; null where refused.</param>
    /// <param name="line">The line that is refused.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static Refused? Read(string text, out IReadOnlyList<AuditAnchor>? anchors, out int line)
    {
        (anchors, line) = (null, 0);
        var read = new List<AuditAnchor>();
        foreach (var said in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n'))
        {
            line++;
            if (said.AsSpan().Trim() is [] or ['#', ..]) continue;
            if (Of(said) is not { } anchor) return new("this is no anchor: a number, a hash of 64 hexadecimal digits and a time", "give the file as lowdose audit anchor wrote it");
            if (anchor.Sequence == 0 && !anchor.Hash.AsSpan().SequenceEqual(AuditHash.Start)) return new("an anchor of no entries has no hash but zeros", "give the file as lowdose audit anchor wrote it");
            read.Add(anchor);
        }
        line = 1;
        if (read.Count == 0) return new("there is no anchor in it", "make one with lowdose audit anchor --out FILE, and keep the file elsewhere");
        anchors = [.. read.OrderBy(a => a.Sequence)];
        return null;
    }

    private static AuditAnchor? Of(string line)
    {
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var number, { Length: 2 * SHA256.HashSizeInBytes } hash, var at]) return null;
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && hash.All(char.IsAsciiHexDigit) && InstantPattern.ExtendedIso.Parse(at) is { Success: true, Value: var instant }
            ? new(sequence, Convert.FromHexString(hash), instant) : null;
    }
}
