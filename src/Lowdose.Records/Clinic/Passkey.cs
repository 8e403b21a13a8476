using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Lowdose.Records.Clinic;

/// <summary>What Lowdose keeps of a passkey: enough to recognise it, nothing with which to use it.</summary>
/// <param name="Credential">Its name, made by the device.</param>
/// <param name="Account">Whose.</param>
/// <param name="Content">Its public key and counter, as JSON.</param>
/// <param name="CreatedAt">Since when.</param>
public sealed record Passkey(byte[] Credential, string Account, string Content, Instant CreatedAt);

/// <summary>The passkeys of all accounts.</summary>
/// <param name="archive">Where they are kept.</param>
/// <param name="clock">Says when one was added or removed.</param>
public sealed class Passkeys(Archive archive, IClock clock)
{
    /// <summary>An account's, the oldest first.</summary>
    /// <param name="account">The account.</param>
    public IReadOnlyList<Passkey> Of(string account) =>
        [.. archive.Query(tables => tables.Set<Passkey>().AsNoTracking().Where(passkey => passkey.Account == account).ToArray()).OrderBy(passkey => passkey.CreatedAt)];

    /// <summary>The one of this name; null where there is none.</summary>
    /// <param name="credential">Its name.</param>
    public Passkey? Find(byte[] credential) => archive.Query(tables => tables.Set<Passkey>().AsNoTracking().FirstOrDefault(passkey => passkey.Credential == credential));

    /// <summary>Keeps one more.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="passkey">The passkey.</param>
    public void Add(Account account, Passkey passkey) => Change(account, tables => tables.Add(passkey));

    /// <summary>Keeps what is new about one: its counter, its name.</summary>
    /// <param name="passkey">The passkey.</param>
    public void Keep(Passkey passkey) => archive.Change(tables => tables.Set<Passkey>().Where(kept => kept.Credential == passkey.Credential && kept.Account == passkey.Account)
        .ExecuteUpdate(set => set.SetProperty(kept => kept.Content, passkey.Content)));

    /// <summary>Forgets one; what the device keeps then opens nothing.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="credential">Its name.</param>
    public void Remove(Account account, byte[] credential) =>
        Change(account, tables => tables.Set<Passkey>().Where(passkey => passkey.Account == account.Id && passkey.Credential == credential).ExecuteDelete());

    private void Change(Account account, Action<RecordsContext> change) => archive.Change(tables =>
    {
        change(tables);
        AuditTrail.Append(tables, clock.GetCurrentInstant(), account.WayInChanged);
    });
}

internal sealed class PasskeyTable : IEntityTypeConfiguration<Passkey>
{
    public void Configure(EntityTypeBuilder<Passkey> builder)
    {
        builder.InTable("passkeys");
        builder.HasKey(passkey => passkey.Credential);
        builder.HasOne<Account>().WithMany().HasForeignKey(passkey => passkey.Account);
    }
}
