using System.Text;
using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Exchange;
using Lowdose.Records;
using Lowdose.Records.Trials;
using Lowdose.Trials;
using Lowdose.Web.Access;
using NodaTime;

namespace Lowdose.Web.Trials;

/// <summary>
/// The blinded trial of somebody alone. It is a part of their own diary and goes wherever that goes; the lot in it is closed with a passphrase that a friend
/// has and that is kept nowhere. Source: docs/methods/trials-in-a-clinic.md, section 4.
/// </summary>
/// <param name="clock">Says what time it is.</param>
/// <param name="secrets">So many random bytes, from a source of secrets.</param>
internal sealed class OwnTrials(IClock clock, Func<int, byte[]> secrets)
{
    /// <summary>The place the person has, and how they are named in the records.</summary>
    public const string Me = Archive.Me;
    /// <summary>How the friend is named there.</summary>
    public const string Friend = "friend";

    private static readonly Refused Meanwhile = new("something else was written in this trial meanwhile", "look at it again, and then decide");
    private static readonly Refused NotSealed = new("nothing is sealed yet", "let your friend draw the lot first");
    // One process owns the diary; of two taps at once the second looks again.
    private readonly Lock _turn = new();

    /// <summary>Whether there is one.</summary>
    public static bool Exists(DiaryLog log) => Last(log) > 0;

    /// <summary>The last that was made; null where there is none.</summary>
    public static KeptTrial? Of(RecordInHand record) => record.Read(log =>
    {
        if (Last(log) is not (> 0 and var number)) return null;
        var (subject, records) = (Subjects.Trial(number), new List<TrialRecord>());
        while (First(log, subject, TrialFields.Record(records.Count + 1)) is { } written) records.Add(TrialPieces.ReadRecord(Encoding.UTF8.GetBytes(written)));
        var design = TrialPieces.ReadDesign(Encoding.UTF8.GetBytes(First(log, subject, TrialFields.Design)!));
        var trial = new Trial(First(log, subject, TrialFields.Name)!, design, records);
        return new KeptTrial(subject, "", Me, records[0].At, trial, new Dictionary<string, string?> { [Me] = record.Person });
    });

    /// <summary>Keeps a new one: the place is the person's, and the plan is locked.</summary>
    public Refused? Begin(RecordInHand record, Trial trial)
    {
        lock (_turn)
        {
            if (Of(record) is { Trial: { Stage: < TrialStage.Closed, Commitment: not null } }) return new("a trial of yours runs already", "end that one first");
            var number = record.Read(Last) + 1;
            return Write(record, Subjects.Trial(number), [new(TrialFields.Name, trial.Id), new(TrialFields.Design, Encoding.UTF8.GetString(TrialPieces.Write(trial.Design))), .. trial.Records.Index().Select(r => Row(r.Index + 1, r.Item))]);
        }
    }

    /// <summary>Adds what happened and opens nothing.</summary>
    public Refused? Add(RecordInHand record, KeptTrial seen, TrialRecord happened, out KeptTrial? next) => Add(record, seen, happened, [], out next);

    /// <summary>The friend draws: the lot is closed with the friend's passphrase before anybody sees it.</summary>
    public Refused? Seal(RecordInHand record, KeptTrial seen, string passphrase, out KeptTrial? next)
    {
        next = null;
        if (passphrase.Length < SealedFile.ShortestPassphrase) return new($"the passphrase is shorter than {SealedFile.ShortestPassphrase} characters", "take four or five words that have nothing to do with each other");
        if (Allocation.Draw(seen.Trial, secrets(SeededDraw.SeedBytes), secrets(SeededDraw.SeedBytes), out var allocation) is { } refused) return refused;
        using var file = new MemoryStream();
        SealedFile.Write(allocation!, passphrase.Normalize(), secrets(SealedFile.RandomBytes), file);
        return Add(record, seen, new TrialRecord.AllocationSealed(Friend, clock.GetCurrentInstant(), allocation!.Commitment), [new(TrialFields.Sealed, Encoding.UTF8.GetString(file.ToArray()))], out next);
    }

    /// <summary>Opens the closed lot with the friend's passphrase; what comes out is still sealed.</summary>
    public static Refused? Open(RecordInHand record, KeptTrial seen, string passphrase, out Allocation? allocation)
    {
        allocation = null;
        if (SealedText(record, seen) is not { } text) return NotSealed;
        return SealedFile.Read(Encoding.UTF8.GetBytes(text), passphrase.Normalize(), out allocation) is { } wrong ? new(wrong.What, wrong.Do) : null;
    }

