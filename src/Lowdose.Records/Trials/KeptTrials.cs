using Lowdose.Dosing;
using Lowdose.Records.Clinic;
using Lowdose.Trials;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Lowdose.Records.Trials;

/// <summary>
/// The trials of a clinic: what happened in each, to which only more is added, and beside it, closed with a key that is not in the database, who gets what.
/// Every opening is on the disk before anything is opened. Source: docs/methods/trials.md.
/// </summary>
/// <param name="archive">Where they are kept.</param>
/// <param name="key">The clinic's; the allocations have one of their own, made from it.</param>
/// <param name="writing">How a trial's pieces are written.</param>
/// <param name="secrets">So many random bytes, from a source of secrets.</param>
public sealed class KeptTrials(Archive archive, ClinicKey key, TrialWriting writing, Func<int, byte[]> secrets)
{
    private const int Tries = 20;
    private static readonly Refused Meanwhile = new("somebody else wrote in this trial meanwhile", "look at it again, and then decide");
    private static readonly Refused NotSealed = new("nothing is sealed yet", "seal the allocation first");

    /// <summary>Every trial of an organisation, the last made first.</summary>
    public IReadOnlyList<KeptTrial> In(string organisation) => archive.Query(tables =>
        tables.Set<TrialRow>().AsNoTracking().Where(row => row.Organisation == organisation).OrderByDescending(row => row.MadeAt).ThenByDescending(row => row.Id).ToArray().Select(row => Opened(tables, row)).ToArray());

    /// <summary>One trial; null where the organisation has none of that id.</summary>
    public KeptTrial? Find(string id, string organisation) =>
        archive.Query(tables => tables.Set<TrialRow>().AsNoTracking().FirstOrDefault(row => row.Id == id && row.Organisation == organisation) is { } row ? Opened(tables, row) : null);

    /// <summary>The trial a record has a place in, the last made; null where it has none.</summary>
    public KeptTrial? Of(string record) => archive.Query(tables =>
        (from place in tables.Set<TrialPlaceRow>() join row in tables.Set<TrialRow>() on place.Trial equals row.Id where place.Record == record orderby row.MadeAt descending, row.Id descending select row).AsNoTracking().FirstOrDefault() is { } found
            ? Opened(tables, found) : null);

    /// <summary>Whether a record has a place in a trial.</summary>
    public bool Has(string record) => archive.Remembered("has a trial", record, tables => tables.Set<TrialPlaceRow>().Any(place => place.Record == record) ? "yes" : "no") == "yes";

    /// <summary>Keeps a new trial with what has happened in it.</summary>
    /// <param name="trial">The trial; nobody has a place yet.</param>
    /// <param name="organisation">Whose.</param>
    /// <param name="by">The account that makes it.</param>
    /// <param name="at">When.</param>
    /// <param name="kept">Null where it is refused.</param>
    /// <exception cref="NotKeptException">It is not known to be kept.</exception>
    public Refused? Begin(Trial trial, string organisation, string by, Instant at, out KeptTrial? kept)
    {
        var (id, refused) = (Guid.CreateVersion7().ToString(), (Refused?)null);
        archive.Change(tables =>
        {
            refused = tables.Set<TrialRow>().Any(row => row.Organisation == organisation && row.Name == trial.Id) ? new($"there is a trial called {trial.Id} already", "give another name") : null;
            if (refused is not null) return;
            tables.Add(new TrialRow(id, organisation, trial.Id, writing.Design(trial.Design), by, at));
            tables.SaveChanges();
            foreach (var (before, record) in trial.Records.Index()) Insert(tables, id, before, record);
        }, organisation);
        kept = refused is null ? new(id, organisation, by, at, trial, new Dictionary<string, string?>()) : null;
        return refused;
    }

    /// <summary>Gives somebody a place.</summary>
    /// <param name="seen">The trial as it was read.</param>
    /// <param name="record">Who made the place, when, which.</param>
    /// <param name="person">Whose record it is.</param>
    /// <exception cref="NotKeptException">It is not known to be kept.</exception>
    public Refused? Enrol(KeptTrial seen, TrialRecord.Enrolled record, string person)
    {
        if (seen.PlaceOf(person) is not null) return new("this person has a place already", "nothing is left to do");
        return seen.Trial.Add(record, out var with) ?? Keep(seen, record, with!, tables =>
        {
            tables.Add(new TrialPlaceRow(seen.Id, record.Subject.Id, person));
            tables.SaveChanges();
        }, out _, tables => IsElsewhere(tables, person) ? new("this person is in another trial", "wait until that one is over") : null);
    }

