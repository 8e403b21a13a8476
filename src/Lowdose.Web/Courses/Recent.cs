namespace Lowdose.Web.Courses;

/// <summary>A memory of so many things: where one more comes, the one that nobody asked for the longest is let go. Safe for many threads at once.</summary>
/// <param name="most">How many, at least 1.</param>
public sealed class Recent<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _all = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _latestFirst = new();

    /// <summary>How many are held.</summary>
    public int Count
    {
        get { lock (_gate) return _all.Count; }
    }

    /// <summary>What is held under a key, asked for now.</summary>
    public bool Knows(TKey key, out TValue value)
    {
        lock (_gate)
        {
            if (!_all.TryGetValue(key, out var node))
            {
                value = default!;
                return false;
            }
            _latestFirst.Remove(node);
            _latestFirst.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>What is held under a key; made where nothing is.</summary>
    /// <param name="key">The key.</param>
    /// <param name="make">Quick, or lazy: others wait for it.</param>
    public TValue Of(TKey key, Func<TValue> make)
    {
        lock (_gate)
        {
            if (Knows(key, out var value)) return value;
            value = make();
            Keep(key, value);
            return value;
        }
    }

    /// <summary>Holds it from now on, in place of what was held under the key.</summary>
    public void Keep(TKey key, TValue value)
    {
        lock (_gate)
        {
            if (_all.Remove(key, out var before)) _latestFirst.Remove(before);
            _all[key] = _latestFirst.AddFirst((key, value));
            if (_all.Count <= most) return;
            _all.Remove(_latestFirst.Last!.Value.Key);
            _latestFirst.RemoveLast();
        }
    }
}
