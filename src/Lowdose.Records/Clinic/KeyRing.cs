using System.Text;
using Lowdose.Dosing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lowdose.Records.Clinic;

/// <summary>One key, sealed.</summary>
internal sealed record KeyRingRow(string Id, byte[] Content);

/// <summary>The framework's keys for what a browser holds for a few minutes, sealed with the clinic's key and shared by all web nodes.</summary>
/// <param name="archive">Where they are kept.</param>
/// <param name="key">Seals them.</param>
public sealed class KeyRing(Archive archive, ClinicKey key)
{
    // Kept at the first start, so that a second node with another key is told at once.
    private const string First = "first";
    private const string Reminders = "reminders";

    /// <summary>Why this is not the key that belongs to these records; null where it is. The first key that asks is the one.</summary>
    public Refused? Check()
    {
        if (Rows().Length == 0) AddFirst(First, "");
        return Rows().Any(row => Opened(row) is null)
            ? new("the clinic's key is not the one that belongs to these records", "give the key file of this clinic with --key; every web node needs the same one")
            : null;
    }

    /// <summary>All keys.</summary>
    /// <exception cref="DamagedException">One does not open.</exception>
    public IReadOnlyList<string> All() => [.. Rows().Where(row => row.Id is not (First or Reminders)).Select(row => Opened(row) ?? throw new DamagedException("a key of the key ring does not open"))];

    /// <summary>Keeps one more.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="content">The key.</param>
    public void Add(string id, string content) => archive.Change(tables => tables.Add(new KeyRingRow(id, key.Close(Encoding.UTF8.GetBytes(content), "key_ring", id))));

    /// <summary>The key with which reminders are sent: of all nodes the one that was made first.</summary>
    /// <param name="make">Makes one where there is none.</param>
    public string ForReminders(Func<string> make)
    {
        if (Rows().All(row => row.Id != Reminders)) AddFirst(Reminders, make());
        return Opened(Rows().Single(row => row.Id == Reminders)) ?? throw new DamagedException("the key of the reminders does not open");
    }

    // Another node may begin in the same moment.
    private void AddFirst(string id, string content)
    {
        var closed = key.Close(Encoding.UTF8.GetBytes(content), "key_ring", id);
        archive.Change(tables => tables.Database.ExecuteSql($"INSERT INTO key_ring (id, content) VALUES ({id}, {closed}) ON CONFLICT (id) DO NOTHING"));
    }

    private KeyRingRow[] Rows() => archive.Query(tables => tables.Set<KeyRingRow>().AsNoTracking().OrderBy(row => row.Id).ToArray());

    private string? Opened(KeyRingRow row) => key.Open(row.Content, "key_ring", row.Id) is { } open ? Encoding.UTF8.GetString(open) : null;
}

internal sealed class KeyRingTable : IEntityTypeConfiguration<KeyRingRow>
{
    public void Configure(EntityTypeBuilder<KeyRingRow> builder)
    {
        builder.InTable("key_ring");
        builder.HasKey(row => row.Id);
    }
}
