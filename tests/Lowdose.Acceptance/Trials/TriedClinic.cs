using System.Security.Cryptography;
using System.Text;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Records;
using Lowdose.Acceptance.Reminders;
using Lowdose.Exchange;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Records.Trials;
using Lowdose.Trials;
using NodaTime;

namespace Lowdose.Acceptance.Trials;

/// <summary>A clinic with somebody of every role, a clock that can be set, and a lot that can be chosen.</summary>
internal sealed class TriedClinic : IAsyncDisposable
{
    public static readonly LocalDate First = new(2026, 12, 1);

    private readonly Func<int, byte[]> secrets;

    private readonly bool isGuest;

    private TriedClinic(OwnClinic clinic, SetClock clock, Func<int, byte[]> secrets, int people, Account? guest = null)
    {
        (isGuest, Admin) = (guest is not null, guest ?? clinic.Admin);
        (Clinic, Clock, this.secrets) = (clinic, clock, secrets);
        Kept = On(clinic.Archive);
        (Dora, Fia, Rosa) = (clinic.Somebody(Role.Prescriber, "Dora Doctor", Admin), clinic.Somebody(Role.Pharmacist, "Fia Pharmacist", Admin), clinic.Somebody(Role.Researcher, "Rosa Researcher", Admin));
        People = [.. Enumerable.Range(1, people).Select(n => clinic.Somebody(Role.Person, $"Person {n}", Admin))];
        foreach (var person in People) new Consent(clinic.Archive, clock).Give(person, Dora.Id, May.Prescribe).ShouldBeNull();
    }

    public OwnClinic Clinic { get; }
    public SetClock Clock { get; }
    public KeptTrials Kept { get; }
    public Account Admin { get; }
    public Account Dora { get; }
    public Account Fia { get; }
    public Account Rosa { get; }
    public IReadOnlyList<Account> People { get; }

    /// <summary>The id of <see cref="Sealed"/>'s trial.</summary>
    public string Id { get; private set; } = "";

    /// <summary>As it is now.</summary>
    public KeptTrial Now => Kept.Find(Id, Dora.Organisation)!;

    public static async Task<TriedClinic> Start(int people = 1, Func<int, byte[]>? secrets = null, TextWriter? log = null, Store? store = null)
    {
        var clock = new SetClock(At(0));
        secrets ??= RandomNumberGenerator.GetBytes;
        return new(await OwnClinic.Start(clock, store: store, secrets: secrets, log: log), clock, secrets, people);
    }

    /// <summary>Another clinic on a site that is there, beginning with the first day.</summary>
    public static TriedClinic In(Grounds grounds, int people, Func<int, byte[]> secrets)
    {
        grounds.Clock.Now = At(0);
        return new(grounds.Site, grounds.Clock, secrets, people, grounds.Site.Accounts.Begin("Clinic of the Meadow", new(OwnClinic.NewId(), "Ada Admin"), onlyFirst: false));
    }

    /// <summary>Noon of the n-th day, 0 first.</summary>
    public static Instant At(int day) => First.PlusDays(day).At(new LocalTime(12, 0)).InZoneLeniently(DateTimeZoneProviders.Tzdb.GetSystemDefault()).ToInstant();

    /// <summary>The same trials as another node has them.</summary>
    public KeptTrials On(Archive archive) => new(archive, Clinic.Mode.Key, new(TrialPieces.Write, TrialPieces.ReadDesign, TrialPieces.Write, TrialPieces.ReadRecord), secrets);

    /// <summary>A trial, consented to and sealed, made without the pages.</summary>
    public async Task<KeptTrial> Sealed(int days = 21, int pairs = 1, string of = "trial-pairs")
    {
        await Task.CompletedTask;
        Consented(days, pairs, of);
        Kept.Seal(Now, Dora.Id, Clock.Now).ShouldBeNull();
        return Now;
    }

    /// <summary>A trial, consented to.</summary>
    public void Consented(int days = 21, int pairs = 1, string of = "trial-pairs", string name = "meadow-1")
    {
        Planned(days, pairs, of, name);
        foreach (var (n, person) in People.Index()) Kept.Enrol(Now, new(Dora.Id, Clock.Now, new($"P{n + 1}")), person.Record!).ShouldBeNull();
        foreach (var (n, person) in People.Index()) Kept.Add(Now, new TrialRecord.Consented(person.Id, Clock.Now, $"P{n + 1}", new string('a', 64)), out _).ShouldBeNull();
    }

    /// <summary>A trial with nobody in it.</summary>
    public void Planned(int days = 21, int pairs = 1, string of = "trial-pairs", string name = "meadow-1")
    {
        var design = Script.Short(of, People.Count, days, pairs);
        Trial.New(name, design, out var trial).ShouldBeNull();
        trial!.Add(new TrialRecord.PlanLocked(Dora.Id, Clock.Now, new AnalysisPlan { Outcome = "pain", DecisionRule = "Go on if it works." }), out trial).ShouldBeNull();
        Kept.Begin(trial!, Dora.Organisation, Dora.Id, Clock.Now, out var kept).ShouldBeNull();
        Id = kept!.Id;
    }

    /// <summary>Makes the kits and begins everybody's first period today.</summary>
    public void Begins()
    {
        Kept.OpenSheet(Now, new(Fia.Id, Clock.Now, new(new KitForm.Capsules(), 60)), out _, out _).ShouldBeNull();
        foreach (var (n, person) in People.Index()) Kept.Add(Now, new TrialRecord.Started(person.Id, Clock.Now, $"P{n + 1}", First), out _).ShouldBeNull();
    }

    public ValueTask DisposeAsync() => isGuest ? ValueTask.CompletedTask : Clinic.DisposeAsync();

    /// <summary>Bytes of a number, a different row for each asking: the same number gives the same rows.</summary>
    public static Func<int, byte[]> Secrets(int number)
    {
        var asked = 0;
        return count => [.. SHA512.HashData(Encoding.UTF8.GetBytes($"secret {number} {asked++}")).Take(count)];
    }
}
