using System.Text;
using Lowdose.Acceptance.Records;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Tests.Safety;
using NodaTime;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>R9: JSON that nobody would write, in every place that reads some: read or refused, never a crash, never a hang.</summary>
[Trait("trust", "R9")]
public sealed class MutatedJsonTests(ITestOutputHelper output)
{
    private const int Full = 300_000, Tables = 100_000;

    private static readonly LocalDate Today = new(2026, 11, 21);

    private static readonly (string Name, byte[] Whole, Func<byte[], (bool Read, Refusal? Refusal)> Read)[] Kinds =
    [
        ("a profile", """{"medicines":[{"text":"Tylenol 3","atc":"N02AJ06","rxnorm":2670,"lastTaken":"2026-11-20","form":null}],"conditions":[{"text":"Hashimoto"},"ME/CFS"],"surgeries":[{"date":"2026-12-10","opioidsExpected":true}],"pregnancy":"no","age":43,"labs":[{"loinc":"1742-6","value":3.8e1,"unit":"U/L","date":"2026-11-01"}],"allergies":[],"asOf":"2026-11-21"}"""u8.ToArray(),
            bytes => ProfileJson.Read(bytes, Today) is var reading ? (reading.Profile is not null, reading.Refusal) : default),
        ("a diary's writes", Writes(), bytes => WritesJson.Read(bytes, out var writes) is var refusal ? (writes is not null, refusal) : default),
        ("summaries of people", Summaries(), bytes => PoolTables.Read("site.json", bytes) is var reading ? (reading.Heading is not null && reading.Refusal is null, reading.Refusal) : default),
    ];

    [Fact]
    public void Three_thousand_broken_files_of_JSON_are_read_or_refused() => ReadOrRefuse(3_000, seed: 1);

    [Fact, Trait("speed", "slow")]
    public void Three_hundred_thousand_broken_files_of_JSON_are_read_or_refused() => ReadOrRefuse(FaultCount.RoundsOf(Full, usually: 30_000), seed: 2);

    [Fact, Trait("speed", "slow")]
    public void A_hundred_thousand_broken_tables_of_several_people_are_read_or_refused()
    {
        var (files, read, refused, mutator) = (FaultCount.RoundsOf(Tables, usually: 10_000), 0, 0, new DiaryMutator(3));
        for (var i = 0; i < files; i++)
        {
            var (one, other) = (mutator.Next(), mutator.Next());
            var reading = MutatedDiaryTests.WithoutHanging(() =>
            {
                var people = PeopleCsv.Read([new("a.csv", one, new()), new("b.csv", other, new())], new() { FilesArePeople = true });
                return (people.Diaries?.Count(), people.Refusal);
            }, i, one);
            if (reading.Refusal is null) read++;
            else refused++;
            if (reading.Refusal is { } refusal) refusal.Line.ShouldBeGreaterThan(0);
        }
        read.ShouldBeGreaterThan(0);
        refused.ShouldBeGreaterThan(files / 10);
        output.WriteLine(new FaultCount("R9", "pairs of people's diaries with faults, pooled", files, Tables, "pairs", FormattableString.Invariant($"{read:N0} read, {refused:N0} refused with their line, 0 unhandled, 0 over a second")).ToString());
    }

    private void ReadOrRefuse(int files, int seed)
    {
        foreach (var (name, whole, read) in Kinds) read(whole).Read.ShouldBeTrue($"{name}: {Encoding.UTF8.GetString(whole)} {read(whole).Refusal?.What}");
        var (random, good, refused) = (new Random(seed), new int[Kinds.Length], 0);
        for (var i = 0; i < files; i++)
        {
            var (_, whole, read) = Kinds[i % Kinds.Length];
            var bytes = MutatedCareTests.Scrambled(whole, random);
            var answer = MutatedDiaryTests.WithoutHanging(() => read(bytes), i, bytes);
            if (answer.Read != answer.Refusal is null) throw new ShouldAssertException(Encoding.UTF8.GetString(bytes));
            if (answer.Refusal is { } refusal)
            {
                refused++;
                if (MutatedDiaryTests.Nowhere(refusal, bytes) || !Placed(refusal)) throw new ShouldAssertException($"{refusal}: {Encoding.UTF8.GetString(bytes)}");
            }
            else good[i % Kinds.Length]++;
        }
        good.ShouldAllBe(of => of > files / 100);
        refused.ShouldBeGreaterThan(files / 10);
        output.WriteLine(new FaultCount("R9", "profiles, diaries and summaries as JSON with up to three faults", files, Full, "files", FormattableString.Invariant($"{good.Sum():N0} read, {refused:N0} refused with their line, 0 unhandled, 0 over a second")).ToString());
    }

    // Where it ends to be JSON, the character is told too.
    private static bool Placed(Refusal refusal) => !refusal.What.StartsWith("this is not JSON", StringComparison.Ordinal) || refusal.What.Contains("(character ", StringComparison.Ordinal) || refusal.What.Contains("empty", StringComparison.Ordinal);

    private static byte[] Writes()
    {
        var log = new DiaryLog();
        foreach (var n in (int[])[0, 1, 2]) log.Append(Some.Day(n, ("pain", "4"), ("dose", "taken 1.5 mg at 22:05"), ("note", "a walk")) with { Id = new(n + 1, 0, 0, new byte[8]) });
        using var file = new MemoryStream();
        WritesJson.Write(log.Writes, file);
        return file.ToArray();
    }

    private static byte[] Summaries()
    {
        var people = PeopleCsv.Read([new("ann.csv", new DiaryMutator(4).Whole(), new())], new() { FilesArePeople = true }).Diaries!.ToArray();
        using var file = new MemoryStream();
        PoolTables.Write(TableHeading.Of(people[0].Diary.Outcome, null), PeopleTables.Of(people, null).Tables, file);
        return file.ToArray();
    }
}
