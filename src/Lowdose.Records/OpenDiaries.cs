namespace Lowdose.Records;

/// <summary>The diaries this process knows. The writes of those not used for the longest time are forgotten where there are too many.</summary>
/// <param name="most">How many writes, of all people together, stay in memory; the diary in use always does.</param>
internal sealed class OpenDiaries(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OpenDiary> _all = new(StringComparer.Ordinal);
    private readonly LinkedList<OpenDiary> _latestFirst = new();
    private int _writes;

    /// <summary>How many writes are in memory.</summary>
    public int Writes
    {
        get { lock (_gate) return _writes; }
    }

    /// <summary>One person's.</summary>
    public OpenDiary Of(string person)
    {
        lock (_gate)
        {
            if (!_all.TryGetValue(person, out var diary)) _all.Add(person, diary = new());
            return diary;
        }
    }

    /// <summary>Counts a diary anew after it was used, and lets go of others where there are too many. The caller has its turn.</summary>
    public void Used(OpenDiary diary)
    {
        lock (_gate)
        {
            Count(diary);
            if (diary.Place is not null) _latestFirst.Remove(diary.Place);
            diary.Place = _latestFirst.AddFirst(diary);
            for (var oldest = _latestFirst.Last; _writes > most && oldest is not null;)
            {
                var (old, next) = (oldest.Value, oldest.Previous);
                // One in use stays; nobody waits for another's turn here.
                if (old != diary && old.Turn.TryEnter())
                {
                    old.Forget();
                    Count(old);
                    old.Place = null;
                    _latestFirst.Remove(oldest);
                    old.Turn.Exit();
                }
                oldest = next;
            }
        }
    }

    private void Count(OpenDiary diary)
    {
        var now = diary.Log?.Writes.Count ?? 0;
        _writes += now - diary.Counted;
        diary.Counted = now;
    }
}
