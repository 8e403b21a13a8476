using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Lowdose.Records.Clinic;

/// <summary>A printed code.</summary>
/// <param name="Key">The code, digested with the clinic's key.</param>
/// <param name="Account">Whom it lets in.</param>
internal sealed record RecoveryCodeRow(string Key, string Account);

/// <summary>Codes on paper for whoever lost a device; each is good once.</summary>
/// <param name="archive">Where they are kept.</param>
/// <param name="key">Digests them.</param>
/// <param name="clock">Says when they were made.</param>
public sealed class RecoveryCodes(Archive archive, ClinicKey key, IClock clock)
{
    /// <summary>How many are printed.</summary>
    public const int Count = 10;

    /// <summary>Makes new ones; the older ones are good no more.</summary>
    /// <param name="account">Whom they let in.</param>
    /// <returns>The codes, which can never be shown again.</returns>
    public IReadOnlyList<string> Renew(Account account)
    {
        string[] codes = [.. Enumerable.Range(0, Count).Select(_ => PrintedCode.ForPaper())];
        archive.Change(tables =>
        {
            tables.Set<RecoveryCodeRow>().Where(row => row.Account == account.Id).ExecuteDelete();
            tables.AddRange(codes.Select(code => new RecoveryCodeRow(Digest(code), account.Id)));
            AuditTrail.Append(tables, clock.GetCurrentInstant(), account.WayInChanged);
        });
        return codes;
    }

    /// <summary>How many are left.</summary>
    /// <param name="account">Whose.</param>
    public int Left(string account) => archive.Query(tables => tables.Set<RecoveryCodeRow>().Count(row => row.Account == account));

    /// <summary>Whom a code would let in; null: nobody.</summary>
    /// <param name="typed">As typed.</param>
    public string? Whose(string typed)
    {
        var digest = Digest(typed);
        return archive.Query(tables => tables.Set<RecoveryCodeRow>().AsNoTracking().FirstOrDefault(row => row.Key == digest))?.Account;
    }

    /// <summary>Uses a code up.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="account">Whose it must be.</param>
    /// <returns>Whether it was good; of two at once, one is not.</returns>
    public bool Use(string typed, string account)
    {
        var (digest, used) = (Digest(typed), 0);
        archive.Change(tables => used = tables.Set<RecoveryCodeRow>().Where(row => row.Key == digest && row.Account == account).ExecuteDelete());
        return used == 1;
    }

    private string Digest(string code) => key.Digest("recovery code|" + PrintedCode.Plain(code));
}

internal sealed class RecoveryCodeTable : IEntityTypeConfiguration<RecoveryCodeRow>
{
    public void Configure(EntityTypeBuilder<RecoveryCodeRow> builder)
    {
        builder.InTable("recovery_codes");
        builder.HasKey(row => row.Key);
        builder.HasOne<Account>().WithMany().HasForeignKey(row => row.Account);
    }
}
