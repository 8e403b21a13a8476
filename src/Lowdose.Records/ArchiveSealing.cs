using System.Security.Cryptography;
using Lowdose.Dosing;
using Microsoft.EntityFrameworkCore;

namespace Lowdose.Records;

public sealed partial class Archive
{
    /// <summary>There is a passphrase, and it has not been given since Lowdose was started.</summary>
    public bool IsSealed(string person = Me)
    {
        var diary = _diaries.Of(person);
        lock (diary.Turn) return (_database.IsShared || !diary.IsOpen) && !diary.Opens(KeyOf(person)?.Salt);
    }

    /// <summary>There is a passphrase.</summary>
    public bool HasPassphrase(string person = Me) => KeyOf(person) is not null;

    /// <summary>Opens the records with the passphrase, until Lowdose ends. Takes about half a second, on purpose.</summary>
    /// <returns>Null, or that it is the wrong one.</returns>
    public Refused? Unseal(string passphrase, string person = Me)
    {
        var diary = _diaries.Of(person);
        lock (diary.Turn)
        {
            if (KeyOf(person) is not { } row) return null;
            if (Passphrase.Unwrap(row, passphrase) is not { } key) return WrongPassphrase;
            diary.Open(new Seal(key), row.Salt);
            return null;
        }
    }

    /// <summary>
    /// Seals everything written so far and from now on, or changes the passphrase. A lost passphrase is lost, and everything with it: say so first.
    /// When it is first set the automatic backups, which are open, are replaced by a sealed one, even where a crash comes in between. When it is changed, older backups keep the older passphrase,
    /// and everything is sealed with another key: an older backup and the older passphrase open nothing written since.
    /// </summary>
    /// <param name="passphrase">The new one.</param>
    /// <param name="current">The one in force; null where there is none.</param>
    /// <param name="person">Whose.</param>
    /// <exception cref="NotKeptException">The disk is full or has failed; everything is as before.</exception>
    public Refused? SetPassphrase(string passphrase, string? current = null, string person = Me)
    {
        if (Passphrase.WrongWith(passphrase) is { } refused) return refused;
        var diary = _diaries.Of(person);
        lock (_backups)
        lock (diary.Turn)
        {
            var row = KeyOf(person);
            if (row is not null && !Unlocks(diary, row, current ?? "")) return WrongPassphrase;
            var key = RandomNumberGenerator.GetBytes(Seal.KeyBytes);
            return Reseal(person, diary, row, new Seal(key), Passphrase.Wrap(key, passphrase, person));
        }
    }

    /// <summary>Opens everything for good.</summary>
    /// <param name="current">The passphrase in force.</param>
    /// <param name="person">Whose.</param>
    /// <exception cref="NotKeptException">The disk is full or has failed; everything is as before.</exception>
    public Refused? RemovePassphrase(string current, string person = Me)
    {
        var diary = _diaries.Of(person);
        lock (_backups)
        lock (diary.Turn)
        {
            if (KeyOf(person) is not { } row) return null;
            return Unlocks(diary, row, current) ? Reseal(person, diary, row, null, null) : WrongPassphrase;
        }
    }

    /// <summary>
    /// Deletes everything of a person: the records and, where they are one person's own, the automatic backups in the data folder. Backups and exports kept elsewhere are not
    /// reached, nor those of a clinic, which hold everybody; say so first.
    /// </summary>
    /// <exception cref="NotKeptException">The disk is full or has failed; the backups are gone, the records may still be there.</exception>
    public void Delete(string person = Me)
    {
        var diary = _diaries.Of(person);
        lock (_backups)
        lock (diary.Turn)
        {
            if (person == Me) DeleteBackups();
            Change(tables => tables.People.Where(p => p.Id == person).ExecuteDelete(), person);
            diary.Forget();
            diary.Open(null, null);
            _diaries.Used(diary);
            _database.LeaveNoTrace();
        }
    }

    private static readonly Refused WrongPassphrase = new("the passphrase is wrong", "try again; nobody can open the records without it");

    private static readonly Refused Meanwhile = new("the passphrase was changed by another program meanwhile", "try again with the one that is in force now");

