using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Records.Clinic;

/// <summary>Who was let in to which record. Asked anew at every request, so that a withdrawal holds from the next one on. Source: docs/methods/clinic-access.md.</summary>
/// <param name="archive">Where they are kept.</param>
public sealed class Grants(Archive archive)
{
    /// <summary>What an account may do with a record; nothing where the record is of another organisation, or is not there.</summary>
    public IReadOnlyList<May> Allowed(string record, string account, string organisation, Instant now) => archive.Query(tables =>
        tables.Set<GrantRow>().AsNoTracking().Where(g => g.Record == record && g.Account == account && tables.People.Any(p => p.Id == record && p.Organisation == organisation))
            .AsEnumerable().Select(Read).Where(g => g.Holds(now)).SelectMany(g => With(g.May)).Distinct().ToArray());

    /// <summary>Every grant on a record, the first first.</summary>
    public IReadOnlyList<Grant> On(string record) => archive.Query(tables => Ordered(tables.Set<GrantRow>().AsNoTracking().Where(g => g.Record == record)));

    /// <summary>Every grant to an account, the first first.</summary>
    public IReadOnlyList<Grant> To(string account) => archive.Query(tables => Ordered(tables.Set<GrantRow>().AsNoTracking().Where(g => g.Account == account)));

    /// <summary>Gives one, unless the same holds already.</summary>
    /// <param name="tables">Of the transaction it belongs to.</param>
    /// <param name="grant">What is given.</param>
    /// <param name="by">By whom.</param>
    internal static void Give(RecordsContext tables, Grant grant, string by)
    {
        if (grant.May == May.Own) throw new ArgumentException("nobody is given what is the person's own", nameof(grant));
        var same = tables.Set<GrantRow>().Where(g => g.Record == grant.Record && g.Account == grant.Account && g.May == Text(grant.May)).AsEnumerable();
        if (same.Select(Read).Any(g => g.Holds(grant.GivenAt) && g.EndsAt == grant.EndsAt)) return;
        tables.Add(new GrantRow
        {
            Id = grant.Id, Record = grant.Record, Account = grant.Account, May = Text(grant.May), GivenBy = by,
            GivenAt = InstantPattern.ExtendedIso.Format(grant.GivenAt), EndsAt = grant.EndsAt is { } ends ? InstantPattern.ExtendedIso.Format(ends) : null,
        });
    }

    /// <summary>Withdraws every grant of a record to an account (null: research) that holds now.</summary>
    /// <param name="tables">Of the transaction it belongs to.</param>
    /// <param name="record">Whose record.</param>
    /// <param name="account">From whom.</param>
    /// <param name="by">Who withdraws.</param>
    /// <param name="now">When.</param>
    /// <returns>How many.</returns>
    internal static int Withdraw(RecordsContext tables, string record, string? account, string by, Instant now)
    {
        var holding = tables.Set<GrantRow>().Where(g => g.Record == record && g.Account == account && g.WithdrawnAt == null).AsEnumerable().Where(g => Read(g).Holds(now)).ToArray();
        foreach (var row in holding) (row.WithdrawnBy, row.WithdrawnAt) = (by, InstantPattern.ExtendedIso.Format(now));
        return holding.Length;
    }

    // Whoever writes or prescribes must see what there is.
    private static May[] With(May may) => may is May.Write or May.Prescribe ? [may, May.See] : [may];

    private static Grant[] Ordered(IQueryable<GrantRow> rows) => [.. rows.AsEnumerable().Select(Read).OrderBy(g => g.GivenAt).ThenBy(g => g.Id, StringComparer.Ordinal)];

    private static string Text(May may) => may.ToString().ToLowerInvariant();

    private static Grant Read(GrantRow row) => new(row.Id, row.Record, row.Account, Enum.Parse<May>(row.May, ignoreCase: true), InstantPattern.ExtendedIso.Parse(row.GivenAt).Value,
        row.EndsAt is { } ends ? InstantPattern.ExtendedIso.Parse(ends).Value : null, row.WithdrawnAt is { } at ? InstantPattern.ExtendedIso.Parse(at).Value : null);
}

/// <summary>A grant as it lies in the database.</summary>
internal sealed class GrantRow : IEntityTypeConfiguration<GrantRow>
{
    public string Id { get; init; } = "";
    public string Record { get; init; } = "";
    public string? Account { get; init; }
    public string May { get; init; } = "";
    public string GivenBy { get; init; } = "";
    public string GivenAt { get; init; } = "";
    public string? EndsAt { get; init; }
    public string? WithdrawnBy { get; set; }
    public string? WithdrawnAt { get; set; }

    public void Configure(EntityTypeBuilder<GrantRow> builder)
    {
        builder.ToTable("grants").HasKey(g => g.Id);
        builder.Property(g => g.Id).HasColumnName("id");
        builder.Property(g => g.Record).HasColumnName("record");
        builder.Property(g => g.Account).HasColumnName("account");
        builder.Property(g => g.May).HasColumnName("may");
        builder.Property(g => g.GivenBy).HasColumnName("given_by");
        builder.Property(g => g.GivenAt).HasColumnName("given_at");
        builder.Property(g => g.EndsAt).HasColumnName("ends_at");
        builder.Property(g => g.WithdrawnBy).HasColumnName("withdrawn_by");
        builder.Property(g => g.WithdrawnAt).HasColumnName("withdrawn_at");
    }
}
