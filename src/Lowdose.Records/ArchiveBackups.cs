using System.Globalization;
using Lowdose.Dosing;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Lowdose.Records;

public sealed partial class Archive
{
    private const string Daily = "lowdose-", Ending = ".backup";

    /// <summary>Writes everything as it stands now to one file that can be checked to the last bit. Sealed records stay sealed in it.</summary>
    /// <param name="path">The file; one that is there is replaced, whole or not at all.</param>
    /// <returns>Null, or why it could not be written.</returns>
    public Refused? BackUp(string path)
    {
        lock (_backups) return Written(path);
    }

    private Refused? Written(string path)
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
            BackupFacts facts;
            lock (_gate) facts = CopyTo(draft);
            BackupFile.Finish(draft, facts);
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

    /// <summary>Makes the day's backup in the data folder where it is not there yet, and lets go of old ones (<see cref="Rotation"/>).</summary>
    /// <returns>Null, or why it could not be written.</returns>
    public Refused? BackUpDaily()
    {
        var today = _clock.GetCurrentInstant().InUtc().Date;
        var path = Path.Combine(_folder.Backups, Daily + today.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + Ending);
        lock (_backups)
        {
            if (File.Exists(path)) return null;
            if (Written(path) is { } refused) return refused;
            try
            {
                LetGo();
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return new($"old backups in {_folder.Backups} could not be let go: {e.Message.TrimEnd('.')}", "check that you may write there");
            }
        }
    }

    /// <summary>The whole backups in the data folder, the newest first; each is checked to the last bit.</summary>
    public IReadOnlyList<(string Path, BackupFacts Facts)> Backups()
    {
        if (!Directory.Exists(_folder.Backups)) return [];
        return [.. from path in Directory.EnumerateFiles(_folder.Backups, "*" + Ending)
                   let facts = BackupFile.Check(path, out var found) is null ? found : null
                   where facts is not null
                   orderby facts.TakenAt descending
                   select (path, facts)];
    }

    private void LetGo()
    {
        var kept = new Dictionary<LocalDate, string>();
        foreach (var file in Directory.EnumerateFiles(_folder.Backups, Daily + "*" + Ending))
            if (NodaTime.Text.LocalDatePattern.Iso.Parse(Path.GetFileName(file)[Daily.Length..^Ending.Length]) is { Success: true, Value: var date }) kept[date] = file;
        foreach (var old in Rotation.LetGo(kept.Keys)) File.Delete(kept[old]);
    }

    private BackupFacts CopyTo(string draft)
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = draft, Pooling = false }.ToString());
        copy.Open();
        // The whole file is put on the disk at once, at the end.
        using (var quick = copy.CreateCommand())
        {
            quick.CommandText = "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY";
            quick.ExecuteNonQuery();
        }
        _file.Connection.BackupDatabase(copy);
        using var tables = _file.Tables();
        return new(SchemaSteps.VersionOf(_file.Connection) ?? 0, SchemaSteps.VersionOf(_file.Connection) is > 0 ? tables.Writes.Count() : 0, _clock.GetCurrentInstant());
    }

    private void DeleteBackups()
    {
        if (!Directory.Exists(_folder.Backups)) return;
        Directory.Delete(_folder.Backups, recursive: true);
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
