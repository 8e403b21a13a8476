using Lowdose.Acceptance.CommandLine;
using Lowdose.Records;
using NodaTime;

namespace Lowdose.Acceptance.Records;

/// <summary>Empty records for one test, in a file or in PostgreSQL.</summary>
internal abstract class Store : IDisposable
{
    private const string Everywhere = "LOWDOSE_ACCEPTANCE_ON";

    /// <summary>Where a test keeps its records that does not say: in a file, or, where <c>LOWDOSE_ACCEPTANCE_ON=postgres</c>, in PostgreSQL.</summary>
    public static Store Usual() => Environment.GetEnvironmentVariable(Everywhere) == "postgres" ? new ServerStore() : new FileStore();

    /// <summary>The data folder.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>What a line about it ends with.</summary>
    public abstract string On { get; }

    /// <summary>How <c>--database</c> names it; null: the folder's file.</summary>
    public virtual string? Connection => null;

    public Archive Open(IClock? clock = null)
    {
        (Archive.Open(Folder.Path, clock ?? Some.Clock, Connection, out var archive)?.What).ShouldBeNull();
        return archive!;
    }

    /// <summary>With room for so many writes in memory.</summary>
    public abstract Archive Open(int mostInMemory);

    /// <summary>Asks the database itself; nobody has it open where it is a file.</summary>
    public abstract string? Ask(string statement);

    /// <summary>The ids of what is kept; nobody has it open where it is a file.</summary>
    public HashSet<Guid> Kept()
    {
        using var archive = Open();
        return [.. archive.Writes().Select(w => w.Id)];
    }

    /// <summary>How many writes of these people are kept.</summary>
    public int Kept(IEnumerable<Load.Face> people)
    {
        using var archive = Open(SystemClock.Instance);
        return people.Sum(face => archive.Read(log => log.Writes.Count, face.Record));
    }

    public virtual void Dispose() => Folder.Dispose();
}

/// <summary>In the file of a data folder.</summary>
internal sealed class FileStore : Store
{
    public override string On => "";

    public override Archive Open(int mostInMemory)
    {
        Archive.Open(Folder.Path, Some.Clock, SchemaSteps.All, "FULL", out var archive, mostInMemory).ShouldBeNull();
        return archive!;
    }

    public override string? Ask(string statement) => Some.Ask(Path.Combine(Folder.Path, "lowdose.db"), statement);
}

/// <summary>In a database of PostgreSQL.</summary>
/// <param name="cluster">The server; null: the one that most tests share.</param>
/// <param name="database">One that is there already, by its connection; null: a new one.</param>
internal sealed class ServerStore(Cluster? cluster = null, string? database = null) : Store
{
    private readonly Cluster cluster = cluster ?? Cluster.Shared;
    private string? connection = database;

    public override string On => ", on PostgreSQL";

    public override string? Connection => connection ??= cluster.Make();

    public override Archive Open(int mostInMemory)
    {
        Archive.Open(null, Some.Clock, Connection!, SchemaSteps.Postgres, mostInMemory, out var archive).ShouldBeNull();
        return archive!;
    }

    /// <summary>As another Lowdose on another computer has it.</summary>
    public Archive OpenAnother(IClock? clock = null)
    {
        Archive.OpenDatabase(Connection!, clock ?? Some.Clock, out var archive).ShouldBeNull();
        return archive!;
    }

    public override string? Ask(string statement) => Cluster.AskAt(Connection!, statement);

    public override void Dispose()
    {
        base.Dispose();
        cluster.Drop(Connection!);
    }
}
