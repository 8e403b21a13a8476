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
                    if (_database.IsShared) Grow(Follow(person, diary, tables));
                    if (rows.Length == 0) return;
                    if (diary.Last == 0 && !tables.People.Any(p => p.Id == person)) tables.People.Add(Person(person));
                    tables.Writes.AddRange(rows);
                });
                if (rows.Length > 0) diary.Last = rows[^1].Sequence;
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
        var log = !_database.IsShared && diary.Log is { } whole ? whole : _database.Read(tables => Follow(person, diary, tables));
        _diaries.Used(diary);
        return log;
    }

    /// <summary>Reads what memory does not know yet.</summary>
    private static DiaryLog Follow(string person, OpenDiary diary, RecordsContext tables)
    {
        try
        {
            // What memory holds is not there any more: deleted elsewhere, and perhaps begun anew.
            if (!Follows(person, diary, tables))
            {
                diary.Forget();
                Follows(person, diary, tables);
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
    private static bool Follows(string person, OpenDiary diary, RecordsContext tables)
    {
        var (from, first) = (diary.Last, true);
        var log = diary.Log ??= new();
        foreach (var (row, salt) in WritesRead.Of(tables, person, from))
        {
            if (first && !diary.Opens(salt)) throw new SealedException();
            if (first && from > 0)
            {
                if (row.Sequence != from) return false;
            }
            else
            {
                Add(log, Content.Write(row, diary.Seal));
                diary.Last = row.Sequence;
            }
            first = false;
        }
        if (!first) return true;
        if (from == 0 && !diary.Opens(tables.Keys.Where(k => k.Person == person).Select(k => k.Salt).FirstOrDefault())) throw new SealedException();
        return from == 0;
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
