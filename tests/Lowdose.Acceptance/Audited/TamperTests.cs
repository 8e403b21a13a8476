using System.Globalization;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Records;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Tests.Safety;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Audited;

/// <summary>R13: whatever is done to the trail behind Lowdose's back is found.</summary>
[Trait("trust", "R13")]
public sealed class TamperTests(ITestOutputHelper output) : IDisposable
{
    private const int Full = 10_000, FullOnServer = 1_000, Longest = 40, Shortest = 4;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Two_hundred_ways_to_meddle_with_it_are_all_found() => MeddledInAFile(200);

    [Fact, Trait("speed", "slow")]
    public void Ten_thousand_ways_to_meddle_with_it_are_all_found() => MeddledInAFile(FaultCount.RoundsOf(Full));

    [Fact]
    public void Twenty_ways_to_meddle_with_it_on_PostgreSQL_are_all_found() => MeddledOnAServer(20);

    [Fact, Trait("speed", "slow")]
    public void A_thousand_ways_to_meddle_with_it_on_PostgreSQL_are_all_found() => MeddledOnAServer(FaultCount.RoundsOf(FullOnServer));

    [Fact]
    public void A_text_that_goes_on_after_its_end_is_found()
    {
        using var archive = Some.Open(folder.Path);
        Fill(archive, 5, 0);
        Stored.Unprotect(archive);
        archive.Change(tables => tables.Database.ExecuteSqlRaw("UPDATE audit SET actor = CAST(CAST(actor AS BLOB) || x'006d65' AS TEXT) WHERE sequence = 3"));
        AuditWalk.Along(archive, []).Fault!.ShouldBe(new AuditFault(3, Tampering.Changed, "entry 3 is not as it was written: it does not agree with its hash"));
    }

    [Fact]
    public void What_is_wrong_is_said_with_the_first_number_it_concerns()
    {
        using var archive = Some.Open(folder.Path);
        Fill(archive, 10, 0);
        var (chain, head) = (Stored.All(archive), new AuditTrail(archive, Some.Clock).Head());
        Stored.Unprotect(archive);
        Found([.. chain[..4], .. chain[6..]], []).ShouldBe(new(5, Tampering.Missing, "entries 5 to 6 are missing; the next one there is 7"));
        Found([.. chain[..4], .. chain[5..]], []).ShouldBe(new(5, Tampering.Missing, "entry 5 is missing; the next one there is 6"));
        Found([.. chain, chain[0] with { Sequence = 0 }], []).ShouldBe(new(0, Tampering.OutOfPlace, "there is an entry 0, which cannot be; entries are numbered from 1"));
        Found([.. chain[..6], .. chain[6..].Select(e => (e with { Previous = e.Hash }).Sealed())], [])!.Kind.ShouldBe(Tampering.Unlinked);
        Found(chain[..7], [head]).ShouldBe(new(8, Tampering.CutOff, "the trail ends with entry 7, but entry 10 was there on 2026-12-01: the end was cut off, or an older backup was restored"));
        Found(chain[..7], []).ShouldBeNull("without an anchor a shorter trail is a whole one");
        Stored[] anew = [.. chain];
        anew[7] = anew[7] with { Actor = Deeds.Id(77) };
        var early = new AuditAnchor(5, chain[4].Hash, Some.Clock.Now);
        Found(Stored.SealedFrom(anew, 7), [early, head]).ShouldBe(new(6, Tampering.Rewritten, "entry 10 is not the one that was anchored on 2026-12-01: the trail was written anew somewhere after entry 5"));
        Found(Stored.SealedFrom(anew, 7), [early]).ShouldBeNull("the anchor is older than what was changed");
        Found(Stored.SealedFrom(anew, 7), [head])!.What.ShouldEndWith("the trail was written anew, or it is another database's");
        Found(chain, [early, head]).ShouldBeNull();

        AuditFault? Found(IEnumerable<Stored> after, AuditAnchor[] anchors)
        {
            Stored.Replace(archive, after);
            return AuditWalk.Along(archive, anchors).Fault;
        }
    }

    private void MeddledInAFile(int rounds)
    {
        // Nothing here is to survive a power cut.
        Archive.Open(Path.Combine(folder.Path, "a"), Some.Clock, SchemaSteps.All, "OFF", out var one).ShouldBeNull();
        Archive.Open(Path.Combine(folder.Path, "b"), Some.Clock, SchemaSteps.All, "OFF", out var other).ShouldBeNull();
        using (one)
        using (other) Meddled(one!, other!, rounds, Full, "");
    }

    private void MeddledOnAServer(int rounds)
    {
        using var here = new ServerStore();
        using var there = new ServerStore();
        using var one = here.Open();
        using var other = there.Open();
        Meddled(one, other, rounds, FullOnServer, here.On);
    }

    private void Meddled(Archive archive, Archive another, int rounds, int full, string on)
    {
        Fill(archive, Longest, 0);
        Fill(another, Longest, 1);
        var (longest, other) = (Stored.All(archive), Stored.All(another));
        Stored.Unprotect(archive);
        SortedDictionary<string, int> found = new(StringComparer.Ordinal);
        var anchorOnly = 0;
        for (var seed = 1; seed <= rounds; seed++)
        {
            var chance = new Random(seed);
            var chain = longest[..chance.Next(Shortest, Longest + 1)];
            var head = new AuditAnchor(chain.Length, chain[^1].Hash, Some.Clock.Now);
            var tamper = Tamper.Of(chain, other, chance);
            Stored.Replace(archive, tamper.After);
            AuditWalk.Along(archive, [head]).Fault.ShouldNotBeNull(Said(seed, tamper));
            (AuditWalk.Along(archive, []).Fault is null).ShouldBe(tamper.NeedsAnchor, "without an anchor: " + Said(seed, tamper));
            var kind = tamper.Kind.Split(',')[0];
            found[kind] = found.GetValueOrDefault(kind) + 1;
            if (tamper.NeedsAnchor) anchorOnly++;
        }
        // Put back as it was, nobody is accused.
        Stored.Replace(archive, longest);
        AuditWalk.Along(archive, [new(Longest, longest[^1].Hash, Some.Clock.Now)]).Fault.ShouldBeNull();
        if (rounds >= 200) found.Count.ShouldBe(6);
        output.WriteLine(new FaultCount("R13", "the audit trail changed behind Lowdose’s back, with raw SQL and no triggers" + on, rounds, full, "tampers",
            string.Create(CultureInfo.InvariantCulture, $"all found: {string.Join(", ", found.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Value:N0} {f.Key}")))}; {anchorOnly:N0} of them left a whole chain and were found by the anchor alone; the untouched trail was not accused")).ToString());
    }

    private static AuditAnchor Fill(Archive archive, int count, int from)
    {
        archive.Change(tables => AuditTrail.Append(tables, Instant.FromUtc(2026, 12, 1, 12, 0), Enumerable.Range(from, count).Select(Deeds.Of)));
        return new AuditTrail(archive, Some.Clock).Head();
    }

    private static string Said(int seed, Tamper tamper) => $"seed {seed}: {tamper.Kind}\n{string.Join('\n', tamper.After)}";
}
