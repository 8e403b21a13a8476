using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Records;
using Lowdose.Diary;
using Lowdose.Records.Clinic;
using Lowdose.Web.SignIn;
using NodaTime;

namespace Lowdose.Acceptance.Load;

/// <summary>One of many people of a clinic: signed in, with days written already.</summary>
/// <param name="Record">Their record.</param>
/// <param name="Session">What their browser holds.</param>
internal sealed record Face(string Record, string Session)
{
    /// <summary>The last write about today that was answered for; the next builds on it.</summary>
    public Guid? Last { get; set; }

    /// <summary>A write is under way; one device sends one after the other.</summary>
    public bool Writing { get; set; }
}

/// <summary>Fills a store with a clinic of many people, each with a diary.</summary>
internal static class Crowd
{
    /// <summary>Scores a person writes each day, as R19 has it.</summary>
    public const int Items = 8;

    private const string Zone = "Europe/Berlin";

    /// <summary>Makes them; nobody has the store open before or after.</summary>
    /// <param name="store">Where.</param>
    /// <param name="people">How many.</param>
    /// <param name="days">Days written, up to yesterday.</param>
    public static Face[] In(Store store, int people, int days)
    {
        using var archive = store.Open(SystemClock.Instance);
        (ClinicMode.Open(archive, Path.Combine(store.Folder.Path, "clinic.key"), null, out _)?.What).ShouldBeNull();
        var (accounts, sessions, invitations) = (new Accounts(archive, SystemClock.Instance), new Sessions(archive, SystemClock.Instance), new Invitations(archive, SystemClock.Instance));
        var admin = accounts.Begin("Clinic of the Meadow", new(OwnClinic.NewId(), "Ada Admin"))!;
        return [.. Enumerable.Range(0, people).Select(n =>
        {
            accounts.Redeem(invitations.Find(invitations.Invite(admin, Role.Person))!, new(OwnClinic.NewId(), FormattableString.Invariant($"Person {n}")), out var account).ShouldBeNull();
            var written = archive.Append([.. Enumerable.Range(1, days).Reverse().Select(ago => Written(DaysAgo(ago), n + ago, null))], account!.Record!);
            written.ShouldAllBe(a => a is Appended.Accepted);
            return new Face(account.Record!, sessions.Begin(account, "A test", Way.Passkey));
        })];
    }

    /// <summary>Eight scores of a day.</summary>
    /// <param name="day">Which.</param>
    /// <param name="varied">What they depend on.</param>
    /// <param name="on">The write it builds on.</param>
    public static DiaryWrite Written(LocalDate day, int varied, Guid? on) => new(Guid.NewGuid(), Subjects.Day(day), on,
        [.. DayFields.Scores.Take(Items).Select((score, i) => new Change(score, DayFields.Score((varied + (3 * i)) % 11)))], day.At(new LocalTime(0, 1)).InZoneLeniently(DateTimeZoneProviders.Tzdb[Zone]).ToInstant(), Zone, "me");

    /// <summary>A date of the person's calendar.</summary>
    public static LocalDate DaysAgo(int days) => SystemClock.Instance.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb[Zone]).Date.PlusDays(-days);
}
