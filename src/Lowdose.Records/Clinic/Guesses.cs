using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Records.Clinic;

/// <summary>What was guessed wrong; known and unknown names alike, so that a wait tells nothing about who is here.</summary>
/// <param name="Key">What it is about, digested.</param>
/// <param name="Wrong">How often.</param>
/// <param name="Since">When the counting began.</param>
internal sealed record GuessRow(string Key, int Wrong, Instant Since);

/// <summary>One thing that is counted.</summary>
/// <param name="What">What is guessed at, such as a name at an address.</param>
/// <param name="Limit">How many wrong guesses are allowed.</param>
/// <param name="Within">In which time.</param>
public sealed record Guessing(string What, int Limit, Duration Within);

/// <summary>Counts wrong guesses, over all web nodes. Source: OWASP ASVS 5.0.0, 6.3.1; NIST SP 800-63B, 5.2.2 (at most 100 in a row).</summary>
/// <param name="archive">Where they are counted.</param>
/// <param name="key">Digests what is counted.</param>
/// <param name="clock">Says when it is forgotten.</param>
public sealed class Guesses(Archive archive, ClinicKey key, IClock clock)
{
    private static readonly Duration Longest = Duration.FromDays(1);

    /// <summary>How long to wait; null: not at all.</summary>
    /// <param name="counted">What the next guess would count for.</param>
    public Duration? Wait(params IReadOnlyList<Guessing> counted)
    {
        var now = clock.GetCurrentInstant();
        var limits = counted.ToDictionary(one => key.Digest(one.What));
        var keys = limits.Keys.ToArray();
        var waits = archive.Query(tables => tables.Set<GuessRow>().AsNoTracking().Where(row => keys.Contains(row.Key)).ToArray())
            .Where(row => row.Wrong >= limits[row.Key].Limit).Select(row => row.Since + limits[row.Key].Within - now).Where(wait => wait > Duration.Zero).ToArray();
        return waits.Length == 0 ? null : waits.Max();
    }

    /// <summary>One more was wrong.</summary>
    /// <param name="at">The account that was guessed at; null: none that is here.</param>
    /// <param name="counted">What it counts for.</param>
    public void Wrong(Account? at, params IReadOnlyList<Guessing> counted)
    {
        var now = clock.GetCurrentInstant();
        archive.Note(tables =>
        {
            var old = now - Longest;
            tables.Set<GuessRow>().Where(row => row.Since < old).ExecuteDelete();
            foreach (var one in counted)
            {
                var (digest, first) = (key.Digest(one.What), InstantPattern.ExtendedIso.Format(now));
                var begun = now - one.Within;
                tables.Set<GuessRow>().Where(row => row.Key == digest && row.Since <= begun).ExecuteDelete();
                // Two nodes may count at once.
                tables.Database.ExecuteSql($"INSERT INTO guesses (key, wrong, since) VALUES ({digest}, 1, {first}) ON CONFLICT (key) DO UPDATE SET wrong = guesses.wrong + 1");
            }
            AuditTrail.Append(tables, now, new Deed(Act.SignInRefused, Deed.Nobody, at?.Organisation, null, at is null ? Detail.None : at.InTrail));
        });
    }

    /// <summary>It was right: what was counted for this is forgotten.</summary>
    /// <param name="counted">What it counted for.</param>
    public void Right(params IReadOnlyList<Guessing> counted)
    {
        var keys = counted.Select(one => key.Digest(one.What)).ToArray();
        if (archive.Query(tables => tables.Set<GuessRow>().Any(row => keys.Contains(row.Key))))
            archive.Note(tables => tables.Set<GuessRow>().Where(row => keys.Contains(row.Key)).ExecuteDelete());
    }
}

/// <summary>What is good once: a passkey's challenge, a code of six digits.</summary>
/// <param name="archive">Where it is noted.</param>
/// <param name="clock">Says when it is forgotten.</param>
public sealed class Once(Archive archive, IClock clock)
{
    /// <summary>Uses it up.</summary>
    /// <param name="what">What is used.</param>
    /// <param name="remember">How long; after that it must be refused for its age.</param>
    /// <returns>False where it was used before; of two at once one is false.</returns>
    public bool Use(string what, Duration remember)
    {
        var (now, key) = (clock.GetCurrentInstant(), PrintedCode.Digest(what));
        var (until, first) = (InstantPattern.ExtendedIso.Format(now + remember), false);
        archive.Note(tables =>
        {
            tables.Set<SpentRow>().Where(row => row.Until < now).ExecuteDelete();
            first = tables.Database.ExecuteSql($"INSERT INTO spent (key, until) VALUES ({key}, {until}) ON CONFLICT (key) DO NOTHING") == 1;
        });
        return first;
    }
}

/// <summary>What was used, and until when that must be known.</summary>
internal sealed record SpentRow(string Key, Instant Until);

internal sealed class GuessTable : IEntityTypeConfiguration<GuessRow>, IEntityTypeConfiguration<SpentRow>
{
    public void Configure(EntityTypeBuilder<GuessRow> builder)
    {
        builder.InTable("guesses");
        builder.HasKey(row => row.Key);
    }

    public void Configure(EntityTypeBuilder<SpentRow> builder)
    {
        builder.InTable("spent");
        builder.HasKey(row => row.Key);
    }
}
