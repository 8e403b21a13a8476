using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Lowdose.Dosing;
using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Records;

/// <summary>What a backup says about itself.</summary>
/// <param name="Schema">The version of its tables.</param>
/// <param name="Writes">How many writes it holds.</param>
/// <param name="TakenAt">When it was made.</param>
public sealed record BackupFacts(int Schema, int Writes, Instant TakenAt);

/// <summary>
/// A backup: the database, which any SQLite opens, and after it one line with its facts and the SHA-256 of everything before the sum.
/// So a changed bit anywhere is seen. It guards against accidents, not against somebody who can compute a new sum.
/// </summary>
public static partial class BackupFile
{
    private const int LongestLine = 200;

    /// <summary>Checks a backup to the last bit.</summary>
    /// <param name="path">The file.</param>
    /// <param name="facts">Null where it is refused.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static Refused? Check(string path, out BackupFacts? facts)
    {
        facts = null;
        try
        {
            using var file = File.OpenRead(path);
            return Check(file, out facts, out _);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new("there is no such file", "check the path");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new("the file cannot be opened", "check that you may read it");
        }
    }

    /// <summary>Puts a backup's records into a folder nobody owns. What was there is moved aside into its <c>backups</c> folder, not deleted.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="clock">Names what is moved aside.</param>
    /// <param name="facts">What was restored; null where refused.</param>
    /// <returns>Null, or why nothing was changed.</returns>
    public static Refused? Restore(string path, string folder, IClock clock, out BackupFacts? facts)
    {
        if (Check(path, out facts) is { } damaged) return damaged;
        var found = facts!;
        facts = null;
        if (found.Schema > SchemaSteps.All.Count) return new($"the backup was made by a newer Lowdose (schema {found.Schema}; this one knows {SchemaSteps.All.Count})", "update Lowdose");
        if (DataFolder.Own(folder, out var owned) is { } notOurs) return notOurs;
        using (owned)
        {
            var draft = owned!.Restoring;
            try
            {
                CopyDatabase(path, draft);
                if (Disagrees(draft, found)) return new("the backup holds something else than it says", "take another backup");
                MoveAside(owned, clock.GetCurrentInstant());
                File.Move(draft, owned.Database);
                Durable.Folder(owned.Path);
                facts = found;
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
            {
                return new($"the records could not be put into {owned.Path}: {e.Message.TrimEnd('.')}", "check that there is room and that you may write there");
            }
            finally
            {
                File.Delete(draft);
            }
        }
    }

    /// <summary>What a restore that was broken off left. Where the old records were moved aside already, no empty diary may begin in their place; before that, nothing was changed.</summary>
    internal static Refused? BrokenOff(DataFolder owned)
    {
        if (!File.Exists(owned.Restoring)) return null;
        if (!File.Exists(owned.Database)) return new($"a restore into {owned.Path} was broken off", $"run lowdose restore again with the same backup; what was there before is in {owned.Backups}");
        File.Delete(owned.Restoring);
        return null;
    }

    /// <summary>Adds the line, and waits for the disk.</summary>
    internal static void Finish(string path, BackupFacts facts)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var line = string.Create(CultureInfo.InvariantCulture, $"\nlowdose backup 1; schema {facts.Schema}; writes {facts.Writes}; bytes {file.Length}; taken {InstantPattern.ExtendedIso.Format(facts.TakenAt)}; sha-256 ");
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.ASCII.GetBytes(line));
        file.Position = 0;
        var sum = SHA256.HashData(file);
        file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(sum) + "\n"));
        file.Flush(flushToDisk: true);
    }

    private static Refused? Check(FileStream file, out BackupFacts? facts, out long databaseBytes)
    {
        (facts, databaseBytes) = (null, 0);
        var tail = new byte[Math.Min(LongestLine, file.Length)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        var match = Line().Match(Encoding.Latin1.GetString(tail));
        if (!match.Success) return new("this is no whole backup of Lowdose", "take another backup, or the file as it was before it was copied");
        file.Position = 0;
        if (Convert.ToHexStringLower(Sum(file, file.Length - 65)) != match.Groups["sum"].Value || InstantPattern.ExtendedIso.Parse(match.Groups["taken"].Value) is not { Success: true, Value: var taken }
            || (databaseBytes = long.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture)) != file.Length - match.Length)
            return new("the backup is damaged: its sum does not agree", "take another backup; this one is not restored");
        facts = new(int.Parse(match.Groups["schema"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["writes"].Value, CultureInfo.InvariantCulture), taken);
        return null;
    }

    private static byte[] Sum(FileStream file, long bytes)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[1 << 16];
        for (int n; bytes > 0 && (n = file.Read(chunk, 0, (int)Math.Min(chunk.Length, bytes))) > 0; bytes -= n) sum.AppendData(chunk, 0, n);
        return sum.GetHashAndReset();
    }

    private static void CopyDatabase(string path, string draft)
    {
        File.Delete(draft);
        using var from = File.OpenRead(path);
        // Checked once more as it is read: the file may have changed since.
        if (Check(from, out _, out var bytes) is { } damaged) throw new IOException(damaged.What);
        from.Position = 0;
        using var to = Durable.Create(draft);
        var chunk = new byte[1 << 16];
        for (int n; bytes > 0 && (n = from.Read(chunk, 0, (int)Math.Min(chunk.Length, bytes))) > 0; bytes -= n) to.Write(chunk, 0, n);
        to.Flush(flushToDisk: true);
    }

    private static bool Disagrees(string draft, BackupFacts facts)
    {
        using var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = $"file:{Uri.EscapeDataString(draft)}?immutable=1", Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        file.Open();
        using var asked = file.CreateCommand();
        asked.CommandText = "PRAGMA integrity_check";
        if (asked.ExecuteScalar() is not "ok" || SchemaSteps.VersionOf(file) != facts.Schema) return true;
        asked.CommandText = "SELECT count(*) FROM writes";
        return facts.Schema > 0 && (long)asked.ExecuteScalar()! != facts.Writes;
    }

    private static void MoveAside(DataFolder owned, Instant now)
    {
        string[] there = [.. new[] { "", "-wal", "-shm" }.Select(end => owned.Database + end).Where(File.Exists)];
        if (there.Length == 0) return;
        var aside = Path.Combine(owned.Backups, "replaced-" + now.ToString("uuuu-MM-dd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        Durable.MakeFolder(aside);
        foreach (var file in there) File.Move(file, Path.Combine(aside, Path.GetFileName(file)));
        Durable.Folder(aside);
        Durable.Folder(owned.Path);
    }

    [GeneratedRegex(@"\nlowdose backup 1; schema (?<schema>[0-9]{1,6}); writes (?<writes>[0-9]{1,9}); bytes (?<bytes>[0-9]{1,15}); taken (?<taken>[0-9T:.Z-]{1,40}); sha-256 (?<sum>[0-9a-f]{64})\n\z")]
    private static partial Regex Line();
}
