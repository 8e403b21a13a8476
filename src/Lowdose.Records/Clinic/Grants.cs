using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Lowdose.Records.Clinic;

/// <summary>Who was let in to which record. Asked anew at every request, so that a withdrawal holds from the next one on. Source: docs/methods/clinic-access.md.</summary>
/// <param name="archive">Where they are kept.</param>
public sealed class Grants(Archive archive)
{
    /// <summary>What an account may do with a record; nothing where the record is of another organisation, or is not there.</summary>
    public IReadOnlyList<May> Allowed(string record, string account, string organisation, Instant now) => archive.Query(tables =>
        tables.Set<Grant>().AsNoTracking().Where(g => g.Record == record && g.Account == account && tables.People.Any(p => p.Id == record && p.Organisation == organisation))
            .AsEnumerable().Where(g => g.Holds(now)).SelectMany(g => With(g.May)).Distinct().ToArray());

    /// <summary>Every grant on a record, the first first.</summary>
    public IReadOnlyList<Grant> On(string record) => archive.Query(tables => Ordered(tables.Set<Grant>().AsNoTracking().Where(g => g.Record == record)));

    /// <summary>Every grant to an account, the first first.</summary>
    public IReadOnlyList<Grant> To(string account) => archive.Query(tables => Ordered(tables.Set<Grant>().AsNoTracking().Where(g => g.Account == account)));

    /// <summary>The records of an organisation whose person's consent to research holds.</summary>
    public IReadOnlyList<string> ToResearch(string organisation, Instant now) => archive.Query(tables =>
        tables.Set<Grant>().AsNoTracking().Where(g => g.Account == null && g.May == May.Research && tables.People.Any(p => p.Id == g.Record && p.Organisation == organisation))
            .AsEnumerable().Where(g => g.Holds(now)).Select(g => g.Record).Distinct(StringComparer.Ordinal).ToArray());

    /// <summary>Gives one, unless the same holds already.</summary>
    /// <param name="tables">Of the transaction it belongs to.</param>
    /// <param name="grant">What is given.</param>
    /// <returns>Whether it is new.</returns>
    internal static bool Give(RecordsContext tables, Grant grant)
    {
        if (grant.May == May.Own) throw new ArgumentException("nobody is given what is the person's own", nameof(grant));
        var same = tables.Set<Grant>().AsNoTracking().Where(g => g.Record == grant.Record && g.Account == grant.Account && g.May == grant.May).AsEnumerable();
        if (same.Any(g => g.Holds(grant.GivenAt) && g.EndsAt == grant.EndsAt)) return false;
        tables.Add(grant);
        return true;
    }

    /// <summary>Withdraws every grant of a record to an account (null: research) that was not withdrawn.</summary>
    /// <param name="tables">Of the transaction it belongs to.</param>
    /// <param name="record">Whose record.</param>
    /// <param name="account">From whom.</param>
    /// <param name="by">Who withdraws.</param>
    /// <param name="now">When.</param>
    /// <returns>How many.</returns>
    internal static int Withdraw(RecordsContext tables, string record, string? account, string by, Instant now) =>
        tables.Set<Grant>().Where(g => g.Record == record && g.Account == account && g.WithdrawnAt == null)
            .ExecuteUpdate(set => set.SetProperty(g => g.WithdrawnBy, by).SetProperty(g => g.WithdrawnAt, (Instant?)now));

    // Whoever writes or prescribes must see what there is.
    private static May[] With(May may) => may is May.Write or May.Prescribe ? [may, May.See] : [may];

    private static Grant[] Ordered(IQueryable<Grant> grants) => [.. grants.AsEnumerable().OrderBy(g => g.GivenAt).ThenBy(g => g.Id, StringComparer.Ordinal)];
}

internal sealed class GrantTable : IEntityTypeConfiguration<Grant>
{
    public void Configure(EntityTypeBuilder<Grant> builder)
    {
        builder.InTable("grants");
        builder.HasKey(grant => grant.Id);
    }
}
