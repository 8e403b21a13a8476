using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Lowdose.Web.Layout;

/// <summary>
/// Writes lines to a log from a thread of its own, many at a time where many wait: whoever is answered must not wait for whoever reads the log. Where that one
/// falls far behind, lines are left out, and the log says how many. Safe for many threads.
/// </summary>
public sealed class LogLines : IDisposable
{
    // Some megabytes; half a minute of a busy evening.
    private const int Most = 10_000;
    private static readonly TimeSpan AtTheEnd = TimeSpan.FromSeconds(2);

    private readonly BlockingCollection<string> _waiting = new(Most);
    private readonly Thread _thread;
    private readonly TextWriter _to;
    private long _leftOut;

    /// <summary>Begins.</summary>
    /// <param name="to">Takes whole lines.</param>
    public LogLines(TextWriter to)
    {
        _to = to;
        _thread = new(Write) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <summary>Adds a line; nobody waits for it to be written.</summary>
    /// <param name="line">Without its end.</param>
    public void Add(string line)
    {
        try
        {
            if (!_waiting.TryAdd(line)) Interlocked.Increment(ref _leftOut);
        }
        catch (InvalidOperationException)
        {
            // The program ends.
        }
    }

    /// <summary>Writes what waits, and takes no more. Who does not read is waited for a moment only.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join(AtTheEnd);
    }

    private void Write()
    {
        var text = new StringBuilder();
        foreach (var line in _waiting.GetConsumingEnumerable())
        {
            text.Append(line).Append('\n');
            while (text.Length < Most && _waiting.TryTake(out var next)) text.Append(next).Append('\n');
            if (Interlocked.Exchange(ref _leftOut, 0) is > 0 and var leftOut) text.Append(CultureInfo.InvariantCulture, $"{{\"leftOut\":{leftOut}}}\n");
            try
            {
                _to.Write(text.ToString());
                _to.Flush();
            }
            catch (IOException)
            {
                // Nobody reads it any more; the site goes on.
            }
            text.Clear();
        }
    }
}