    /// <summary>Opens the friend's sheet; the first time the kits are made as well. It is on the disk that it was opened before it is.</summary>
    public Refused? OpenSheet(RecordInHand record, KeptTrial seen, string passphrase, KitOrder order, out KeptTrial? next, out PharmacySheet? sheet)
    {
        (next, sheet) = (null, null);
        if (Open(record, seen, passphrase, out var allocation) is { } shut) return shut;
        var (after, opened) = (seen, new TrialRecord.SheetOpened(Friend, clock.GetCurrentInstant(), order));
        if (PharmacySheet.Open(seen.Trial, allocation!, opened, (_, _) => Add(record, seen, opened, out after!), out sheet) is { } refused) return refused;
        next = after;
        return after!.Trial.Kits is null ? Add(record, after, new TrialRecord.KitsMade(Friend, opened.At, sheet!.Kits), out next) : null;
    }

    /// <summary>Gives out the spare that holds what a bottle holds that is lost or broken.</summary>
    public Refused? GiveSpare(RecordInHand record, KeptTrial seen, string passphrase, int kit, out KeptTrial? next)
    {
        if (seen.Trial.Records.OfType<TrialRecord.SheetOpened>().FirstOrDefault() is not { } first) return (next = null) is null ? NotSealed : null;
        if (OpenSheet(record, seen, passphrase, first.Order, out next, out var sheet) is { } refused) return refused;
        return sheet!.SpareFor(next!.Trial, kit, out var spare) is { } none ? none : Add(record, next, new TrialRecord.SpareGiven(Friend, clock.GetCurrentInstant(), kit, spare!.Number), [], out next);
    }

    /// <summary>Opens what the person has before the end. It is written down first.</summary>
    public Refused? Unblind(RecordInHand record, KeptTrial seen, string passphrase, string second, string why, out IReadOnlyList<OpenedPeriod>? arms)
    {
        arms = null;
        if (Open(record, seen, passphrase, out var allocation) is { } shut) return shut;
        var opened = new TrialRecord.Unblinded(Friend, clock.GetCurrentInstant(), Me, second, why);
        return Unblinding.Open(seen.Trial, allocation!, opened, (_, _) => Add(record, seen, opened, out var _), out arms);
    }

    /// <summary>Opens everything once all is over, and keeps it open.</summary>
    public Refused? Reveal(RecordInHand record, KeptTrial seen, string passphrase)
    {
        if (Open(record, seen, passphrase, out var allocation) is { } shut) return shut;
        var revealed = new TrialRecord.Revealed(Friend, clock.GetCurrentInstant());
        if (Lowdose.Trials.Reveal.Open(seen.Trial, allocation!, revealed, (_, _) => Add(record, seen, revealed, out var _), out var opening) is { } refused) return refused;
        lock (_turn) return Write(record, seen.Id, [new(TrialFields.Opened, opening!.Text)]);
    }

    /// <summary>The opened lot; null until the reveal.</summary>
    public static Opening? Opening(RecordInHand record, KeptTrial seen)
    {
        if (seen.Trial.Stage != TrialStage.Revealed || record.Read(log => First(log, seen.Id, TrialFields.Opened)) is not { } text) return null;
        Lowdose.Trials.Opening.Read(text, out var opening);
        return opening;
    }

    /// <summary>The closed lot as a file, for the friend to take along; null where nothing is sealed.</summary>
    public static string? SealedText(RecordInHand record, KeptTrial seen) => record.Read(log => First(log, seen.Id, TrialFields.Sealed));

    private Refused? Add(RecordInHand record, KeptTrial seen, TrialRecord happened, IReadOnlyList<Change> beside, out KeptTrial? next)
    {
        next = null;
        if (seen.Trial.Add(happened, out var with) is { } refused) return refused;
        lock (_turn)
        {
            if (Of(record) is not { } now || now.Id != seen.Id || now.Trial.Records.Count != seen.Trial.Records.Count) return Meanwhile;
            if (Write(record, seen.Id, [Row(with!.Records.Count, happened), .. beside]) is { } notKept) return notKept;
        }
        next = seen with { Trial = with };
        return null;
    }

    private Refused? Write(RecordInHand record, string subject, IReadOnlyList<Change> changes) =>
        record.Append(record.Write(clock, Guid.CreateVersion7(), subject, record.Read(log => log.Head(subject)), changes)) switch
        {
            Appended.Accepted => null,
            Appended.Refused refused => new(refused.What, refused.Do),
            _ => Meanwhile,
        };

    private static Change Row(int number, TrialRecord happened) => new(TrialFields.Record(number), Encoding.UTF8.GetString(TrialPieces.Write(happened)));

    // What was written first counts: nothing that happened is changed later, whatever another device sends.
    private static string? First(DiaryLog log, string subject, string field) => log.Versions(subject, field).FirstOrDefault(w => !w.IsConflict)?.Write.Changes.First(c => c.Field == field).Value;

    private static int Last(DiaryLog log)
    {
        var number = 0;
        while (log.Head(Subjects.Trial(number + 1)) is not null) number++;
        return number;
    }
}
