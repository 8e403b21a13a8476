using Lowdose.Diary;

namespace Lowdose.Records;

public sealed partial class Archive
{
    /// <summary>Lets a person's log grow and keeps what came to it. Memory never knows what the disk does not.</summary>
    private T Keep<T>(string person, Func<DiaryLog, T> grow)
    {
        var diary = _diaries.Of(person);
        lock (diary.Turn)
        {
            T answer = default!;
            WriteRow[] rows = [];
            try
            {
                // Alone, memory knows everything, and what was sent before is answered without the disk.
                if (!_database.IsShared)
                {
                    Grow(LogOf(person, diary));
                    if (rows.Length == 0) return answer;
                }
                _database.Commit(person, tables =>
                {
                    if (_database.IsShared) Grow(Follow(diary, from => WritesRead.Of(tables, person, from)));
                    if (rows.Length == 0) return;
                    if (diary.Last == 0 && !tables.People.Any(p => p.Id == person)) tables.People.Add(Person(person));
                    tables.Writes.AddRange(rows);
                });
                if (rows.Length > 0) _lastWrites[person] = diary.Last = rows[^1].Sequence;
            }
            catch
            {
                if (rows.Length > 0) TakeBack(diary, rows.Length);
                throw;
            }
            _diaries.Used(diary);
            return answer;

            void Grow(DiaryLog log)
            {
                var before = log.Writes.Count;
                try
                {
                    answer = grow(log);
                }
                finally
                {
                    var now = _clock.GetCurrentInstant();
                    rows = [.. log.Writes.Skip(before).Select(w => Content.Row(person, w, diary.Seal, now))];
                }
            }
        }
    }

    /// <summary>A person's log, with everything that was acknowledged anywhere before. The caller has the person's turn.</summary>
    private DiaryLog LogOf(string person, OpenDiary diary)
    {
        // Others wait for the file while it is read, but not while what was read is understood.
        var log = !_database.IsShared && diary.Log is { } whole ? whole : Follow(diary, from => _database.Read(tables => WritesRead.Of(tables, person, from)));
        _diaries.Used(diary);
        return log;
    }

    /// <summary>Reads what memory does not know yet.</summary>
    private static DiaryLog Follow(OpenDiary diary, Func<long, (IReadOnlyList<WriteRow> Rows, byte[]? Salt)> from)
    {
        try
        {
            // What memory holds is not there any more: deleted elsewhere, and perhaps begun anew.
            if (!Follows(diary, from))
            {
                diary.Forget();
                Follows(diary, from);
            }
            return diary.Log!;
        }
        catch
        {
            // Half a log must not be taken for a whole one.
            diary.Forget();
            throw;
        }
    }

    /// <summary>False where the last write that memory knows is not there. One question, so that writes and their key are of one moment.</summary>
    private static bool Follows(OpenDiary diary, Func<long, (IReadOnlyList<WriteRow> Rows, byte[]? Salt)> from)
    {
        var last = diary.Last;
        var (rows, salt) = from(last);
        // The last one known comes along, to show that it is still there.
        if (last > 0 && (rows.Count == 0 || rows[0].Sequence != last)) return false;
        if (!diary.Opens(salt)) throw new SealedException();
        var log = diary.Log ??= new(rows.Count);
        foreach (var row in rows.Skip(last > 0 ? 1 : 0))
        {
            Add(log, Content.Write(row, diary.Seal));
            diary.Last = row.Sequence;
        }
        return true;
    }

    private static void TakeBack(OpenDiary diary, int last)
    {
        if (diary.Log is not { } log) return;
        diary.Log = Log(log.Writes.SkipLast(last).Select(w => w.Write));
    }

    private static DiaryLog Log(IEnumerable<DiaryWrite> writes)
    {
        var log = new DiaryLog();
        foreach (var write in writes) Add(log, write);
        return log;
    }

    private static void Add(DiaryLog log, DiaryWrite write)
    {
        if (log.Append(write) is not (Appended.Accepted or Appended.Conflict))
            throw new DamagedException($"the write {write.Id} cannot be read by this version");
    }

    private PersonRow Person(string person) => new() { Id = person, CreatedAt = NodaTime.Text.InstantPattern.ExtendedIso.Format(_clock.GetCurrentInstant()) };
}
