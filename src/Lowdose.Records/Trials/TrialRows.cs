using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Lowdose.Records.Trials;

internal sealed record TrialRow(string Id, string Organisation, string Name, byte[] Design, string MadeBy, Instant MadeAt);

internal sealed record TrialRecordRow(string Trial, int Number, byte[] Content);

internal sealed record TrialPlaceRow(string Trial, string Subject, string? Record);

/// <summary>An allocation as it lies in the database, closed.</summary>
internal sealed record SealedAllocationRow(string Trial, byte[] Nonce, byte[] Closed);

internal sealed class TrialTables : IEntityTypeConfiguration<TrialRow>, IEntityTypeConfiguration<TrialRecordRow>, IEntityTypeConfiguration<TrialPlaceRow>, IEntityTypeConfiguration<SealedAllocationRow>
{
    public void Configure(EntityTypeBuilder<TrialRow> builder)
    {
        builder.InTable("trials");
        builder.HasKey(trial => trial.Id);
    }

    public void Configure(EntityTypeBuilder<TrialRecordRow> builder)
    {
        builder.InTable("trial_records");
        builder.HasKey(record => new { record.Trial, record.Number });
    }

    public void Configure(EntityTypeBuilder<TrialPlaceRow> builder)
    {
        builder.InTable("trial_places");
        builder.HasKey(place => new { place.Trial, place.Subject });
    }

    public void Configure(EntityTypeBuilder<SealedAllocationRow> builder)
    {
        builder.InTable("sealed_allocations");
        builder.HasKey(allocation => allocation.Trial);
    }
}