    /// <summary>Adds what happened and opens nothing.</summary>
    /// <param name="seen">The trial as it was read.</param>
    /// <param name="record">Who, when, what.</param>
    /// <param name="next">The trial with it; null where it is refused.</param>
    /// <exception cref="NotKeptException">It is not known to be kept.</exception>
    /// <exception cref="ArgumentException">The record goes with sealing or opening, which have doors of their own.</exception>
    public Refused? Add(KeptTrial seen, TrialRecord record, out KeptTrial? next)
    {
        if (record is TrialRecord.Enrolled or TrialRecord.AllocationSealed or TrialRecord.SheetOpened or TrialRecord.KitsMade or TrialRecord.SpareGiven or TrialRecord.Unblinded or TrialRecord.Revealed)
            throw new ArgumentException($"{record.GetType().Name} is not kept by itself", nameof(record));
        return Add(seen, record, out next, null);
    }

    /// <summary>Draws the allocation, closes it, and publishes its commitment: all of it or nothing.</summary>
    /// <param name="seen">The trial as it was read.</param>
    /// <param name="actor">Who.</param>
    /// <param name="at">When.</param>
    /// <exception cref="NotKeptException">It is not known to be kept.</exception>
    public Refused? Seal(KeptTrial seen, string actor, Instant at)
    {
        if (Allocation.Draw(seen.Trial, secrets(SeededDraw.SeedBytes), secrets(SeededDraw.SeedBytes), out var allocation) is { } refused) return refused;
        var closed = SealedAllocation.Of(allocation!, key.ForAllocations, secrets(SealedAllocation.NonceBytes));
        return Add(seen, new TrialRecord.AllocationSealed(actor, at, allocation!.Commitment), out _, tables =>
        {
            tables.Add(new SealedAllocationRow(seen.Id, [.. closed.Nonce], [.. closed.Closed]));
            tables.SaveChanges();
        });
    }

    /// <summary>Opens the pharmacist's sheet; the first time the kits are made as well.</summary>
    /// <param name="seen">The trial as it was read.</param>
    /// <param name="record">Who, when, how kits are made up.</param>
    /// <param name="next">The trial after it; null where it is refused.</param>
    /// <param name="sheet">Null where it is refused.</param>
    /// <exception cref="NotKeptException">It is not known to be kept; nothing was opened.</exception>
    public Refused? OpenSheet(KeptTrial seen, TrialRecord.SheetOpened record, out KeptTrial? next, out PharmacySheet? sheet)
    {
        (next, sheet) = (null, null);
        if (Closed(seen, out var allocation) is { } shut) return shut;
        var after = seen;
        if (PharmacySheet.Open(seen.Trial, allocation!, record, (_, with) => Keep(seen, record, with, null, out after!), out sheet) is { } refused) return refused;
        next = after;
        return after.Trial.Kits is null ? Add(after, new TrialRecord.KitsMade(record.Actor, record.At, sheet!.Kits), out next, null) : null;
    }

    /// <summary>Gives out the spare that holds what a kit holds that is lost or broken. The sheet is opened for it, on the record.</summary>
    /// <param name="seen">The trial as it was read.</param>
    /// <param name="record">Who, when, how kits are made up.</param>
    /// <param name="kit">The number of the one that is gone.</param>
    /// <param name="next">The trial after it; null where it is refused.</param>
    /// <param name="sheet">Null where it is refused before it was opened.</param>
    /// <exception cref="NotKeptException">It is not known to be kept.</exception>
    public Refused? GiveSpare(KeptTrial seen, TrialRecord.SheetOpened record, int kit, out KeptTrial? next, out PharmacySheet? sheet)
    {
        if (OpenSheet(seen, record, out next, out sheet) is { } refused) return refused;
        return sheet!.SpareFor(next!.Trial, kit, out var spare) is { } none ? none : Add(next, new TrialRecord.SpareGiven(record.Actor, record.At, kit, spare!.Number), out next, null);
    }

    /// <summary>Opens one person's allocation before the end. It is on the disk, here and in the audit trail, before it is opened, and others' goings-on do not keep it from being opened.</summary>
    /// <param name="seen">The trial as it was read.</param>
    /// <param name="record">Who, when, which place, the second person, why.</param>
    /// <param name="arms">That person's, period after period; null where it is refused.</param>
    /// <exception cref="NotKeptException">It is not known to be kept; nothing was opened.</exception>
    public Refused? Unblind(KeptTrial seen, TrialRecord.Unblinded record, out IReadOnlyList<OpenedPeriod>? arms)
    {
        arms = null;
        if (Closed(seen, out var allocation) is { } shut) return shut;
        var deed = new Deed(Act.CodeBroken, record.Actor, seen.Organisation, seen.Places.GetValueOrDefault(record.Subject), Detail.About(Guid.Parse(seen.Id)));
        Refused? refused = null;
        for (var left = Tries; left > 0; left--)
        {
            refused = Unblinding.Open(seen.Trial, allocation!, record, (_, with) => Keep(seen, record, with, tables => AuditTrail.Append(tables, record.At, deed), out var _), out arms);
            // It is an emergency: whoever wrote meanwhile, this goes on after them.
            if (refused != Meanwhile || Find(seen.Id, seen.Organisation) is not { } now) break;
            seen = now;
        }
        return refused;
    }

