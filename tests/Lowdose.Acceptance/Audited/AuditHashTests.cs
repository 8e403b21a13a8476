using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Records;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using NodaTime;

namespace Lowdose.Acceptance.Audited;

/// <summary>What the hash covers, and what can get into an entry.</summary>
public sealed class AuditHashTests : IDisposable
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 12, 1, 12, 0);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_hash_of_a_known_entry_is_the_one_that_another_program_computed()
    {
        // docs/methods/audit.md holds the program and this number.
        const string Hash = "b8026df50e7b6159133bb89fb48c115c8645eb14c39d57dd435990c3af1a5e69";
        var hash = AuditHash.Of(AuditHash.Start, 1, "2026-12-01T12:00:00Z", null, "0198f0a0-0000-7000-8000-000000000001", "record seen", "0198f0a0-0000-7000-8000-000000000002", "day 2026-11-30");
        Convert.ToHexStringLower(hash).ShouldBe(Hash);
        File.ReadAllText(Path.Combine(LowdoseProcess.Repository, "docs", "methods", "audit.md")).ShouldContain(Hash);
    }

    [Fact]
    public void Two_entries_that_differ_anywhere_even_in_where_a_text_ends_have_two_hashes()
    {
        var texts = Gen.Elements(null, "", "a", "b", "ab", "ba", "aab");
        var entries = from at in texts from o in texts from actor in texts from act in texts from r in texts from d in texts from n in Gen.Choose(1, 3)
                      select (Sequence: (long)n, At: at ?? "", Organisation: o, Actor: actor ?? "", Act: act ?? "", Record: r, Detail: d ?? "");
        Prop.ForAll(Gen.Two(entries).ToArbitrary(), pair =>
        {
            var (one, other) = pair;
            return (one == other) == Of(one).SequenceEqual(Of(other));
        }).QuickCheckThrowOnFailure();

        static byte[] Of((long Sequence, string At, string? Organisation, string Actor, string Act, string? Record, string Detail) e) =>
            AuditHash.Of(AuditHash.Start, e.Sequence, e.At, e.Organisation, e.Actor, e.Act, e.Record, e.Detail);
    }

    [Fact]
    public void Whatever_is_kept_in_whatever_portions_the_chain_is_whole_and_every_end_it_ever_had_agrees()
    {
        var portions = Gen.Choose(1, 6).ListOf().Select(p => p.Take(12).ToArray());
        var opened = 0;
        Prop.ForAll(portions.ToArbitrary(), sizes =>
        {
            using var archive = Some.Open(Path.Combine(folder.Path, $"{++opened}"));
            var trail = new AuditTrail(archive, Some.Clock);
            List<AuditAnchor> ends = [trail.Head()];
            var n = 0;
            foreach (var size in sizes)
            {
                archive.Change(tables => AuditTrail.Append(tables, Noon, Enumerable.Range(0, size).Select(_ => Deeds.Of(n++))));
                ends.Add(trail.Head());
            }
            var walked = AuditWalk.Along(archive, ends);
            return walked.Fault is null && walked.Entries == n && walked.Unanchored == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Fact]
    public void Nothing_but_ids_and_closed_words_can_be_kept()
    {
        using var archive = Some.Open(folder.Path);
        var trail = new AuditTrail(archive, Some.Clock);
        foreach (var typed in (string[])["ada@example.org", "pain 7", "", "Ada", "nobody\n", "0198f0a0-0000-7000-8000-00000000000", "{0198f0a0-0000-7000-8000-000000000001}"])
        {
            Should.Throw<ArgumentException>(() => trail.Note(new(Act.SignInRefused, typed)));
            Should.Throw<ArgumentException>(() => trail.Note(new(Act.RecordSeen, Archive.Me, Organisation: typed)));
            Should.Throw<ArgumentException>(() => trail.Note(new(Act.RecordSeen, Archive.Me, Record: typed)));
        }
        Stored.All(archive).ShouldBeEmpty();
        // A detail is made by these and nothing else; none takes a text.
        var ways = typeof(Detail).GetMethods().Where(m => m.ReturnType == typeof(Detail)).SelectMany(m => m.GetParameters()).Select(p => p.ParameterType).Distinct();
        ways.ShouldBe([typeof(RecordPart), typeof(LocalDate), typeof(Role), typeof(May), typeof(Guid), typeof(int), typeof(Detail)], ignoreOrder: true);
        typeof(Detail).GetConstructors().ShouldBeEmpty();
    }

    [Fact]
    public void Every_act_has_a_word_of_its_own_that_is_read_back_and_no_word_speaks_of_health()
    {
        var acts = Enum.GetValues<Act>();
        acts.Select(ActWords.Of).Distinct().Count().ShouldBe(acts.Length);
        acts.ShouldAllBe(a => ActWords.Read(ActWords.Of(a)) == a);
        string[] said = [.. acts.Select(ActWords.Of), .. Enum.GetValues<RecordPart>().Select(p => Detail.Of(p).ToString()), .. Enum.GetValues<Role>().Select(r => Detail.Of(r).ToString()), .. Enum.GetValues<May>().Select(m => Detail.Of(m).ToString())];
        said.ShouldAllBe(word => Regex.IsMatch(word, "^[a-z-]+( [a-z-]+)*$"));
        foreach (var health in (string[])["pain", "naltrexone", "dose", "opioid", "fibromyalgia", "fatigue", "mg", "drug", "symptom", "side effect"]) said.ShouldAllBe(word => !word.Contains(health));
        Detail.Of(RecordPart.ClinicList).And(Detail.Of(new LocalDate(2026, 12, 1))).ToString().ShouldBe("clinic list, day 2026-12-01");
    }
}
