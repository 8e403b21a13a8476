using Lowdose.Records.Clinic;

namespace Lowdose.Acceptance.Audited;

/// <summary>One way to meddle with a trail.</summary>
/// <param name="Kind">In a few words.</param>
/// <param name="NeedsAnchor">The chain that is left is whole in itself, so that only an anchor can tell.</param>
/// <param name="After">What is in the table afterwards.</param>
internal sealed record Tamper(string Kind, bool NeedsAnchor, IReadOnlyList<Stored> After)
{
    private static readonly string?[] Texts = [null, "", "x", "me", "nobody", "record seen", "2026-12-01T21:00:00Z", "2026-12-01T21:00:01Z", "day 2026-12-02"];

    private static readonly long[] Numbers = [0, -1, long.MinValue, 1000, long.MaxValue];

    /// <summary>One by chance.</summary>
    /// <param name="chain">A whole chain of at least four entries.</param>
    /// <param name="other">Another database's, as long or shorter.</param>
    /// <param name="chance">Decides which.</param>
    public static Tamper Of(Stored[] chain, Stored[] other, Random chance) => chance.Next(6) switch
    {
        0 => Edited(chain, chance),
        1 => Deleted(chain, chance),
        2 => Inserted(chain, chance),
        3 => Moved(chain, chance),
        4 => new("cut off", true, chain[..chance.Next(chain.Length)]),
        _ => new("swapped", true, other[..chance.Next(1, other.Length + 1)]),
    };

    private static Tamper Edited(Stored[] chain, Random chance)
    {
        var (at, was) = Pick(chain, chance);
        Stored edited;
        do edited = Edit(was, chance);
        while (Same(edited, was));
        Stored[] after = [.. chain];
        after[at] = edited;
        switch (chance.Next(3))
        {
            case 0:
                return new("edited", false, after);
            case 1 when !Same(edited.Sealed(), was):
                after[at] = edited.Sealed();
                // The last entry, sealed anew, leaves a chain that holds.
                return new("edited", at == chain.Length - 1 && edited.Previous.SequenceEqual(was.Previous), after);
            case 2:
                return Anew("edited", after, at, chain);
            default:
                return new("edited", false, after);
        }
    }

    private static Stored Edit(Stored entry, Random chance) => chance.Next(8) switch
    {
        0 => entry with { At = Text(chance) ?? "" },
        1 => entry with { Organisation = Text(chance) },
        2 => entry with { Actor = Text(chance) ?? "" },
        3 => entry with { Act = Text(chance) ?? "" },
        4 => entry with { Record = Text(chance) },
        5 => entry with { Detail = Text(chance) ?? "" },
        6 => entry with { Previous = Bytes(entry.Previous, chance) },
        _ => entry with { Hash = Bytes(entry.Hash, chance) },
    };

    private static Tamper Deleted(Stored[] chain, Random chance)
    {
        var from = chance.Next(chain.Length - 1);
        var count = chance.Next(1, chain.Length - from);
        Stored[] after = [.. chain[..from], .. chain[(from + count)..]];
        return chance.Next(3) switch
        {
            0 => new("deleted", false, after),
            1 => new("deleted", false, [.. after.Select((e, n) => e with { Sequence = n + 1 })]),
            _ => Anew("deleted", after, from, chain),
        };
    }

    private static Tamper Inserted(Stored[] chain, Random chance)
    {
        var (at, like) = Pick(chain, chance);
        var forged = like with { Actor = Deeds.Id(chance.Next(900, 999)) };
        if (chance.Next(4) == 0) return new("inserted", false, [.. chain, forged with { Sequence = Numbers[chance.Next(Numbers.Length)] }]);
        Stored[] after = [.. chain[..at], forged, .. chain[at..]];
        Stored[] numbered = [.. after.Select((e, n) => e with { Sequence = n + 1 })];
        return chance.Next(3) switch
        {
            0 => new("inserted", false, numbered),
            1 => new("inserted", false, [.. numbered.Select((e, n) => n == at ? (e with { Previous = n == 0 ? AuditHash.Start : numbered[n - 1].Hash }).Sealed() : e)]),
            _ => Anew("inserted", after, at, chain),
        };
    }

    private static Tamper Moved(Stored[] chain, Random chance)
    {
        var (one, _) = Pick(chain, chance);
        int other;
        do other = chance.Next(chain.Length);
        while (other == one);
        Stored[] after = [.. chain];
        (after[one], after[other]) = (after[other], after[one]);
        if (chance.Next(3) == 0) return Anew("moved", after, Math.Min(one, other), chain);
        Stored[] numbered = [.. after.Select((e, n) => e with { Sequence = n + 1 })];
        return new("moved", false, chance.Next(2) == 0 ? numbered : [.. numbered.Select(e => e.Sealed())]);
    }

    /// <summary>Everything after it is chained anew too: the work of somebody who knows how, and can.</summary>
    private static Tamper Anew(string kind, Stored[] after, int from, Stored[] chain)
    {
        var anew = Stored.SealedFrom(after, from);
        return anew.Length == chain.Length && anew.Zip(chain).All(pair => Same(pair.First, pair.Second))
            ? new("cut off", true, chain[..^1])
            : new(kind + ", chained anew", true, anew);
    }

    private static (int At, Stored Entry) Pick(Stored[] chain, Random chance)
    {
        var at = chance.Next(chain.Length);
        return (at, chain[at]);
    }

    private static string? Text(Random chance) => chance.Next(3) == 0 ? Deeds.Id(chance.Next(1000)) : Texts[chance.Next(Texts.Length)];

    private static byte[] Bytes(byte[] bytes, Random chance)
    {
        if (chance.Next(8) == 0) return chance.Next(2) == 0 ? [] : bytes[..^1];
        byte[] changed = [.. bytes];
        changed[chance.Next(changed.Length)] ^= (byte)(1 << chance.Next(8));
        return changed;
    }

    private static bool Same(Stored one, Stored other) => one with { Previous = other.Previous, Hash = other.Hash } == other && one.Previous.SequenceEqual(other.Previous) && one.Hash.SequenceEqual(other.Hash);
}
