using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lowdose.Science.Inference.Pooling;

/// <summary>
/// All that AR(1) noise with gaps can ask of a person's days, whatever ρ: for every length of gap, sums over neighbouring
/// scored days of zz' + z₋z₋' and of (z − z₋)(z − z₋)'. A day's work is done once, not once a ρ.
/// </summary>
/// <remarks>
/// The inverse of the AR(1) correlation is tridiagonal: with φ = ρ^gap, uᵀR⁻¹w = u₁w₁ + Σ (u − φu₋)(w − φw₋)/(1 − φ²)
/// = [u₁w₁ − Σu₋w₋] + Σ_gap S/(1 + φ) + D φ/(1 − φ²), which keeps its digits as φ → 1.
/// Source: docs/methods/pooling.md §2; the precision matrix is in Rue &amp; Held, Gaussian Markov Random Fields (2005), §1.1.
/// </remarks>
internal sealed class GapProducts
{
    private readonly PooledColumns _columns;
    private readonly int[] _slot, _firstSlot, _gapOfSlot;
    private readonly double[] _base, _sums;

    public GapProducts(PooledColumns columns)
    {
        _columns = columns;
        Entries = columns.Basis * (columns.Basis + 1) / 2;
        Stride = (Entries + 3) / 4 * 4;
        _slot = new int[columns.Scored];
        _firstSlot = new int[columns.People + 1];
        var (gaps, slots, counts) = (new Dictionary<int, int>(), new List<int>(columns.People * 4), new List<long>());
        var lengths = new List<int>();
        for (var person = 0; person < columns.People; person++)
        {
            _firstSlot[person] = slots.Count;
            var days = columns.Study.People[person].Days;
            int lastLength = 0, lastGap = 0, lastSlot = 0;
            for (var i = 1; i < days.Length; i++)
            {
                // Most days follow one another: the gap is the one before.
                if (days[i] - days[i - 1] == lastLength)
                {
                    counts[lastGap]++;
                    _slot[columns.Start[person] + i] = lastSlot;
                    continue;
                }
                if (!gaps.TryGetValue(days[i] - days[i - 1], out var gap))
                {
                    gaps.Add(days[i] - days[i - 1], gap = lengths.Count);
                    lengths.Add(days[i] - days[i - 1]);
                    counts.Add(0);
                }
                counts[gap]++;
                var slot = slots.IndexOf(gap, _firstSlot[person]);
                if (slot < 0)
                {
                    slot = slots.Count;
                    slots.Add(gap);
                }
                _slot[columns.Start[person] + i] = slot;
                (lastLength, lastGap, lastSlot) = (days[i] - days[i - 1], gap, slot);
            }
        }
        _firstSlot[columns.People] = slots.Count;
        _gapOfSlot = [.. slots];
        (Gaps, Counts) = ([.. lengths], [.. counts]);
        _base = new double[columns.People * Stride];
        _sums = new double[slots.Count * 2 * Stride];
        if (columns.Basis == 3 && Gaps.Length <= FourPeople.MostGaps) Fours = new FourPeople(columns.People, Gaps.Length);
    }

    /// <summary>Products of two basis columns: the upper triangle, by rows.</summary>
    public int Entries { get; }
    /// <summary>Entries and padding to whole vectors.</summary>
    public int Stride { get; }
    /// <summary>The different gaps, days.</summary>
    public int[] Gaps { get; }
    /// <summary>How many pairs of neighbouring scores have each.</summary>
    public long[] Counts { get; }

    /// <summary>The ordinary model's products once more, for four people at a time; null where it is another model, or there are too many gaps.</summary>
    public FourPeople? Fours { get; }

    /// <summary>What a likelihood reads, bytes.</summary>
    public long Bytes => Fours?.Bytes ?? 8L * (_base.Length + _sums.Length) + 4L * (_gapOfSlot.Length + _firstSlot.Length);

    /// <summary>Sums the products anew, after the onset has changed.</summary>
    public void Fill()
    {
        Array.Clear(_base);
        Array.Clear(_sums);
        if (_columns.Basis == 3)
        {
            for (var person = 0; person < _columns.People; person++) FillPlain(person);
            if (Fours is { } fours) PutDown(fours);
            return;
        }
        var width = _columns.Varying;
        Span<double> now = stackalloc double[width + 1], change = stackalloc double[width + 1], product = stackalloc double[Stride], before = stackalloc double[Stride];
        now[0] = 1;
        product.Clear();
        for (var person = 0; person < _columns.People; person++)
        {
            var own = _base.AsSpan(person * Stride, Stride);
            for (var row = _columns.Start[person]; row < _columns.Start[person + 1]; row++)
            {
                product.CopyTo(before);
                var values = _columns.Values.AsSpan(row * width, width);
                for (var c = 0; c < values.Length; c++)
                {
                    change[c + 1] = values[c] - now[c + 1];
                    now[c + 1] = values[c];
                }
                var e = 0;
                for (var i = 0; i < now.Length; i++)
                    for (var j = i; j < now.Length; j++) product[e++] = now[i] * now[j];
                if (row == _columns.Start[person])
                {
                    product.CopyTo(own);
                    continue;
                }
                var sums = _sums.AsSpan(_slot[row] * 2 * Stride, 2 * Stride);
                Add(own, sums[..Stride], product, before);
                // The constant does not change: its products begin after the first row of the triangle.
                e = Stride + now.Length;
                for (var i = 1; i < change.Length; i++)
                    for (var j = i; j < change.Length; j++) sums[e++] += change[i] * change[j];
            }
        }
    }