    private static readonly Refused Unsealable = new("Lowdose may not seal what is written in this database", "let it use the database as the owner of the tables, or seal the disk of the server instead");

    private KeyRow? KeyOf(string person) => _database.Read(tables => tables.Keys.AsNoTracking().FirstOrDefault(k => k.Person == person));

    private static bool Unlocks(OpenDiary diary, KeyRow row, string passphrase)
    {
        if (Passphrase.Unwrap(row, passphrase) is not { } key) return false;
        diary.Open(new Seal(key), row.Salt);
        return true;
    }

    /// <summary>Writes every content anew. The rule that a write is never changed is lifted for this one transaction: what it says stays the same.</summary>
    private Refused? Reseal(string person, OpenDiary diary, KeyRow? inForce, Seal? seal, KeyRow? key)
    {
        if (!_database.MayLiftTheRule) return Unsealable;
        LogOf(person, diary);
        // On a server there are no backups of ours.
        var first = !_database.IsShared && diary.Seal is null && seal is not null;
        if (first && Announced(person) is { } cannot) return cannot;
        Refused? refused = null;
        _database.Commit(person, tables =>
        {
            var now = tables.Keys.Where(k => k.Person == person).Select(k => k.Salt).FirstOrDefault();
            if (!now.AsSpan().SequenceEqual(inForce?.Salt)) refused = Meanwhile;
            else _database.WithoutTheRule(tables, () => Reseal(tables, person, diary.Seal, seal, key));
        });
        if (refused is not null) return refused;
        diary.Open(seal, key?.Salt);
        if (first && Finished(person) is { } open) return open;
        if (!first) _database.LeaveNoTrace();
        return BackUpDaily();
    }

    private void Reseal(RecordsContext tables, string person, Seal? old, Seal? seal, KeyRow? key)
    {
        if (!tables.People.Any(p => p.Id == person)) tables.People.Add(Person(person));
        tables.Keys.Where(k => k.Person == person).ExecuteDelete();
        if (key is not null) tables.Keys.Add(key);
        foreach (var row in tables.Writes.AsNoTracking().Where(w => w.Person == person).ToList())
        {
            var write = Content.Write(row, old);
            var plain = Content.Plain(write.Changes);
            var content = seal is null ? plain : seal.Close(plain, Seal.Beside(person, write));
            tables.Writes.Where(w => w.Sequence == row.Sequence).ExecuteUpdate(set => set.SetProperty(w => w.Content, content));
        }
    }

    /// <summary>Says on the disk that open backups are to go, before the records are sealed: a start after a crash then finishes what was begun.</summary>
    private Refused? Announced(string person)
    {
        try
        {
            File.Delete(Owned.Sealing);
            using (var said = Durable.Create(Owned.Sealing))
            {
                said.Write(System.Text.Encoding.UTF8.GetBytes(person));
                said.Flush(flushToDisk: true);
            }
            Durable.Folder(Folder);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new($"nothing was sealed: {Folder} cannot be written ({e.Message.TrimEnd('.')})", "check the disk, and that you may write there");
        }
    }

    /// <summary>
    /// After a first sealing: takes the open backups away, and what is left in the file. Where the sealing never came to stand, they stay.
    /// So after a crash there are open records with their backups, or sealed ones whose open backups go before anything else is done.
    /// </summary>
    private Refused? Finished(string person)
    {
        try
        {
            if (KeyOf(person) is not null)
            {
                DeleteBackups();
                _database.LeaveNoTrace();
            }
            File.Delete(Owned.Sealing);
            Durable.Folder(Folder);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new($"the diary is sealed, but older backups in {Owned.Backups}, which are open, could not be deleted: {e.Message.TrimEnd('.')}", "delete that folder yourself, or start Lowdose again");
        }
    }

    /// <summary>Finishes a sealing that was broken off; what a full disk does not allow yet is left for the next start.</summary>
    private Refused? FinishSealing()
    {
        try
        {
            return File.Exists(Owned.Sealing) ? Finished(File.ReadAllText(Owned.Sealing)) : null;
        }
        catch (NotKeptException)
        {
            return null;
        }
    }
}
