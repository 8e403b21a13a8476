using System.Collections.Concurrent;

namespace Lowdose.Records;

/// <summary>Answers the tables gave, as long as nothing has changed since. Safe for many threads at once.</summary>
internal sealed class RememberedAnswers
{
    // Three for each of some thousands of people.
    private const int Most = 50_000;
    private readonly ConcurrentDictionary<(string About, string Id), (long Changes, object Answer)> _known = new();
    private long _changes;

    /// <summary>The answer to a question; null is asked for again each time.</summary>
    public T? Of<T>(string about, string id, Func<T?> ask) where T : class
    {
        // What changes while it is asked for makes the answer old at once.
        var changes = Interlocked.Read(ref _changes);
        if (_known.TryGetValue((about, id), out var known) && known.Changes == changes) return (T)known.Answer;
        var answer = ask();
        if (answer is null) return null;
        if (_known.Count >= Most) _known.Clear();
        _known[(about, id)] = (changes, answer);
        return answer;
    }

    /// <summary>One answer is old; somebody who is asking just now may still keep it.</summary>
    public void Forget(string about, string id) => _known.TryRemove((about, id), out _);

    /// <summary>Something has changed.</summary>
    public void Forget() => Interlocked.Increment(ref _changes);
}
