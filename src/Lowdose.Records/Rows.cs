namespace Lowdose.Records;

/// <summary>One person whose writes are kept.</summary>
internal sealed class PersonRow
{
    public required string Id { get; init; }
    public required string CreatedAt { get; init; }
    public string? Organisation { get; init; }
}

/// <summary>One write as it lies in the database. What it says is in <see cref="Content"/>, sealed where there is a passphrase.</summary>
internal sealed class WriteRow
{
    public long Sequence { get; init; }
    public required Guid Id { get; init; }
    public required string Person { get; init; }
    public required string Subject { get; init; }
    public Guid? Base { get; init; }
    public required string WrittenAt { get; init; }
    public required string Zone { get; init; }
    public required string Actor { get; init; }
    public required string ReceivedAt { get; init; }
    public required string State { get; init; }
    public required byte[] Content { get; init; }
}

/// <summary>A person's data key, wrapped with a key that only the passphrase gives.</summary>
internal sealed class KeyRow
{
    public required string Person { get; init; }
    public required string Derivation { get; init; }
    public required int Rounds { get; init; }
    public required byte[] Salt { get; init; }
    public required byte[] Wrapped { get; init; }
}
