namespace Lowdose.Science.Inference.Power;

/// <summary>What a search came to.</summary>
/// <param name="Least">The least number that reached the power asked for; null where none up to the most tried did.</param>
/// <param name="Tried">Every number tried, ascending, with what it came to.</param>
public sealed record SizeFound(int? Least, IReadOnlyList<(int Size, OperatingPoint Point)> Tried);

/// <summary>Finds the least number (of people, of pairs) with the power asked for: doubling, then halving the bracket. Source: docs/methods/power.md §4.</summary>
/// <remarks>Every number is tried with the same streams, so neighbours differ by less than their Monte-Carlo errors.</remarks>
public static class SizeSearch
{
    /// <summary>The least number.</summary>
    /// <param name="from">Where to begin, 1 or more.</param>
    /// <param name="most">The most to try.</param>
    /// <param name="power">The power asked for, in (0, 1).</param>
    /// <param name="at">What a number comes to.</param>
    /// <returns>It, and all that was tried.</returns>
    /// <exception cref="ArgumentException">The power asked for is not in (0, 1), or there is nothing to try.</exception>
    public static SizeFound Least(int from, int most, double power, Func<int, OperatingPoint> at)
    {
        ArgumentNullException.ThrowIfNull(at);
        if (!(power > 0 && power < 1) || from < 1 || most < from) throw new ArgumentException("a power is between 0 and 1, and a number 1 or more");
        var tried = new SortedDictionary<int, OperatingPoint>();
        bool Enough(int size)
        {
            if (!tried.TryGetValue(size, out var point)) tried[size] = point = at(size);
            return point.Power.Estimate >= power;
        }
        int below = from - 1, size = from;
        while (!Enough(size))
        {
            if (size == most) return new(null, [.. tried.Select(t => (t.Key, t.Value))]);
            (below, size) = (size, (int)Math.Min(2L * size, most));
        }
        while (size - below > 1)
        {
            var middle = below + (size - below) / 2;
            if (Enough(middle)) size = middle; else below = middle;
        }
        return new(size, [.. tried.Select(t => (t.Key, t.Value))]);
    }
}
