using System.Globalization;
using Lowdose.Records.Clinic;
using NodaTime;

namespace Lowdose.Web.Audited;

/// <summary>What the trail says, in the words of the person it is about.</summary>
public static class AuditedWords
{
    /// <summary>"Ada Smith, prescriber".</summary>
    public static string Who(AuditEntry entry, IReadOnlyDictionary<string, NamedActor> names) => entry.Actor switch
    {
        Deed.Nobody => "Somebody who was not signed in",
        Deed.Lowdose => "Lowdose itself",
        _ => names.TryGetValue(entry.Actor, out var actor) ? string.Join(", ", [actor.ShownName, .. actor.Roles.Select(Name)]) : "Somebody whose account is gone",
    };

    /// <summary>"Looked at your course".</summary>
    public static string What(AuditEntry entry)
    {
        var (part, day) = Detail.Read(entry.Detail);
        return entry.Act switch
        {
            Act.RecordSeen => "Looked at " + Part(part, day),
            Act.RecordWritten => "Wrote in " + Part(part, day),
            Act.PlanApproved => "Agreed to your plan",
            Act.PlanHeld => "Put your plan on hold",
            Act.PlanChanged => "Changed your plan",
            Act.Exported => "Took a copy of " + Part(part, day),
            Act.ConsentGiven => "Gave consent",
            Act.ConsentWithdrawn => "Took back consent",
            Act.InvitationMade => "Invited somebody to your diary",
            Act.InvitationRedeemed => "Took up an invitation to your diary",
            Act.CodeBroken => "Opened the sealed list to see which treatment you had",
            Act.RecordDeleted => "Deleted your diary",
            Act.AccountMade => "Made your account",
            Act.AccountClosed => "Closed your account",
            Act.SignedIn => "Signed in",
            Act.SignInRefused => "Tried to sign in",
            Act.SessionEnded => "Signed out",
            Act.WayInChanged => "Changed how to sign in",
            _ => "Did something else: " + entry.Word,
        };
    }

    /// <summary>"1 December 2026, 14:02", where this computer is.</summary>
    public static string At(Instant at) => Local(at).ToString("d MMMM uuuu, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"14:02".</summary>
    public static string Time(Instant at) => Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"1 December 2026, 14:02 to 14:20".</summary>
    public static string When(Line line) => Time(line.First.At) == Time(line.Last.At) ? At(line.First.At) : $"{At(line.First.At)} to {Time(line.Last.At)}";

    /// <summary>Looks that follow one another and say the same on one day become one line.</summary>
    public static IEnumerable<Line> Lines(IEnumerable<AuditEntry> lastFirst)
    {
        Line? line = null;
        foreach (var entry in lastFirst)
        {
            if (line is not null && line.Last.Actor == entry.Actor && line.Last.Word == entry.Word && line.Last.Detail == entry.Detail && Local(line.Last.At).Date == Local(entry.At).Date)
            {
                line = line with { First = entry, Times = line.Times + 1 };
                continue;
            }
            if (line is not null) yield return line;
            line = new(entry, entry, 1);
        }
        if (line is not null) yield return line;
    }

    private static LocalDateTime Local(Instant at) => at.InZone(DateTimeZoneProviders.Tzdb.GetSystemDefault()).LocalDateTime;

    private static string Part(RecordPart? part, LocalDate? day) => part switch
    {
        RecordPart.Diary => "your diary",
        RecordPart.Day => day is { } date ? "your day, " + date.ToString("d MMMM uuuu", CultureInfo.InvariantCulture) : "a day",
        RecordPart.Course => "your course",
        RecordPart.Report => "your report",
        RecordPart.Plan => "your plan",
        RecordPart.Preparation => "what is to be mixed for you",
        RecordPart.Questionnaires => "your longer questions",
        RecordPart.Screening => "your answers on safety",
        RecordPart.Settings => "your settings",
        RecordPart.ClinicList => "your line in the clinic’s list",
        RecordPart.WhoLooked => "this list",
        RecordPart.Everything => "all you wrote",
        _ => "your diary",
    };

    private static string Name(Role role) => role switch
    {
        Role.Person => "keeps a diary",
        Role.Carer => "carer",
        Role.Prescriber => "prescriber",
        Role.Pharmacist => "pharmacist",
        Role.Researcher => "researcher",
        _ => "lets people in and out",
    };
}

/// <summary>One line of the list.</summary>
/// <param name="Last">The last of the entries it stands for.</param>
/// <param name="First">The first of them.</param>
/// <param name="Times">How many there are.</param>
public sealed record Line(AuditEntry Last, AuditEntry First, int Times);
