using System.Globalization;
using Lowdose.Diary;
using Lowdose.Records;
using SQLitePCL;

namespace Lowdose.Acceptance.Records;

/// <summary>The tests' own program: a process that writes or migrates until it is killed. Every line it says is one acknowledged write.</summary>
internal static class Child
{
    private static int Main(string[] arguments) => arguments switch
    {
        ["write", var folder, var writers, var each, var synchronous] => Write(folder, Number(writers), Number(each), synchronous),
        ["full", var folder] => Full(folder),
        ["golden", var folder] => Golden(folder),
        ["migrate", var folder] => Migrate(folder),
        ["seal", var folder] => SealAll(folder),
        ["meddle", var folder, var tries] => Meddle(folder, Number(tries)),
        ["node", var connection, var folder, var key, var origin] => Reminders.TwoNodesTests.Node(connection, folder, key, origin),
        _ => 2,
    };

    private static int Write(string folder, int writers, int each, string synchronous)
    {
        if (Archive.Open(folder, NodaTime.SystemClock.Instance, SchemaSteps.All, synchronous, out var archive) is { } refused)
        {
            Console.Error.WriteLine(refused.What);
            return 3;
        }
        using (archive)
        {
            var failed = 0;
            // The first write of each compiles what the others run; the times of a kill begin after it.
            var warm = writers;
            Parallel.For(0, writers, new ParallelOptions { MaxDegreeOfParallelism = writers }, writer =>
            {
                for (var n = 0; n < each; n++)
                {
                    var write = Some.Day((writer * 100) + (n % 100), ("note", new string('x', 40 + (n * 37 % 900))));
                    try
                    {
                        if (archive!.Append(write with { Base = archive!.Read(l => l.Head(write.Subject)) }) is Appended.Accepted) Say(write.Id.ToString());
                    }
                    catch (NotKeptException notKept)
                    {
                        Interlocked.Increment(ref failed);
                        Say("not kept: " + notKept.Why);
                    }
                    if (n == 0 && Interlocked.Decrement(ref warm) == 0) Say("ready");
                }
            });
            Say($"{failed} not kept, {archive!.Writes().Count} readable, {(archive!.IsReadOnly ? "read-only" : "writable")}");
        }
        return 0;
    }

    /// <summary>On a disk of its own: fills it, looks, makes room, and goes on.</summary>
    private static int Full(string folder)
    {
        var ballast = Path.Combine(folder, "ballast");
        File.WriteAllBytes(ballast, new byte[64 << 10]);
        var data = Path.Combine(folder, "data");
        List<Guid> acknowledged = [];
        int before;
        using (var archive = Some.Open(data))
        {
            var full = false;
            for (var n = 0; !full && n < 100_000; n++) full = !Keeps(archive, Some.Day(n % 3000, ("note", new string('x', 3000))), acknowledged);
            before = acknowledged.Count;
            Console.Write($"full after {before}; ");
            Console.Write(archive.Writes().Count == before && !archive.IsReadOnly ? "read; " : $"{archive.Writes().Count} readable; ");
            Console.Write(archive.BackUp(Path.Combine(folder, "a.backup")) is not null ? "backup refused; " : "backed up; ");
            File.Delete(ballast);
            Console.Write(Keeps(archive, Some.Day(0, ("mood", "3")), acknowledged) ? "went on; " : "stuck; ");
        }
        var kept = Some.KeptIn(data);
        // Another connection would want room of its own.
        using var file = DatabaseFile.Open(Path.Combine(data, "lowdose.db"));
        Console.WriteLine($"{acknowledged.Count(id => !kept.Contains(id))} lost; {file.Ask("PRAGMA integrity_check")}");
        return 0;
    }

    private static bool Keeps(Archive archive, DiaryWrite write, List<Guid> acknowledged)
    {
        try
        {
            archive.Append(write with { Base = archive.Read(l => l.Head(write.Subject)) });
            acknowledged.Add(write.Id);
            return true;
        }
        catch (NotKeptException notKept) when (notKept.Why == NotKept.DiskFull)
        {
            return false;
        }
    }

    /// <summary>Makes the file of today's schema that later versions must still open; see Golden/README.md.</summary>
    private static int Golden(string folder)
    {
        using var archive = Some.Open(folder);
        (string Subject, string Field, string? Value)[] said =
        [
            (Subjects.Course, "primary", "pain"), (Subjects.Day(Some.FirstDay), "pain", "6"), (Subjects.Day(Some.FirstDay), "dose", "taken 4.5 mg at 22:05"),
            (Subjects.Day(Some.FirstDay), "note", "two lines\nand an umlaut: ä"), (Subjects.Day(Some.FirstDay), "pain", null), (Subjects.Day(Some.FirstDay.PlusDays(1)), "dose", "skipped"),
        ];
        foreach (var (subject, field, value) in said)
        {
            var write = new DiaryWrite(Guid.CreateVersion7(), subject, archive.Read(l => l.Head(subject)), [new(field, value)], Some.Clock.Now, "Europe/Berlin", "me");
            archive.Append(write);
        }
        // Two devices side by side.
        archive.Append(Some.Day(1, ("dose", "taken 3 mg")));
        foreach (var write in archive.Writes()) Console.WriteLine(MigrationTests.Line(write));
        return 0;
    }

    private static int Migrate(string folder)
    {
        var refused = Archive.Open(folder, NodaTime.SystemClock.Instance, MigrationTests.StepsWithOneMore, "FULL", out var archive);
        Console.WriteLine(refused?.What ?? "done");
        archive?.Dispose();
        return refused is null ? 0 : 3;
    }

    /// <summary>Sets the first passphrase.</summary>
    private static int SealAll(string folder)
    {
        using var archive = Some.Open(folder);
        return archive.SetPassphrase(SealingTests.Words) is null ? 0 : 3;
    }

    /// <summary>Another program that wants the file of a running Lowdose: reads, checkpoints, writes and opens the records, in turn.</summary>
    private static int Meddle(string folder, int tries)
    {
        var got = 0;
        // The first one makes SQLite ready.
        new Microsoft.Data.Sqlite.SqliteConnection().Dispose();
        for (var n = 0; n < tries; n++)
        {
            if (n % 4 == 3)
            {
                if (Archive.Open(folder, NodaTime.SystemClock.Instance, out var archive) is null) got++;
                archive?.Dispose();
                continue;
            }
            raw.sqlite3_open(Path.Combine(folder, "lowdose.db"), out var file);
            // Nothing waits here: a try is over at once.
            if (raw.sqlite3_exec(file, (n % 4) switch { 0 => "PRAGMA wal_checkpoint(TRUNCATE)", 1 => "SELECT count(*) FROM writes", _ => "BEGIN IMMEDIATE; COMMIT" }) == raw.SQLITE_OK) got++;
            raw.sqlite3_close(file);
        }
        Console.WriteLine($"{tries} tries, {got} got in");
        return 0;
    }

    /// <summary>One line in one write, so that a kill cannot mix two.</summary>
    private static void Say(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
