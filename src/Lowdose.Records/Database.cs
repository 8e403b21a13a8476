using NodaTime;

namespace Lowdose.Records;

/// <summary>Where the tables are: a file of our own (<see cref="DatabaseFile"/>), or a server that others write to as well (<see cref="PostgresDatabase"/>). Safe for many threads.</summary>
internal abstract class Database : IDisposable
{
    /// <summary>Other processes write to it too: whoever reads must look what they have added.</summary>
    public abstract bool IsShared { get; }

    /// <summary>A failed disk has been met: reading goes on, writing does not.</summary>
    public abstract bool IsReadOnly { get; }

    /// <summary>What it is called in a sentence; never holds a password.</summary>
    public abstract string Name { get; }

    /// <summary>The steps that make its tables, the first first.</summary>
    public abstract IReadOnlyList<string> Steps { get; }

    /// <summary>The version of its tables: 0 where it is empty, null where it holds something else.</summary>
    public abstract int? Version();

    /// <summary>Applies the steps that are missing, all or none; of several programs that begin at once one does it.</summary>
    public abstract void Apply(IReadOnlyList<string> steps, Instant now);

    /// <summary>Reads.</summary>
    /// <param name="read">What is wanted; it may be called twice: a connection can be lost.</param>
    /// <param name="atOneMoment">All that it asks is answered as of one moment.</param>
    /// <exception cref="NotKeptException">The database is away.</exception>
    public abstract T Read<T>(Func<RecordsContext, T> read, bool atOneMoment = false);

    /// <summary>Changes in one transaction; when this returns, it is on the disk.</summary>
    /// <param name="person">Whose turn it takes first: no other process changes this person's records meanwhile. Null: nobody's.</param>
    /// <param name="change">Called once.</param>
    /// <exception cref="NotKeptException">It is not on the disk, or nobody can know; nothing may be acknowledged.</exception>
    public abstract void Commit(string? person, Action<RecordsContext> change);

    /// <summary>Whether <see cref="WithoutTheRule"/> is allowed: the database's user may be no more than one who writes.</summary>
    public abstract bool MayLiftTheRule { get; }

    /// <summary>Lifts, inside a change, the rule that a write is never changed.</summary>
    public abstract void WithoutTheRule(RecordsContext tables, Action work);

    /// <summary>Takes out what was deleted or sealed and still lies about, as far as the database can.</summary>
    /// <exception cref="NotKeptException">The disk is full or has failed.</exception>
    public abstract void LeaveNoTrace();

    public abstract void Dispose();
}
