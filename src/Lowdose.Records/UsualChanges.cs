using System.Collections.Concurrent;
using Lowdose.Diary;

namespace Lowdose.Records;

/// <summary>What thousands of diaries say alike about one field, in memory once for all. It is found without making a text of it first. Safe for many threads at once.</summary>
/// <param name="name">The field.</param>
internal sealed class UsualChanges(string name)
{
    /// <summary>Longer values are nobody's but the writer's own, in characters.</summary>
    public const int Longest = 48;

    // Every minute of a day for a few doses.
    private const int Most = 4_096;
    private readonly ConcurrentDictionary<string, Change> _known = new(StringComparer.Ordinal);

    /// <summary>Its name.</summary>
    public string Field => name;

    /// <summary>The change that sets the field to a value.</summary>
    public Change To(ReadOnlySpan<char> value)
    {
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value, out var known)) return known;
        var change = new Change(name, value.ToString());
        if (_known.Count < Most) _known.TryAdd(change.Value!, change);
        return change;
    }
}
