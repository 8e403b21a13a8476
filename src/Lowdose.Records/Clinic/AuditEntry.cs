using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Records.Clinic;

/// <summary>One entry of the audit trail, read back.</summary>
/// <param name="Sequence">Its number; the first is 1.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who: see <see cref="Deed.Actor"/>.</param>
/// <param name="Act">What; null: a word this version does not know.</param>
/// <param name="Word">The same, as it is kept.</param>
/// <param name="Record">With whose record; null: with none.</param>
/// <param name="Detail">What else, in the closed words of <see cref="Clinic.Detail"/>.</param>
public sealed record AuditEntry(long Sequence, Instant At, string Actor, Act? Act, string Word, string? Record, string Detail)
{
    internal static AuditEntry Of(AuditRow row) =>
        new(row.Sequence, InstantPattern.ExtendedIso.Parse(row.At).Value, row.Actor, ActWords.Read(row.Act), row.Act, row.Record, row.Detail);
}

/// <summary>An entry as it lies in the database.</summary>
internal sealed class AuditRow
{
    public required long Sequence { get; init; }
    public required string At { get; init; }
    public string? Organisation { get; init; }
    public required string Actor { get; init; }
    public required string Act { get; init; }
    public string? Record { get; init; }
    public required string Detail { get; init; }
    public required byte[] Previous { get; init; }
    public required byte[] Hash { get; init; }
}

internal sealed class AuditTable : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> audit)
    {
        audit.InTable("audit");
        audit.HasKey(a => a.Sequence);
        audit.Property(a => a.Sequence).ValueGeneratedNever();
    }
}
