namespace Lowdose.Acceptance.Load;

/// <summary>How long answers took, from the moment each was due to be asked for: a server that falls behind is not spared.</summary>
internal sealed class Latencies
{
    private readonly List<double> _milliseconds = [];
    private readonly Lock _gate = new();

    public int Count
    {
        get { lock (_gate) return _milliseconds.Count; }
    }

    public void Add(TimeSpan took)
    {
        lock (_gate) _milliseconds.Add(took.TotalMilliseconds);
    }

    /// <summary>The nearest-rank quantile, in milliseconds; NaN where nothing was answered.</summary>
    public double At(double share)
    {
        lock (_gate)
        {
            if (_milliseconds.Count == 0) return double.NaN;
            _milliseconds.Sort();
            return _milliseconds[Math.Max(0, (int)Math.Ceiling(share * _milliseconds.Count) - 1)];
        }
    }

    /// <summary>"p50 4 ms, p99 31 ms".</summary>
    public override string ToString() => FormattableString.Invariant($"p50 {At(0.5):0} ms, p99 {At(0.99):0} ms");
}
