using System.Diagnostics;

namespace Lowdose.Cli;

/// <summary>How far a long piece of work has come and how long it will take, on the screen where that is a terminal, from the first second on.</summary>
/// <param name="total">All of the work; 0 where nobody knows.</param>
internal sealed class Progress(long total) : IDisposable
{
    private const int Width = 24;

    private readonly bool _shown = !Console.IsErrorRedirected;
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly Lock _turn = new();
    private long _done, _drawnAt;

    /// <summary>Some more is done; from any thread.</summary>
    public void Add(int more)
    {
        if (!_shown) return;
        lock (_turn)
        {
            _done += more;
            if (_since.ElapsedMilliseconds < Math.Max(1000, _drawnAt + 200)) return;
            _drawnAt = _since.ElapsedMilliseconds;
            Console.Error.Write("\r\x1b[K" + Line(_done, total, _since.Elapsed));
        }
    }

    /// <summary>What is written: a bar, and the time that remains at the pace so far.</summary>
    internal static string Line(long done, long total, TimeSpan elapsed)
    {
        if (total == 0) return $"{done} studies simulated, {Clock(elapsed)}";
        var share = Math.Min(1, done / (double)total);
        var bar = (int)(share * Width);
        return $"[{new string('#', bar)}{new string('.', Width - bar)}] {Math.Floor(100 * share)} %" + (share > 0 ? $", {Clock(elapsed * ((1 - share) / share))} left" : "");
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            if (_drawnAt > 0) Console.Error.Write("\r\x1b[K");
            _drawnAt = 0;
        }
    }

    private static string Clock(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min" : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s" : $"{Math.Ceiling(time.TotalSeconds)} s";
}
