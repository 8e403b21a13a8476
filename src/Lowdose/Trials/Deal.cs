using System.Numerics;

namespace Lowdose.Trials;

/// <summary>
/// One lot of a randomisation: items dealt to places, each deal as likely. An item may fill several cells of its place (an order fills a
/// person's periods). Lots are independent of each other.
/// </summary>
/// <param name="Cells">The cells of each place.</param>
/// <param name="Values">What each item writes into the cells of its place.</param>
/// <param name="Counts">How often each item is dealt for certain.</param>
/// <param name="Extras">Places left over: so many items, drawn, are dealt once more.</param>
internal sealed record Deal(int[][] Cells, int[][] Values, int[] Counts, int Extras)
{
    /// <summary>As evenly as it can be.</summary>
    public static Deal Evenly(int[][] cells, int[][] values) =>
        new(cells, values, [.. values.Select(_ => cells.Length / values.Length)], cells.Length % values.Length);

    /// <summary>One cell a place, each value once: the order is drawn.</summary>
    public static Deal Order(IEnumerable<int> cells, IReadOnlyList<int> values)
    {
        int[] distinct = [.. values.Distinct().Order()];
        return new([.. cells.Select(c => new[] { c })], [.. distinct.Select(v => new[] { v })], [.. distinct.Select(v => values.Count(x => x == v))], 0);
    }

    /// <summary>How many different deals there are.</summary>
    public BigInteger Count
    {
        get
        {
            var ways = Choose(Counts.Length, Extras);
            var left = Cells.Length;
            // Items that get one more are counted as the first ones: with extras all counts are the same.
            for (var i = 0; i < Counts.Length; i++)
            {
                var dealt = Counts[i] + (i < Extras ? 1 : 0);
                ways *= Choose(left, dealt);
                left -= dealt;
            }
            return ways;
        }
    }

    public void Draw(SeededDraw draw, int[] into)
    {
        int[] order = [.. Enumerable.Range(0, Counts.Length)];
        if (Extras > 0) draw.Shuffle(order.AsSpan());
        int[] dealt = [.. order.SelectMany((item, rank) => Enumerable.Repeat(item, Counts[item] + (rank < Extras ? 1 : 0)))];
        draw.Shuffle(dealt.AsSpan());
        Write(dealt, into);
    }

    /// <summary>Every deal: which item each place gets.</summary>
    public IEnumerable<int[]> All()
    {
        foreach (var lucky in Subsets(Counts.Length, Extras))
            foreach (var dealt in Orders([.. Counts.Select((c, i) => c + (lucky.Contains(i) ? 1 : 0))], Cells.Length))
                yield return dealt;
    }

    public void Write(int[] dealt, int[] into)
    {
        for (var place = 0; place < Cells.Length; place++)
            for (var i = 0; i < Cells[place].Length; i++)
                into[Cells[place][i]] = Values[dealt[place]][i];
    }

    private static IEnumerable<int[]> Subsets(int of, int size, int from = 0)
    {
        if (size == 0)
        {
            yield return [];
            yield break;
        }
        for (var first = from; first <= of - size; first++)
            foreach (var rest in Subsets(of, size - 1, first + 1))
                yield return [first, .. rest];
    }

    /// <summary>Every different order of items of which there are so many each.</summary>
    public static IEnumerable<int[]> Orders(int[] left, int places)
    {
        if (places == 0)
        {
            yield return [];
            yield break;
        }
        for (var item = 0; item < left.Length; item++)
        {
            if (left[item] == 0) continue;
            left[item]--;
            foreach (var rest in Orders(left, places - 1)) yield return [item, .. rest];
            left[item]++;
        }
    }

    private static BigInteger Choose(int of, int size)
    {
        BigInteger ways = 1;
        for (var i = 0; i < size; i++) ways = ways * (of - i) / (i + 1);
        return ways;
    }
}
