using System.Globalization;
using Lowdose.Diary;
using Lowdose.Records;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Lowdose.Acceptance.Records;

/// <summary>Writes and archives for the tests.</summary>
internal static class Some
{
    public static readonly LocalDate FirstDay = new(2026, 12, 1);

    public static FixedClock Clock { get; } = new(Instant.FromUtc(2026, 12, 1, 21, 0));

    /// <summary>A write about the n-th day, with an id of its own.</summary>
    public static DiaryWrite Day(int n, params (string Field, string? Value)[] changes) => new(Guid.NewGuid(), Subjects.Day(FirstDay.PlusDays(n)), null,
        [.. (changes.Length == 0 ? [(DayFields.Note, "day " + n.ToString(CultureInfo.InvariantCulture))] : changes).Select(c => new Change(c.Item1, c.Item2))],
        Instant.FromUtc(2026, 12, 1, 21, 0).Plus(Duration.FromDays(n)), "Europe/Berlin", "me");

    /// <summary>A write about the n-th day back from a time that was over when this was written: a server takes no day that has not come.</summary>
    /// <param name="n">0 to 9,700; no diary begins before the year 2000.</param>
    /// <param name="changes">A note where there are none.</param>
    public static DiaryWrite Past(int n, params (string Field, string? Value)[] changes) => Day(-100 - n, changes);

    public static Archive Open(string folder, IClock? clock = null)
    {
        Archive.Open(folder, clock ?? Clock, out var archive).ShouldBeNull();
        return archive!;
    }

    /// <summary>Every write of an archive, in order.</summary>
    public static IReadOnlyList<DiaryWrite> Writes(this Archive archive) => archive.Read(log => log.Writes.Select(w => w.Write).ToArray());

    /// <summary>The ids in a data folder that nobody owns.</summary>
    public static HashSet<Guid> KeptIn(string folder)
    {
        using var archive = Open(folder);
        return [.. archive.Writes().Select(w => w.Id)];
    }

    /// <summary>What SQLite itself says of the file of a data folder that nobody owns.</summary>
    public static string? Integrity(string folder) => Ask(Path.Combine(folder, "lowdose.db"), "PRAGMA integrity_check");

    public static string? Ask(string file, string query)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 1 }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a word stands anywhere in the files of a folder.</summary>
    public static bool Holds(string folder, string word) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetExtension(f) is not (".lock" or ".sock")).Any(f => File.ReadAllBytes(f).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(word)) >= 0);
}

/// <summary>A clock that stands where it is put.</summary>
internal sealed class FixedClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;
}
