using System.Security.Cryptography;
using Lowdose.Dosing;
using Microsoft.EntityFrameworkCore;

namespace Lowdose.Records;

public sealed partial class Archive
{
    /// <summary>There is a passphrase, and it has not been given since Lowdose was started.</summary>
    public bool IsSealed(string person = Me)
    {
        lock (_gate) return !_seals.ContainsKey(person) && KeyOf(person) is not null;
    }

    /// <summary>There is a passphrase.</summary>
    public bool HasPassphrase(string person = Me)
    {
        lock (_gate) return KeyOf(person) is not null;
    }

    /// <summary>Opens the records with the passphrase, until Lowdose ends. Takes about half a second, on purpose.</summary>
    /// <returns>Null, or that it is the wrong one.</returns>
    public Refused? Unseal(string passphrase, string person = Me)
    {
        lock (_gate)
        {
            if (KeyOf(person) is not { } row || Passphrase.Unwrap(row, passphrase) is { } key && Opened(key)) return null;
            return WrongPassphrase;
        }

        bool Opened(byte[] key)
        {
            _seals[person] = new Seal(key);
            return true;
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
        lock (_backups)
        lock (_gate)
        {
            if (Passphrase.WrongWith(passphrase) is { } refused) return refused;
            if (KeyOf(person) is { } row)
            {
                if (Passphrase.Unwrap(row, current ?? "") is not { } old) return WrongPassphrase;
                _seals[person] = new Seal(old);
            }
            var key = RandomNumberGenerator.GetBytes(Seal.KeyBytes);
            return Reseal(person, new Seal(key), Passphrase.Wrap(key, passphrase, person));
        }
    }

    /// <summary>Opens everything for good.</summary>
    /// <param name="current">The passphrase in force.</param>
    /// <param name="person">Whose.</param>
    /// <exception cref="NotKeptException">The disk is full or has failed; everything is as before.</exception>
    public Refused? RemovePassphrase(string current, string person = Me)
    {
        lock (_backups)
        lock (_gate)
        {
            if (KeyOf(person) is not { } row) return null;
            if (Passphrase.Unwrap(row, current) is not { } key) return WrongPassphrase;
            _seals[person] = new Seal(key);
            return Reseal(person, null, null);
        }
    }

    /// <summary>
    /// Deletes everything of a person: the records and the automatic backups in the data folder. Backups and exports kept elsewhere are not reached; say so first.
    /// </summary>
    /// <exception cref="NotKeptException">The disk is full or has failed; the backups are gone, the records may still be there.</exception>
    public void Delete(string person = Me)
    {
        lock (_backups)
        lock (_gate)
        {
            DeleteBackups();
            _file.Commit(tables => tables.People.Where(p => p.Id == person).ExecuteDelete());
            _logs.Remove(person);
            _seals.Remove(person);
            LeaveNoTrace();
        }
    }

    private static readonly Refused WrongPassphrase = new("the passphrase is wrong", "try again; nobody can open the records without it");

    private KeyRow? KeyOf(string person)
    {
        using var tables = _file.Tables();
        return tables.Keys.AsNoTracking().FirstOrDefault(k => k.Person == person);
    }

    private Seal? SealOf(string person)
    {
        if (_seals.TryGetValue(person, out var seal)) return seal;
        if (KeyOf(person) is not null) throw new SealedException();
        return _seals[person] = null;
    }

    /// <summary>Writes every content anew. The rule that a write is never changed is lifted for this one transaction: what it says stays the same.</summary>
    private Refused? Reseal(string person, Seal? seal, KeyRow? key)
    {
        LogOf(person);
        var old = _seals[person];
        var first = old is null && seal is not null;
        if (first && Announced(person) is { } cannot) return cannot;
        _file.Commit(tables =>
        {
            if (!tables.People.Any(p => p.Id == person)) tables.People.Add(new() { Id = person, CreatedAt = NodaTime.Text.InstantPattern.ExtendedIso.Format(_clock.GetCurrentInstant()) });
            tables.Keys.Where(k => k.Person == person).ExecuteDelete();
            if (key is not null) tables.Keys.Add(key);
            var rule = _file.Ask("SELECT sql FROM sqlite_master WHERE name = 'writes_hold'")!;
            _file.Ask("DROP TRIGGER writes_hold");
            foreach (var row in tables.Writes.AsNoTracking().Where(w => w.Person == person).ToList())
            {
                var write = Content.Write(row, old);
                var plain = Content.Plain(write.Changes);
                var content = seal is null ? plain : seal.Close(plain, Seal.Beside(person, write));
                tables.Writes.Where(w => w.Sequence == row.Sequence).ExecuteUpdate(set => set.SetProperty(w => w.Content, content));
            }
            _file.Ask(rule);
        });
        _seals[person] = seal;
        if (first && Finished(person) is { } open) return open;
        if (!first) LeaveNoTrace();
        return BackUpDaily();
    }

    /// <summary>Says on the disk that open backups are to go, before the records are sealed: a start after a crash then finishes what was begun.</summary>
    private Refused? Announced(string person)
    {
        try
        {
            File.Delete(_folder.Sealing);
            using (var said = Durable.Create(_folder.Sealing))
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
                LeaveNoTrace();
            }
            File.Delete(_folder.Sealing);
            Durable.Folder(Folder);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new($"the diary is sealed, but older backups in {_folder.Backups}, which are open, could not be deleted: {e.Message.TrimEnd('.')}", "delete that folder yourself, or start Lowdose again");
        }
    }

    /// <summary>Finishes a sealing that was broken off; what a full disk does not allow yet is left for the next start.</summary>
    private Refused? FinishSealing()
    {
        try
        {
            return File.Exists(_folder.Sealing) ? Finished(File.ReadAllText(_folder.Sealing)) : null;
        }
        catch (NotKeptException)
        {
            return null;
        }
    }

    /// <summary>Takes what was deleted or sealed out of the file's free pages and the log.</summary>
    private void LeaveNoTrace()
    {
        _file.Try(() => _file.Ask("VACUUM"));
        _file.Checkpoint();
    }
}
