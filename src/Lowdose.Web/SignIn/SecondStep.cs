using Lowdose.Records.Clinic;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace Lowdose.Web.SignIn;

/// <summary>The code of an app after the password. Source: RFC 6238 (its 5.2: a code is good once); ASP.NET Core Identity's authenticator.</summary>
internal sealed class SecondStep(UserManager<Account> users, Once once, RecoveryCodes codes)
{
    // Identity takes the codes of two steps of half a minute before and after; no code is good for longer.
    private static readonly Duration Remembered = Duration.FromMinutes(5);

    /// <summary>The app's key, made where there is none.</summary>
    public async Task<string> Key(Account account)
    {
        if (await users.GetAuthenticatorKeyAsync(account).ConfigureAwait(false) is { } key) return key;
        await users.ResetAuthenticatorKeyAsync(account).ConfigureAwait(false);
        return (await users.GetAuthenticatorKeyAsync(account).ConfigureAwait(false))!;
    }

    /// <summary>Whether the app shows this code now, and nobody has used it.</summary>
    public async Task<bool> IsRight(Account account, string typed)
    {
        var digits = string.Concat(typed.Where(char.IsAsciiDigit));
        return digits.Length == 6 && await users.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, digits).ConfigureAwait(false)
            && once.Use($"totp|{account.Id}|{digits}", Remembered);
    }

    /// <summary>Whether it is the app's code, or one that was printed.</summary>
    public async Task<bool> IsRightOrPrinted(Account account, string typed) =>
        await IsRight(account, typed).ConfigureAwait(false) || PrintedCode.Plain(typed).Length == 12 && codes.Use(typed, account.Id);
}
