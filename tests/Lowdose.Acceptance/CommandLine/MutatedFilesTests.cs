using Lowdose.Acceptance.Records;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;
using Lowdose.Tests.Safety;
using NodaTime;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>R9: files of every kind we write or read, broken and given to every reader we have, the wrong ones too: read or refused, never a crash, never a hang.</summary>
[Trait("trust", "R9")]
public sealed class MutatedFilesTests(ITestOutputHelper output)
{
    private const int Full = 100_000;

    private static readonly ModelFile Model = ModelFile.Named("naltrexone");

    private static readonly (string Name, byte[] Whole)[] Files =
    [
        ("a ZIP", Everything.Zip(Log())),
        ("an ICS", CalendarFile.Daily([new(9, 0), new(21, 30)], new(2026, 12, 1), Instant.FromUtc(2026, 11, 22, 20, 0))),
        ("studies", File.ReadAllBytes(LowdoseProcess.Example("bcg-trials.csv"))),
        ("charts", "person,days,stopped,response,side_effects\n1,120,no,yes,none\n2,35,yes,no,\"vivid dreams; nausea\"\n3,,,yes,\n"u8.ToArray()),
        ("doses", "ID,TIME,EVID,AMT,CMT,ADDL,II\n1,0,1,4.5,1,6,24\n1,240,0,0,1,0,0\n2,0,1,1.5,1,0,0\n"u8.ToArray()),
        ("a model", File.ReadAllBytes(Path.Combine(LowdoseProcess.Repository, "models", "rebound.yaml"))),
    ];

    private static readonly (string Name, Func<byte[], (bool Read, Refusal? Refusal)> Read)[] Readers =
    [
        ("diary", bytes => DiaryCsv.Read(bytes, new()) is var r ? (r.Diary is not null, r.Refusal) : default),
        ("import", bytes => DiaryWrites.Read(bytes, new(), Some.Clock.Now, "Etc/UTC", "import", out var writes) is var r ? (writes is not null, r) : default),
        ("studies", bytes => StudyCsv.Read(bytes, new() { Measure = Measure.RR }) is var r ? (r.Table is not null, r.Refusal) : default),
        ("charts", bytes => ChartCsv.Read(bytes, new()) is var r ? (r.Patients is not null, r.Refusal) : default),
        ("doses", bytes => EventCsv.Read(bytes, Model) is var r ? (r.Records is not null, r.Refusal) : default),
        ("a model", bytes => ModelFile.Read("a.yaml", bytes) is var r ? (r.File is not null, r.Refusal) : default),
        ("profile", bytes => ProfileJson.Read(bytes, Some.FirstDay) is var r ? (r.Profile is not null, r.Refusal) : default),
        ("writes", bytes => WritesJson.Read(bytes, out var writes) is var r ? (writes is not null, r) : default),
        ("summaries", bytes => PoolTables.Read("site.json", bytes) is var r ? (r.Refusal is null, r.Refusal) : default),
    ];

    [Fact]
    public void Six_hundred_broken_files_are_read_or_refused_by_every_reader() => ReadOrRefuse(600, seed: 1);

    [Fact, Trait("speed", "slow")]
    public void A_hundred_thousand_broken_files_are_read_or_refused_by_every_reader() => ReadOrRefuse(FaultCount.RoundsOf(Full, usually: 10_000), seed: 2);

    [Fact]
    public void A_model_that_ends_within_a_bracket_is_refused_on_its_last_line()
    {
        ModelFile.Read("a.yaml", "name: a\nparameters:\n  X: {value: 1"u8.ToArray()).Refusal!.Line.ShouldBe(3);
        ModelFile.Read("a.yaml", "name: a\nparameters:\n  X: {value: 1\n"u8.ToArray()).Refusal!.Line.ShouldBeInRange(3, 4);
    }

    private void ReadOrRefuse(int files, int seed)
    {
        foreach (var (name, whole) in Files[2..]) Readers.Single(r => r.Name == name).Read(whole).Refusal.ShouldBeNull(name);
        var (random, read, refused, most) = (new Random(seed), new Dictionary<string, int>(), 0, 0L);
        for (var i = 0; i < files; i++)
        {
            var (name, whole) = Files[i % Files.Length];
            var bytes = MutatedCareTests.Scrambled(whole, random);
            foreach (var (reader, open) in Readers)
            {
                var answer = MutatedDiaryTests.WithoutHanging(() => open(bytes), i, bytes);
                if (answer.Read != answer.Refusal is null) throw new ShouldAssertException($"{name} read as {reader}: {MutatedDiaryTests.Shown(i, bytes)}");
                if (answer.Refusal is not { } refusal)
                {
                    read[name] = read.GetValueOrDefault(name) + 1;
                    continue;
                }
                refused++;
                if (MutatedDiaryTests.Nowhere(refusal, bytes)) throw new ShouldAssertException($"{name} read as {reader}: {refusal}: {MutatedDiaryTests.Shown(i, bytes)}");
            }
            if (i % 1_000 == 0) most = Math.Max(most, Environment.WorkingSet);
        }
        // What is neither is read by nobody; what is one of ours often survives a fault.
        read.ShouldNotContainKey("a ZIP");
        read.ShouldNotContainKey("an ICS");
        read.Keys.Count.ShouldBe(Files.Length - 2);
        output.WriteLine(new FaultCount("R9", "ZIP, ICS, studies, charts, doses and models with up to three faults, each given to nine readers", files, Full, "files", FormattableString.Invariant(
            $"{read.Values.Sum():N0} readings, {refused:N0} refusals with their line, 0 unhandled, 0 over a second; {most / 1e6:0} MB at most")).ToString());
    }

    private static DiaryLog Log()
    {
        var log = new DiaryLog();
        foreach (var n in (int[])[0, 1, 2]) log.Append(Some.Day(n, ("pain", "4"), ("note", "a walk")) with { Id = new(n + 1, 0, 0, new byte[8]) });
        return log;
    }
}
