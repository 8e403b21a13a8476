using System.Text.RegularExpressions;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Records;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Tests.Safety;
using Npgsql;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Audited;

/// <summary>What only a server has: several nodes that write one chain, and roles that may not.</summary>
public sealed class ServerTrailTests(ITestOutputHelper output) : IDisposable
{
    private const string Role = "lowdose_web", Password = "kestrel-harbour-43";
    private readonly ServerStore store = new();

    public void Dispose() => store.Dispose();

    [Fact, Trait("trust", "R13")]
    public void Three_nodes_that_append_at_once_make_one_chain()
    {
        const int Each = 100;
        using var one = store.OpenAnother();
        using var two = store.OpenAnother();
        using var three = store.OpenAnother();
        Archive[] nodes = [one, two, three];
        AuditTrail[] trails = [.. nodes.Select(n => new AuditTrail(n, Some.Clock))];
        Parallel.For(0, 3 * Each, new ParallelOptions { MaxDegreeOfParallelism = 6 }, n =>
        {
            if (n % 4 == 0) nodes[n % 3].Change(tables => AuditTrail.Append(tables, Some.Clock.Now, Deeds.Of(n)));
            else trails[n % 3].Note(Deeds.Of(n));
        });
        foreach (var node in nodes) AuditWalk.Along(node, [trails[0].Head()]).ShouldSatisfyAllConditions(f => f.Fault.ShouldBeNull(), f => f.Entries.ShouldBe(3 * Each));
        output.WriteLine(new FaultCount("R13", "three nodes append to one PostgreSQL at once", 3 * Each, 3 * Each, "entries", "one chain without a gap, whole from every node").ToString());
    }

    [Fact, Trait("trust", "S17")]
    public void The_role_of_the_manual_can_add_an_entry_and_read_but_not_change_delete_empty_or_unprotect()
    {
        using (var owner = store.Open()) new AuditTrail(owner, Some.Clock).Note(Deeds.Of(0));
        var manual = File.ReadAllText(Path.Combine(LowdoseProcess.Repository, "docs", "methods", "audit.md"));
        store.Ask($"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{Role}') THEN CREATE ROLE {Role} LOGIN PASSWORD '{Password}'; END IF; END $$");
        store.Ask(Regex.Match(manual, "```sql\n(.*?)```", RegexOptions.Singleline).Groups[1].Value);
        var connection = new NpgsqlConnectionStringBuilder(store.Connection!) { Username = Role, Password = Password, Pooling = false }.ToString();
        Archive.OpenDatabase(connection, Some.Clock, out var opened).ShouldBeNull();
        using var archive = opened!;
        new AuditTrail(archive, Some.Clock).Note(Deeds.Of(1));
        AuditWalk.Along(archive, []).Entries.ShouldBe(2);
        string[] all =
        [
            "UPDATE audit SET actor = 'somebody else' WHERE sequence = 2", "DELETE FROM audit", "TRUNCATE audit", "DROP TABLE audit", "DROP TRIGGER audit_holds ON audit",
            "ALTER TABLE audit DISABLE TRIGGER audit_holds", "SET session_replication_role = replica", "CREATE OR REPLACE FUNCTION the_audit_trail_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        ];
        foreach (var meddling in all) Should.Throw<PostgresException>(() => Cluster.AskAt(connection, meddling), meddling).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, meddling);
        AuditWalk.Along(archive, []).ShouldSatisfyAllConditions(f => f.Fault.ShouldBeNull(), f => f.Entries.ShouldBe(2));
        output.WriteLine(new FaultCount("S17", "the role of the manual tries to change, delete, empty or unprotect the audit trail, on PostgreSQL", all.Length, all.Length, "statements", "all refused for want of rights").ToString());
    }

    [Fact]
    public void The_command_verifies_a_database_beside_those_who_serve_it()
    {
        using var archive = store.Open();
        new AuditTrail(archive, Some.Clock).Note(Deeds.Of(0));
        LowdoseProcess.Run("audit", "verify", "--database", store.Connection!, "--json").ShouldSatisfyAllConditions(o => o.Error.ShouldBe(""), o => o.ExitCode.ShouldBe(0), o => o.Output.ShouldContain("\"entries\":1"));
    }
}
