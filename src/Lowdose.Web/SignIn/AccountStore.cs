using System.Text;
using System.Text.Json;
using Lowdose.Records.Clinic;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace Lowdose.Web.SignIn;

/// <summary>
/// What ASP.NET Core Identity asks of storage, answered from the records: it thinks, we keep. Accounts are made and closed by <see cref="Accounts"/>,
/// not here. Source: docs/decisions/2026-11-22-identity-own-stores.md.
/// </summary>
internal sealed class AccountStore(Accounts accounts, Passkeys passkeys, ClinicKey key) :
    IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserTwoFactorStore<Account>, IUserAuthenticatorKeyStore<Account>, IUserPasskeyStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SignInName);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => Set(() => user.SignInName = Account.Plain(userName!));

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SignInName);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException("an account is made where an invitation is redeemed");

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(accounts.Keep(user) ? IdentityResult.Success : IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure()));

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException("an account is closed, not deleted");

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(accounts.Find(userId));

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult(accounts.FindByName(normalizedUserName));

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetTwoFactorEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Set(() => user.TwoFactor = enabled);

    public Task<bool> GetTwoFactorEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.TwoFactor);

    public Task SetAuthenticatorKeyAsync(Account user, string key1, CancellationToken cancellationToken) =>
        Set(() => user.TotpKey = key1.Length == 0 ? null : key.Close(Encoding.ASCII.GetBytes(key1), "accounts", user.Id));

    public Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.TotpKey is { } closed && key.Open(closed, "accounts", user.Id) is { } open ? Encoding.ASCII.GetString(open) : null);

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => Set(() => passkeys.Add(user, Kept(user.Id, passkey)));

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<IList<UserPasskeyInfo>>([.. passkeys.Of(user.Id).Select(Read)]);

    public Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(passkeys.Find(credentialId) is { } passkey ? accounts.Find(passkey.Account) : null);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(passkeys.Find(credentialId) is { } passkey && passkey.Account == user.Id ? Read(passkey) : null);

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => Set(() => passkeys.Remove(user, credentialId));

    public void Dispose()
    {
    }

    /// <summary>As it is kept. What the device said about itself is not.</summary>
    public static Passkey Kept(string account, UserPasskeyInfo passkey) => new(passkey.CredentialId, account,
        JsonSerializer.Serialize(new Content(passkey.Name ?? "", passkey.PublicKey, passkey.SignCount, passkey.Transports ?? [], passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp)),
        Instant.FromDateTimeOffset(passkey.CreatedAt));

    /// <summary>As Identity takes it.</summary>
    public static UserPasskeyInfo Read(Passkey passkey)
    {
        var said = JsonSerializer.Deserialize<Content>(passkey.Content)!;
        return new(passkey.Credential, said.PublicKey, passkey.CreatedAt.ToDateTimeOffset(), said.Counter, said.Transports, said.Verified, said.MayBeCopied, said.IsCopied, [], []) { Name = said.Name };
    }

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }

    /// <summary>What is kept of a passkey, as JSON.</summary>
    private sealed record Content(string Name, byte[] PublicKey, uint Counter, string[] Transports, bool Verified, bool MayBeCopied, bool IsCopied);
}
