using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lowdose.Records.Clinic;

/// <summary>One person's reminders as they lie in the database, sealed.</summary>
internal sealed record RemindersRow(string Record, byte[] Content);

/// <summary>One person's reminders.</summary>
/// <param name="Record">Whose record.</param>
/// <param name="Content">What is kept; empty where nothing is.</param>
public sealed record KeptReminder(string Record, byte[] Content)
{
    /// <summary>As it lay in the database; null where nothing did.</summary>
    internal byte[]? Seen { get; init; }
}

/// <summary>
/// People's reminders in a clinic: when, and the browsers that asked. Sealed with the clinic's key, since with a stolen one somebody could find a phone.
/// Several web nodes share them: whoever changes them names what they had seen, and of two at once one is told to look again. Source: docs/methods/reminders.md.
/// </summary>
/// <param name="archive">Where they are kept.</param>
/// <param name="key">Seals them.</param>
public sealed class KeptReminders(Archive archive, ClinicKey key)
{
    private const string Table = "reminders";

    /// <summary>One person's.</summary>
    /// <exception cref="DamagedException">They do not open.</exception>
    public KeptReminder Of(string record) =>
        archive.Query(tables => tables.Set<RemindersRow>().AsNoTracking().FirstOrDefault(row => row.Record == record)) is { } row ? Opened(row) : new(record, []);

    /// <summary>Everybody's whose account is open.</summary>
    /// <exception cref="DamagedException">One does not open.</exception>
    public IReadOnlyList<KeptReminder> All() =>
        [.. archive.Query(tables => tables.Set<RemindersRow>().AsNoTracking().Where(row => tables.Set<Account>().Any(a => a.Record == row.Record && a.ClosedAt == null)).ToArray()).Select(Opened)];

    /// <summary>Keeps what somebody made of what they had seen.</summary>
    /// <param name="seen">As it was read.</param>
    /// <param name="content">From now on.</param>
    /// <returns>False where it was changed by somebody else meanwhile, or the person is gone; nothing is kept then.</returns>
    /// <exception cref="NotKeptException">It is not known to be kept.</exception>
    public bool Replace(KeptReminder seen, byte[] content)
    {
        var (record, closed, kept) = (seen.Record, key.Close(content, Table, seen.Record), 0);
        archive.Note(tables => kept = seen.Seen is { } before
            ? tables.Set<RemindersRow>().Where(row => row.Record == record && row.Content == before).ExecuteUpdate(set => set.SetProperty(row => row.Content, closed))
            : tables.Database.ExecuteSql($"INSERT INTO reminders (record, content) SELECT {record}, {closed} WHERE EXISTS (SELECT 1 FROM people WHERE id = {record}) ON CONFLICT (record) DO NOTHING"));
        return kept == 1;
    }

    /// <summary>Forgets one person's.</summary>
    public void Delete(string record) => archive.Note(tables => Delete(tables, record));

    /// <summary>Forgets them in the transaction of something else.</summary>
    internal static void Delete(RecordsContext tables, string record) => tables.Set<RemindersRow>().Where(row => row.Record == record).ExecuteDelete();

    private KeptReminder Opened(RemindersRow row) =>
        new(row.Record, key.Open(row.Content, Table, row.Record) ?? throw new DamagedException("reminders do not open")) { Seen = row.Content };
}

internal sealed class RemindersTable : IEntityTypeConfiguration<RemindersRow>
{
    public void Configure(EntityTypeBuilder<RemindersRow> builder)
    {
        builder.InTable("reminders");
        builder.HasKey(row => row.Record);
    }
}
