using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Lowdose.Records.Clinic;

/// <summary>
/// Who is signed in where. Every request asks here, so that what was ended, closed or taken is gone with the next one.
/// Source: OWASP ASVS 5.0.0, 7.2–7.5; docs/methods/clinic-access.md.
/// </summary>
/// <param name="archive">Where they are kept.</param>
/// <param name="clock">Says when they end.</param>
public sealed class Sessions(Archive archive, IClock clock)
{
    /// <summary>How long somebody who keeps a diary, or helps with one, stays signed in without asking for anything.</summary>
    public static readonly Duration PersonIdle = Duration.FromDays(90);
    /// <summary>And at most.</summary>
    public static readonly Duration PersonWhole = Duration.FromDays(365);
    /// <summary>How long staff stay signed in without asking for anything.</summary>
    public static readonly Duration StaffIdle = Duration.FromHours(12);
    /// <summary>And at most.</summary>
    public static readonly Duration StaffWhole = Duration.FromDays(7);
    /// <summary>For how long somebody who showed that it is they may change how they come in.</summary>
    public static readonly Duration Fresh = Duration.FromMinutes(5);

    // Thousands of people who keep a diary need not each wait for the disk every minute; their sessions last for months.
    private static readonly Duration PersonSeenEvery = Duration.FromHours(1), StaffSeenEvery = Duration.FromMinutes(1);
    private const int SecretBytes = 32;
    private const string InSession = "session";

    /// <summary>Begins one.</summary>
    /// <param name="account">Who.</param>
    /// <param name="device">The browser, in words.</param>
    /// <param name="way">How they came in.</param>
    /// <returns>What the browser is to hold: 256 random bits.</returns>
    public string Begin(Account account, string device, Way way)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = clock.GetCurrentInstant();
        archive.Change(tables =>
        {
            // Nobody needs a list of what ended long ago.
            tables.RemoveRange(tables.Set<Session>().Where(session => session.Account == account.Id).AsEnumerable().Where(session => !Holds(session, account, now)));
            tables.Add(new Session(PrintedCode.Digest(secret), account.Id, device, way, now, now, now, null));
            AuditTrail.Append(tables, now, new Deed(Act.SignedIn, account.Id, account.Organisation));
        });
        return secret;
    }

    /// <summary>The session a browser is in, and whose; null where there is none, or it has ended, or the account was closed.</summary>
    /// <param name="secret">What the browser holds.</param>
    /// <exception cref="NotKeptException">The disk has failed.</exception>
    public (Session Session, Account Account)? Now(string secret)
    {
        var (key, now) = (PrintedCode.Digest(secret), clock.GetCurrentInstant());
        if (Found(key) is not { } found) return null;
        var (session, account) = (found.Session, found.Account);
        if (!Holds(session, account, now))
        {
            // What is over stays over, though the clock be put back.
            if (session.EndedAt is null && !archive.IsReadOnly)
                archive.Change(tables => tables.Set<Session>().Where(s => s.Key == key && s.EndedAt == null).ExecuteUpdate(set => set.SetProperty(s => s.EndedAt, (Instant?)now)));
            return null;
        }
        // A full or read-only disk is no reason to send anybody away.
        if (now - session.SeenAt >= (account.IsStaff ? StaffSeenEvery : PersonSeenEvery) && !archive.IsReadOnly)
            archive.Note(tables => tables.Set<Session>().Where(s => s.Key == key).ExecuteUpdate(set => set.SetProperty(s => s.SeenAt, now)), (InSession, key));
        return (session, account);
    }

    private sealed record SignedIn(Session Session, Account Account);

    private SignedIn? Found(string key) => archive.Remembered(InSession, key, tables => tables.Set<Session>().AsNoTracking().Where(session => session.Key == key)
        .Join(tables.Set<Account>().AsNoTracking(), session => session.Account, account => account.Id, (session, account) => new SignedIn(session, account)).FirstOrDefault());

    /// <summary>Those of an account that go on, the last seen first.</summary>
    /// <param name="account">The account.</param>
    public IReadOnlyList<Session> Of(Account account)
    {
        var now = clock.GetCurrentInstant();
        return [.. archive.Query(tables => tables.Set<Session>().AsNoTracking().Where(session => session.Account == account.Id).ToArray())
            .Where(session => Holds(session, account, now)).OrderByDescending(session => session.SeenAt)];
    }

    /// <summary>Whether this was shown just now to be the person who signed in.</summary>
    /// <param name="session">The session.</param>
    public bool IsFresh(Session session) => clock.GetCurrentInstant() - session.ConfirmedAt < Fresh;

    /// <summary>Notes that it was shown.</summary>
    /// <param name="key">The session.</param>
    public void Confirm(string key)
    {
        var now = clock.GetCurrentInstant();
        archive.Change(tables => tables.Set<Session>().Where(session => session.Key == key).ExecuteUpdate(set => set.SetProperty(session => session.ConfirmedAt, now)));
    }

    /// <summary>Ends one of an account's.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="key">Which.</param>
    public void End(Account account, string key) => End(account, session => session.Key == key);

    /// <summary>Ends all of an account's but one.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="but">The one that goes on; null: none.</param>
    public void EndOthers(Account account, string? but) => End(account, session => session.Key != but);

    private void End(Account account, System.Linq.Expressions.Expression<Func<Session, bool>> which)
    {
        var now = clock.GetCurrentInstant();
        archive.Change(tables =>
        {
            var ended = tables.Set<Session>().Where(session => session.Account == account.Id && session.EndedAt == null).Where(which).ExecuteUpdate(set => set.SetProperty(session => session.EndedAt, (Instant?)now));
            if (ended > 0) AuditTrail.Append(tables, now, new Deed(Act.SessionEnded, account.Id, account.Organisation));
        });
    }

    private static bool Holds(Session session, Account account, Instant now)
    {
        var (idle, whole) = account.IsStaff ? (StaffIdle, StaffWhole) : (PersonIdle, PersonWhole);
        return session.EndedAt is null && account.ClosedAt is null && now - session.SeenAt < idle && now - session.BeganAt < whole;
    }
}
