using Lowdose.Acceptance.CommandLine;
using Lowdose.Records;
using Npgsql;

namespace Lowdose.Acceptance.Records;

/// <summary>A PostgreSQL that cannot be used is refused with the reason, and no password is ever said. Older tables are brought up to date, newer ones left alone.</summary>
public sealed class ServerRefusalTests : IDisposable
{
    private readonly ServerStore store = new();

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, SchemaSteps.Postgres.Count)];

    public void Dispose() => store.Dispose();

    [Fact]
    public void Each_reason_is_said_and_never_the_password()
    {
        Refusal(Changed(c => c.Host = "127.0.0.1", c => c.Port = 1)).ShouldContain("cannot be reached");
        Refusal(Changed(c => c.Password = "another-" + Cluster.Password)).ShouldContain("does not let lowdose in");
        Refusal(Changed(c => c.Database = "nowhere")).ShouldContain("there is no database nowhere");
        Refusal("postgres://lowdose:" + Cluster.Password + "@localhost/lowdose").ShouldContain("cannot be read");
        Refusal("Host=;Password=" + Cluster.Password).ShouldContain("cannot be read");
        Refusal("Host=localhost;Pasword=" + Cluster.Password).ShouldContain("cannot be read");
        store.Ask("CREATE TABLE songs (title TEXT)");
        Refusal(store.Connection!).ShouldContain("holds something else than Lowdose");
    }

    [Fact]
    public void A_user_without_the_right_to_make_tables_is_told_so()
    {
        store.Ask("CREATE ROLE guest LOGIN PASSWORD 'guest-word-1'");
        try
        {
            Refusal(Changed(c => c.Username = "guest", c => c.Password = "guest-word-1")).ShouldContain("may not be made or used");
        }
        finally
        {
            store.Ask("DROP ROLE guest");
        }
    }

    [Fact]
    public void A_server_that_does_not_wait_for_the_disk_is_refused_and_a_session_always_waits()
    {
        using var cluster = new Cluster();
        var connection = cluster.Make();
        cluster.Ask("postgres", "ALTER SYSTEM SET synchronous_commit = off");
        cluster.Ask("postgres", "SELECT pg_reload_conf()");
        Archive.OpenDatabase(connection, Some.Clock, out var archive).ShouldBeNull();
        using (archive) archive!.Query(tables => Setting(tables, "synchronous_commit")).ShouldBe("on");
        cluster.Ask("postgres", "ALTER SYSTEM SET fsync = off");
        cluster.Ask("postgres", "SELECT pg_reload_conf()");
        for (var tries = 0; tries < 100 && cluster.Ask("postgres", "SHOW fsync") == "on"; tries++) Thread.Sleep(20);
        Archive.OpenDatabase(connection, Some.Clock, out _)!.What.ShouldContain("fsync off");
    }

    [Theory, Trait("trust", "R12")]
    [MemberData(nameof(Versions))]
    public void Tables_of_every_schema_are_brought_up_to_date_with_all_their_rows(int version)
    {
        var write = Some.Day(0, ("note", "äöü"));
        Archive.Open(null, Some.Clock, store.Connection!, SchemaSteps.Postgres, 1000, out var made).ShouldBeNull();
        string content;
        using (made) made!.Append(write);
        content = store.Ask("SELECT encode(content, 'hex') FROM writes")!;
        // As a program of that schema left them.
        store.Ask("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)");
        for (var step = 1; step <= version; step++) store.Ask($"{SchemaSteps.Postgres[step - 1]}; INSERT INTO schema_version VALUES ({step}, 'then')");
        store.Ask("INSERT INTO people (id, created_at) VALUES ('me', '2026-12-01T21:00:00Z'); INSERT INTO writes (id, person, subject, written_at, zone, actor, received_at, state, content) "
            + $"VALUES ('{write.Id}', 'me', '{write.Subject}', '2026-12-01T21:00:00Z', 'Europe/Berlin', 'me', '2026-12-01T21:00:00Z', 'accepted', decode('{content}', 'hex'))");
        using var archive = store.OpenAnother();
        archive.Writes().ShouldHaveSingleItem().IsSameAs(write).ShouldBeTrue();
        archive.Append(Some.Day(1)).ShouldBe(new Diary.Appended.Accepted(2));
    }

    [Fact, Trait("trust", "R12")]
    public void An_older_program_refuses_newer_tables_and_leaves_them_as_they_are()
    {
        Archive.Open(null, Some.Clock, store.Connection!, [.. SchemaSteps.Postgres, "ALTER TABLE people ADD COLUMN colour TEXT"], 1000, out var newer).ShouldBeNull();
        newer!.Dispose();
        Refusal(store.Connection!).ShouldContain($"written by a newer Lowdose (schema {SchemaSteps.Postgres.Count + 1}; this one knows {SchemaSteps.Postgres.Count})");
        store.Ask("SELECT max(version) FROM schema_version").ShouldBe((SchemaSteps.Postgres.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_step_that_fails_leaves_no_table_behind()
    {
        Archive.Open(null, Some.Clock, store.Connection!, [.. SchemaSteps.Postgres, "SELECT 1 / 0"], 1000, out _)!.What.ShouldContain("SQLSTATE 22012");
        store.Ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").ShouldBe("0");
    }

    [Fact]
    public void The_tables_themselves_refuse_to_change_delete_or_empty_what_was_written()
    {
        using (var archive = store.OpenAnother()) archive.Append(Some.Day(0));
        Should.Throw<PostgresException>(() => store.Ask("DELETE FROM writes")).MessageText.ShouldBe("a write is never deleted");
        Should.Throw<PostgresException>(() => store.Ask("UPDATE writes SET zone = 'UTC'")).MessageText.ShouldBe("a write is never changed");
        Should.Throw<PostgresException>(() => store.Ask("TRUNCATE writes")).MessageText.ShouldBe("a write is never changed");
        Should.Throw<PostgresException>(() => store.Ask("TRUNCATE people CASCADE"));
    }

    [Fact]
    public void The_command_line_works_on_it_and_says_no_password()
    {
        var (connection, days) = (store.Connection!, LowdoseProcess.Example("probably-works.csv"));
        LowdoseProcess.Run("import", "csv", days, "--database", connection, "--json").ShouldBe(new(0, "{\"added\":121,\"known\":0,\"conflicts\":0}\n", ""));
        using (var server = Served.StartOn(connection, Path.Combine(store.Folder.Path, "data")))
        {
            LowdoseProcess.Run("import", "csv", days, "--database", connection).Output.ShouldBe("0 entries added, 121 were there already\n");
            LowdoseProcess.Run("export", "csv", "--database", connection).Output.Split('\n').Length.ShouldBe(123);
            server.Kill();
            server.Said.ShouldNotContain(Cluster.Password);
            server.Said.ShouldContain("Your diary is in the database");
        }
        var file = Path.Combine(store.Folder.Path, "a.backup");
        LowdoseProcess.Run("backup", file, "--database", connection).Error.ShouldContain("use pg_dump");
        LowdoseProcess.Run("restore", file, "--database", connection).ExitCode.ShouldBe(2);
        var wrong = LowdoseProcess.Run("export", "csv", "--database", Changed(c => c.Password = Cluster.Password + "-wrong"));
        (wrong.ExitCode, wrong.Output).ShouldBe((2, ""));
        wrong.Error.ShouldContain("does not let lowdose in");
        wrong.Error.ShouldNotContain(Cluster.Password);
    }

    private string Changed(params Action<NpgsqlConnectionStringBuilder>[] changes)
    {
        var settings = new NpgsqlConnectionStringBuilder(store.Connection);
        foreach (var change in changes) change(settings);
        return settings.ToString();
    }

    private static string Refusal(string connection)
    {
        var refused = Archive.OpenDatabase(connection, Some.Clock, out _).ShouldNotBeNull();
        var said = $"{refused.What}; {refused.Do}";
        said.ShouldNotContain(Cluster.Password);
        said.ShouldNotContain("guest-word");
        return said;
    }

    private static string? Setting(RecordsContext tables, string name) =>
        Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.SqlQuery<string>(tables.Database, $"SELECT current_setting({name}) AS \"Value\"").Single();
}
