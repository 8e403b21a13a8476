using System.Text;
using Lowdose.Dosing;
using Lowdose.Records.Clinic;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lowdose.Web.SignIn;

/// <summary>
/// What may be a password, and whether it is the right one. No rules about kinds of letters: length counts, and that nobody tries it first.
/// Source: OWASP ASVS 5.0.0, 6.2.1–6.2.12; NIST SP 800-63B, 5.1.1.2.
/// </summary>
internal sealed class Passwords(UserManager<Account> users)
{
    /// <summary>Fewer letters are refused.</summary>
    public const int Shortest = 8;
    /// <summary>More are refused, so that nobody keeps the server busy with one.</summary>
    public const int Longest = 1_000;
    /// <summary>How many we advise.</summary>
    public const int Advised = 15;

    private static readonly HashSet<string> Known = [.. Encoding.UTF8.GetString(Resource.Bytes("passwords/known.txt")!).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    // Checked where nobody has the name, so that it takes as long as where somebody has.
    private static readonly Lazy<string> Nobodys = new(() => new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = Rounds })).HashPassword(null!, PrintedCode.Strong()));

    /// <summary>Rounds of PBKDF2 with SHA-512. Source: OWASP Password Storage Cheat Sheet (at least 210,000).</summary>
    public const int Rounds = 210_000;

    /// <summary>Why it cannot be one; null where it can.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="names">What anybody would try first: the names of the person and the organisation.</param>
    public static Refused? WrongWith(string password, params IEnumerable<string?> names)
    {
        var plain = password.ToLowerInvariant();
        return password.Length < Shortest ? new($"the password has fewer than {Shortest} letters", $"take a longer one; {Advised} letters or more are better, such as four words")
            : password.Length > Longest ? new($"the password has more than {Longest} letters", "take a shorter one")
            : Known.Contains(plain) || plain.Distinct().Count() <= 2 ? new("this password is one of those that are tried first", "take another one, such as four words that have nothing to do with each other")
            : names.Any(name => !string.IsNullOrWhiteSpace(name) && Squeezed(name) == Squeezed(password)) ? new("the password is a name that others know", "take another one, such as four words that have nothing to do with each other")
            : null;

        static string Squeezed(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));
    }

    /// <summary>What is kept of it.</summary>
    public string Hash(string password) => users.PasswordHasher.HashPassword(null!, password);

    /// <summary>Whether it is the account's; takes the same time whether there is an account or not.</summary>
    /// <param name="account">Null: nobody has the name.</param>
    /// <param name="password">As typed.</param>
    public bool IsRight(Account? account, string password)
    {
        var typed = password.Length <= Longest ? password : "";
        var right = users.PasswordHasher.VerifyHashedPassword(null!, account?.PasswordHash ?? Nobodys.Value, typed) != PasswordVerificationResult.Failed;
        return right && account is { PasswordHash: not null, ClosedAt: null };
    }
}