    /// <summary>Opens the whole allocation of a closed trial; again as often as is asked.</summary>
    /// <param name="seen">The trial as it was read.</param>
    /// <param name="record">Who, when.</param>
    /// <param name="next">The trial after it; null where it is refused.</param>
    /// <param name="opening">Null where it is refused.</param>
    /// <exception cref="NotKeptException">It is not known to be kept; nothing was opened.</exception>
    public Refused? Reveal(KeptTrial seen, TrialRecord.Revealed record, out KeptTrial? next, out Opening? opening)
    {
        (next, opening) = (null, null);
        if (Closed(seen, out var allocation) is { } shut) return shut;
        var after = seen;
        if (Lowdose.Trials.Reveal.Open(seen.Trial, allocation!, record, (_, with) => Keep(seen, record, with, null, out after!), out opening) is { } refused) return refused;
        next = after;
        return null;
    }

    private Refused? Add(KeptTrial seen, TrialRecord record, out KeptTrial? next, Action<RecordsContext>? beside)
    {
        next = null;
        return seen.Trial.Add(record, out var with) ?? Keep(seen, record, with!, beside, out next);
    }

    /// <summary>Puts one record on the disk, with what belongs to it, if nothing was written since the trial was read, and nothing speaks against it then.</summary>
    private Refused? Keep(KeptTrial seen, TrialRecord record, Trial with, Action<RecordsContext>? beside, out KeptTrial? next, Func<RecordsContext, Refused?>? unless = null)
    {
        Refused? refused = null;
        archive.Change(tables =>
        {
            refused = tables.Set<TrialRecordRow>().Count(row => row.Trial == seen.Id) == seen.Trial.Records.Count ? unless?.Invoke(tables) : Meanwhile;
            if (refused is not null) return;
            Insert(tables, seen.Id, seen.Trial.Records.Count, record);
            beside?.Invoke(tables);
        }, seen.Id);
        next = refused is null ? seen with { Trial = with } : null;
        return refused;
    }

    /// <summary>Whether a person is in a trial that is not over. Of two nodes that ask about one person at once the second waits until the first is done.</summary>
    private bool IsElsewhere(RecordsContext tables, string person)
    {
        if (archive.IsOnServer) tables.Database.ExecuteSql($"SELECT pg_advisory_xact_lock(hashtextextended({person}, 0))");
        var trials = from place in tables.Set<TrialPlaceRow>() join row in tables.Set<TrialRow>() on place.Trial equals row.Id where place.Record == person select row;
        return trials.AsNoTracking().ToArray().Any(row => Opened(tables, row).Trial.Stage < TrialStage.Closed);
    }

    private void Insert(RecordsContext tables, string trial, int before, TrialRecord record)
    {
        var content = writing.Record(record);
        tables.Database.ExecuteSql($"INSERT INTO trial_records (trial, number, content) VALUES ({trial}, {before + 1}, {content})");
    }

    private Refused? Closed(KeptTrial seen, out Allocation? allocation)
    {
        allocation = null;
        if (seen.Trial.Commitment is not { } commitment || archive.Query(tables => tables.Set<SealedAllocationRow>().AsNoTracking().FirstOrDefault(row => row.Trial == seen.Id)) is not { } row) return NotSealed;
        return new SealedAllocation(commitment, row.Nonce, row.Closed).Open(key.ForAllocations, out allocation);
    }

    private KeptTrial Opened(RecordsContext tables, TrialRow row)
    {
        var records = tables.Set<TrialRecordRow>().AsNoTracking().Where(r => r.Trial == row.Id).OrderBy(r => r.Number).ToArray();
        var places = tables.Set<TrialPlaceRow>().AsNoTracking().Where(p => p.Trial == row.Id).ToDictionary(p => p.Subject, p => p.Record, StringComparer.Ordinal);
        return new(row.Id, row.Organisation, row.MadeBy, row.MadeAt, new(row.Name, writing.ReadDesign(row.Design), [.. records.Select(r => writing.ReadRecord(r.Content))]), places);
    }
}
