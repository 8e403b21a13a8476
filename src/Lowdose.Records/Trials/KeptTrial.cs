using Lowdose.Evidence;
using Lowdose.Trials;
using NodaTime;

namespace Lowdose.Records.Trials;

/// <summary>A trial as it is kept. What it held when it was read is what a new record must follow.</summary>
/// <param name="Id">A random UUID: its name in addresses and in the audit trail.</param>
/// <param name="Organisation">Whose it is.</param>
/// <param name="MadeBy">The account that made it.</param>
/// <param name="MadeAt">When.</param>
/// <param name="Trial">The design and what happened. It holds no arm.</param>
/// <param name="Places">Whose record each place is; null where the person deleted it.</param>
public sealed record KeptTrial(string Id, string Organisation, string MadeBy, Instant MadeAt, Trial Trial, IReadOnlyDictionary<string, string?> Places)
{
    /// <summary>The place a record has; null where it has none.</summary>
    /// <param name="record">The record.</param>
    public string? PlaceOf(string record) => Places.Where(p => p.Value == record).Select(p => p.Key).FirstOrDefault();
}

/// <summary>How a trial's pieces are written as bytes: the archive keeps them and does not read them.</summary>
/// <param name="Design">Writes a design.</param>
/// <param name="ReadDesign">Reads it again.</param>
/// <param name="Record">Writes what happened.</param>
/// <param name="ReadRecord">Reads it again.</param>
public sealed record TrialWriting(Func<Design, byte[]> Design, Func<byte[], Design> ReadDesign, Func<TrialRecord, byte[]> Record, Func<byte[], TrialRecord> ReadRecord);
