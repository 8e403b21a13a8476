using System.Security.Cryptography;
using System.Text;
using Lowdose.Evidence;
using Lowdose.Quantities;
using Lowdose.Trials;
using NodaTime;

namespace Lowdose.Tests.Trials;

/// <summary>Trials to try things on.</summary>
internal static class Some
{
    public static readonly Instant Noon = Instant.FromUtc(2026, 12, 1, 12, 0);
    public static readonly LocalDate Start = new(2026, 12, 7);
    public static readonly KitOrder Capsules = new(new KitForm.Capsules(), 60);
    private static readonly Lazy<Knowledge> Ours = new(Knowledge.BuiltIn);

    public static AnalysisPlan Plan => new() { Outcome = "pain", DecisionRule = "Go on if it works or probably works; stop if not." };

    /// <summary>32 bytes of a number.</summary>
    public static byte[] Bytes(int seed, string what = "seed") => SHA256.HashData(Encoding.UTF8.GetBytes($"{what} {seed}"));

    public static Design Built(string id) => Ours.Value.Designs[id];

    public static Design Read(string yaml)
    {
        var reading = Design.Read("d.yaml", new MemoryStream(Encoding.UTF8.GetBytes("id: some\ntitle: Some trial\nanalysis: pool\ntruth: {effect: -1, sigma: 1}\n" + yaml)));
        return reading.Design ?? throw new InvalidOperationException(string.Join('\n', reading.Defects));
    }

    public static TrialSubject[] People(int count) => [.. Enumerable.Range(1, count).Select(i => new TrialSubject($"S{i}"))];

    public static LegalSequences Legal(Design design, params TrialSubject[] subjects) =>
        LegalSequences.Of(design, subjects, out var legal) is { } refused ? throw new InvalidOperationException(refused.What) : legal!;

    /// <summary>Consented and locked.</summary>
    public static Trial Ready(Design design, params TrialSubject[] subjects)
    {
        Trial.New("trial-1", design, out var trial).ShouldBeNull();
        foreach (var subject in subjects) trial = trial!.After(new TrialRecord.Enrolled("Ann", Noon, subject));
        foreach (var subject in subjects) trial = trial!.After(new TrialRecord.Consented("Ann", Noon, subject.Id, new string('a', 64)));
        return trial!.After(new TrialRecord.PlanLocked("Ann", Noon, Plan));
    }

    public static (Trial Trial, Allocation Allocation) Sealed(Design design, int seed, params TrialSubject[] subjects)
    {
        var trial = Ready(design, subjects);
        Allocation.Draw(trial, Bytes(seed), Bytes(seed, "nonce"), out var allocation).ShouldBeNull();
        return (trial.After(new TrialRecord.AllocationSealed("Ann", Noon, allocation!.Commitment)), allocation);
    }

    public static (Trial Trial, Opening Opening) Revealed(Design design, int seed, params TrialSubject[] subjects)
    {
        var (trial, allocation) = Sealed(design, seed, subjects);
        trial = trial.After(new TrialRecord.Closed("Ann", Noon, null));
        Trial? after = null;
        Reveal.Open(trial, allocation, new("Ann", Noon), (_, next) => { after = next; return null; }, out var opening).ShouldBeNull();
        return (after!, opening!);
    }

    public static Trial After(this Trial trial, TrialRecord record) => trial.Add(record, out var next) is { } refused ? throw new InvalidOperationException(refused.What) : next!;

    public static Mass Mg(decimal mg) => Mass.FromMilligrams(mg);
}
