using System.Globalization;
using Lowdose.Dosing;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Lowdose.Records;

public sealed partial class Archive
{
    /// <summary>Why nothing is backed up or restored here where the records are in PostgreSQL.</summary>
    public static readonly Refused ByTheServer = new("the records are in PostgreSQL, which makes its own backups", "use pg_dump and pg_restore, or the server's archive, as deploy/backup.md says");

    private const string Daily = "lowdose-", Ending = ".backup";

    /// <summary>Writes everything as it stands now to one file that can be checked to the last bit. Sealed records stay sealed in it.</summary>
    /// <param name="path">The file; one that is there is replaced, whole or not at all.</param>
    /// <returns>Null, or why it could not be written.</returns>
    public Refused? BackUp(string path)
    {
        lock (_backups) return _database is DatabaseFile file ? Written(file, path) : ByTheServer;
    }

    private Refused? Written(DatabaseFile file, string path)
    {
        string? draft = null;
        try
        {
            path = Path.GetFullPath(path);
            // "lowdose backup lowdose.db" must not put a copy in the place of the file that is written to.
            if (DataFolder.IsOne(Path.GetDirectoryName(path)!)) return new($"{path} is among the records themselves", "name a file in another folder, best on another disk");
            Durable.MakeFolder(Path.GetDirectoryName(path)!);
            draft = $"{path}.{Environment.ProcessId}.part";
            File.Delete(draft);
            Durable.Create(draft).Dispose();
            BackupFile.Finish(draft, CopyTo(file, draft));
            File.Move(draft, path, overwrite: true);
            Durable.Folder(Path.GetDirectoryName(path)!);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or SqliteException)
        {
            if (draft is not null) Clear(draft);
            return new($"the backup {path} could not be written: {e.Message.TrimEnd('.')}", "name a file in a folder you may write to, with room for it");
        }
    }

    /// <summary>Makes the day's backup in the data folder where it is not there yet, and lets go of old ones (<see cref="Rotation"/>). Nothing where the records are in PostgreSQL.</summary>
    /// <returns>Null, or why it could not be written.</returns>
    public Refused? BackUpDaily()
    {
        if (_database is not DatabaseFile file) return null;
        var today = _clock.GetCurrentInstant().InUtc().Date;
        var path = Path.Combine(Owned.Backups, Daily + today.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + Ending);
        lock (_backups)
        {
            if (File.Exists(path)) return null;
            if (Written(file, path) is { } refused) return refused;
            try
            {
                LetGo(Owned.Backups);
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return new($"old backups in {Owned.Backups} could not be let go: {e.Message.TrimEnd('.')}", "check that you may write there");
            }
        }
    }

    /// <summary>The whole backups in the data folder, the newest first; each is checked to the last bit.</summary>
    public IReadOnlyList<(string Path, BackupFacts Facts)> Backups()
    {
        if (_folder is null || !Directory.Exists(_folder.Backups)) return [];
        return [.. from path in Directory.EnumerateFiles(_folder.Backups, "*" + Ending)
                   let facts = BackupFile.Check(path, out var found) is null ? found : null
                   where facts is not null
                   orderby facts.TakenAt descending
                   select (path, facts)];
    }

    private static void LetGo(string backups)
    {
        var kept = new Dictionary<LocalDate, string>();
        foreach (var file in Directory.EnumerateFiles(backups, Daily + "*" + Ending))
            if (NodaTime.Text.LocalDatePattern.Iso.Parse(Path.GetFileName(file)[Daily.Length..^Ending.Length]) is { Success: true, Value: var date }) kept[date] = file;
        foreach (var old in Rotation.LetGo(kept.Keys)) File.Delete(kept[old]);
    }

    private BackupFacts CopyTo(DatabaseFile file, string draft)
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = draft, Pooling = false }.ToString());
        copy.Open();
        // What a power cut leaves of a draft is nothing to anybody.
        using (var quick = copy.CreateCommand())
        {
            quick.CommandText = "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY";
            quick.ExecuteNonQuery();
        }
        using (var disk = File.OpenHandle(draft, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite)) file.CopyTo(copy, () => RandomAccess.FlushToDisk(disk));
        var schema = SchemaSteps.VersionOf(copy) ?? 0;
        using var count = copy.CreateCommand();
        count.CommandText = schema > 0 ? "SELECT count(*) FROM writes" : "SELECT 0";
        return new(schema, Convert.ToInt32(count.ExecuteScalar(), CultureInfo.InvariantCulture), _clock.GetCurrentInstant());
    }

    private void DeleteBackups()
    {
        if (_database.IsShared || !Directory.Exists(Owned.Backups)) return;
        Directory.Delete(Owned.Backups, recursive: true);
        Durable.Folder(Folder);
    }

    private static void Clear(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is only a draft; the reason it could not be finished is what the person needs.
        }
    }
}
