using Lowdose.Acceptance.CommandLine;
using Lowdose.Diary;
using Lowdose.Records;
using Microsoft.Data.Sqlite;

namespace Lowdose.Acceptance.Records;

/// <summary>What only a file of one's own has: an owner, rights, and bytes that can be searched.</summary>
public sealed class OwnFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_has_one_owner_and_is_free_after_it()
    {
        using (Some.Open(folder.Path))
            Archive.Open(folder.Path, Some.Clock, out _)!.What.ShouldBe($"another Lowdose is using {folder.Path}");
        Some.Open(folder.Path).Dispose();
    }

    [Fact, Trait("trust", "R22")]
    public void Another_program_cannot_touch_the_file_while_it_is_open()
    {
        using var archive = Some.Open(folder.Path);
        archive.Append(Some.Day(0));
        var file = Path.Combine(folder.Path, "lowdose.db");
        Should.Throw<SqliteException>(() => Some.Ask(file, "SELECT count(*) FROM writes")).SqliteErrorCode.ShouldBe(5);
        Should.Throw<SqliteException>(() => Some.Ask(file, "PRAGMA wal_checkpoint(TRUNCATE)")).SqliteErrorCode.ShouldBe(5);
        archive.Append(Some.Day(1)).ShouldBeOfType<Appended.Accepted>();
    }

    [Fact]
    public void The_file_itself_refuses_to_change_or_delete_a_write()
    {
        using (var archive = Some.Open(folder.Path)) archive.Append(Some.Day(0));
        var file = Path.Combine(folder.Path, "lowdose.db");
        Should.Throw<SqliteException>(() => Some.Ask(file, "DELETE FROM writes")).Message.ShouldContain("a write is never deleted");
        Should.Throw<SqliteException>(() => Some.Ask(file, "UPDATE writes SET zone = 'UTC'")).Message.ShouldContain("a write is never changed");
    }

    [Fact]
    public void Only_the_owner_may_read_the_files()
    {
        var inside = Path.Combine(folder.Path, "data");
        using var archive = Some.Open(inside);
        archive.Append(Some.Day(0));
        if (OperatingSystem.IsWindows()) return;
        File.GetUnixFileMode(inside).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in new[] { "lowdose.db", "lowdose.db-wal" })
            File.GetUnixFileMode(Path.Combine(inside, file)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Delete_me_leaves_nothing_in_the_folder()
    {
        using (var archive = Some.Open(folder.Path))
        {
            for (var n = 0; n < 200; n++) archive.Append(Some.Day(n, ("note", $"canary-{n}-tvrkdnq")));
            archive.BackUpDaily().ShouldBeNull();
            Some.Holds(folder.Path, "tvrkdnq").ShouldBeTrue();
            archive.Delete();
            archive.Writes().ShouldBeEmpty();
            Some.Holds(folder.Path, "tvrkdnq").ShouldBeFalse();
            Some.Holds(folder.Path, "day/2026").ShouldBeFalse();
            archive.Append(Some.Day(0)).ShouldBeOfType<Appended.Accepted>();
        }
        Some.Integrity(folder.Path).ShouldBe("ok");
    }
}