    private void PutDown(FourPeople fours)
    {
        fours.Clear();
        for (var person = 0; person < _columns.People; person++)
        {
            fours.PutBase(person, _base.AsSpan(person * Stride, Entries));
            for (var slot = _firstSlot[person]; slot < _firstSlot[person + 1]; slot++)
                fours.PutGap(person, _gapOfSlot[slot], _sums.AsSpan(2 * slot * Stride, Entries), _sums.AsSpan((2 * slot + 1) * Stride, Entries));
        }
    }

    /// <summary>The ordinary case, onset and scores alone: six products in two vectors, (1, x, y, xx) and (xy, yy, –, –).</summary>
    private void FillPlain(int person)
    {
        ref var values = ref MemoryMarshal.GetArrayDataReference(_columns.Values);
        ref var sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        ref var own = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_base), (nint)person * Stride);
        Vector256<double> baseLow = default, baseHigh = default, beforeLow = default, beforeHigh = default;
        double lastX = 0, lastY = 0;
        for (nint row = _columns.Start[person]; row < _columns.Start[person + 1]; row++)
        {
            double x = Unsafe.Add(ref values, 2 * row), y = Unsafe.Add(ref values, 2 * row + 1);
            var low = Vector256.Create(1, x, y, x * x);
            var high = Vector256.Create(x * y, y * y, 0, 0);
            if (row == _columns.Start[person]) (baseLow, baseHigh) = (low, high);
            else
            {
                double dx = x - lastX, dy = y - lastY;
                ref var sum = ref Unsafe.Add(ref sums, (nint)_slot[row] * 16);
                baseLow -= beforeLow;
                baseHigh -= beforeHigh;
                (Vector256.LoadUnsafe(ref sum) + beforeLow + low).StoreUnsafe(ref sum);
                (Vector256.LoadUnsafe(ref sum, 4) + beforeHigh + high).StoreUnsafe(ref sum, 4);
                (Vector256.LoadUnsafe(ref sum, 8) + Vector256.Create(0, 0, 0, dx * dx)).StoreUnsafe(ref sum, 8);
                (Vector256.LoadUnsafe(ref sum, 12) + Vector256.Create(dx * dy, dy * dy, 0, 0)).StoreUnsafe(ref sum, 12);
            }
            (beforeLow, beforeHigh, lastX, lastY) = (low, high, x, y);
        }
        baseLow.StoreUnsafe(ref own);
        baseHigh.StoreUnsafe(ref own, 4);
    }

    /// <summary>A person's uᵀR⁻¹w for every two basis columns, and the derivatives in ρ.</summary>
    /// <param name="person">Which.</param>
    /// <param name="weights">Four a gap: 1/(1 + φ), φ/(1 − φ²), and their derivatives in ρ.</param>
    /// <param name="products">Receives Stride numbers.</param>
    /// <param name="slopes">Receives Stride numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void At(int person, ReadOnlySpan<double> weights, Span<double> products, Span<double> slopes)
    {
        ref var own = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_base), (nint)person * Stride);
        ref var sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        for (nint e = 0; e < Stride; e += 4)
        {
            var product = Vector256.LoadUnsafe(ref Unsafe.Add(ref own, e));
            var slope = Vector256<double>.Zero;
            for (nint slot = _firstSlot[person]; slot < _firstSlot[person + 1]; slot++)
            {
                var w = weights.Slice(4 * _gapOfSlot[slot], 4);
                var sum = Vector256.LoadUnsafe(ref Unsafe.Add(ref sums, 2 * slot * Stride + e));
                var difference = Vector256.LoadUnsafe(ref Unsafe.Add(ref sums, (2 * slot + 1) * Stride + e));
                product = Vector256.FusedMultiplyAdd(sum, Vector256.Create(w[0]), Vector256.FusedMultiplyAdd(difference, Vector256.Create(w[1]), product));
                slope = Vector256.FusedMultiplyAdd(sum, Vector256.Create(w[2]), Vector256.FusedMultiplyAdd(difference, Vector256.Create(w[3]), slope));
            }
            product.CopyTo(products[(int)e..]);
            slope.CopyTo(slopes[(int)e..]);
        }
    }

    /// <summary>own −= before (the earlier of a pair), sum += both.</summary>
    private static void Add(Span<double> own, Span<double> sum, ReadOnlySpan<double> product, ReadOnlySpan<double> before)
    {
        for (var e = 0; e < product.Length; e += 4)
        {
            var earlier = Vector256.Create(before[e..]);
            (Vector256.Create<double>(own[e..]) - earlier).CopyTo(own[e..]);
            (Vector256.Create<double>(sum[e..]) + earlier + Vector256.Create(product[e..])).CopyTo(sum[e..]);
        }
    }
}
