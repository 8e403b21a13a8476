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
    private const int BaselineDays = 28;

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
            var written = archive.Append([About(Subjects.Course, days, (CourseFields.Primary, "pain")), Plan(days), .. Enumerable.Range(1, days).Reverse().Select(ago => Written(DaysAgo(ago), n + ago, null, Taken(days, ago)))], account!.Record!);
            written.ShouldAllBe(a => a is Appended.Accepted);
            return new Face(account.Record!, sessions.Begin(account, "A test", Way.Passkey));
        })];
    }

    /// <summary>Eight scores of a day, and a dose.</summary>
    /// <param name="day">Which.</param>
    /// <param name="varied">What they depend on.</param>
    /// <param name="on">The write it builds on.</param>
    /// <param name="dose">The dose in mg; 0 before the first.</param>
    public static DiaryWrite Written(LocalDate day, int varied, Guid? on, double dose) => Of(Subjects.Day(day), day, on,
        [.. DayFields.Scores.Take(Items).Select((score, i) => new Change(score, DayFields.Score((varied + (3 * i)) % 11))), .. dose > 0 ? [new Change(DayFields.Dose, FormattableString.Invariant($"taken {dose} mg at 22:00"))] : Array.Empty<Change>()]);

    /// <summary>What is taken after the plan's steps.</summary>
    public const double Settled = 4.5;

    // Without a dose for the first four weeks, then in steps.
    private static double Taken(int days, int ago) => (days - ago - BaselineDays) switch { < 0 => 0, < 14 => 1.5, < 28 => 3, _ => Settled };

    private static DiaryWrite Plan(int days) => About(Subjects.Plan, days, (PlanFields.Protocol, "own"), (PlanFields.Steps, "1.5 mg for 14 days, 3 mg for 14 days, 4.5 mg for 14 days"), (PlanFields.Ceiling, "4.5 mg"),
        (PlanFields.Start, NodaTime.Text.LocalDatePattern.Iso.Format(DaysAgo(days - BaselineDays))), (PlanFields.Time, "22:00"), (PlanFields.Product, "capsules"));

    private static DiaryWrite About(string subject, int daysAgo, params (string Field, string Value)[] said) => Of(subject, DaysAgo(daysAgo), null, [.. said.Select(s => new Change(s.Field, s.Value))]);

    private static DiaryWrite Of(string subject, LocalDate day, Guid? on, Change[] changes) =>
        new(Guid.NewGuid(), subject, on, changes, day.At(new LocalTime(0, 1)).InZoneLeniently(DateTimeZoneProviders.Tzdb[Zone]).ToInstant(), Zone, "me");

    /// <summary>A date of the person's calendar.</summary>
    public static LocalDate DaysAgo(int days) => SystemClock.Instance.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb[Zone]).Date.PlusDays(-days);
}
