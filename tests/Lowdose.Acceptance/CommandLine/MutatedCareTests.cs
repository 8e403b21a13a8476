using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>Arguments of <c>mix</c> and <c>plan</c> and profiles for <c>screen</c> that nobody would write: done or refused, never a defect (exit code 1), never a hang.</summary>
public sealed class MutatedCareTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(2);
    private static readonly MethodInfo Main = Assembly.Load("Lowdose.Cli").EntryPoint!;

    private static readonly string[] Mix = ["--tablet", "50mg", "--volume", "50mL", "--dose", "0.5mg", "4.5mg", "--vehicle", "preserved", "--store", "room", "--mixed", "2026-12-01", "--json"];
    private static readonly string[] Plan = ["--protocol", "P10", "--start", "2026-12-01", "--time", "22:00", "--every", "14", "--ceiling", "4.5mg", "--product", "capsule", "--days", "90", "--json"];
    private static readonly string[] Own = ["--from", "0.5mg", "--by", "0.5mg", "--every", "14", "--ceiling", "4.5mg", "--start", "2026-12-01", "--tablet", "50mg", "--volume", "50mL"];

    private static readonly string[] Odd =
    [
        "", " ", "0", "-1", "0mg", "-1mg", "1e9mg", "1e-30mg", ".5mg", "5.mg", "1,000mg", "0.0000001mg", "99999999999999999999999999mg", "mg", "5 mg", "5g", "5ug", "1e400mL", "0mL", "0.000001mL", "10000mL", "10001mL", "NaN",
        "Infinity", "9999-12-31", "0001-01-01", "-9998-01-01", "2026-02-30", "99:99", "24:00", "2147483648", "P0", "P1", "P4", "P17", "p10", "prudent", "२", "\u0000", "💊", "--", "-h", "--dose", "--json", "--protocol", "--from", "nowhere.json",
    ];

    private const string Profile = """
        {"medicines":[{"text":"Tylenol 3 💊","atc":"N02AJ06","rxnorm":2670,"lastTaken":"2026-11-20","form":null},{"text":"loperamide 2 mg x 40 a day"}], "conditions":[{"text":"Hashimoto"}, "MS"],
         "surgeries":[{"date":"2026-12-10","opioidsExpected":true}], "pregnancy":"no", "age":43, "labs":[{"loinc":"1742-6","value":3.8e1,"unit":"U/L","date":"2026-11-01"}], "allergies":[], "asOf":"2026-11-21"}
        """;

    [Fact]
    public void Three_hundred_odd_command_lines_of_each_are_done_or_refused() => CommandLines(seed: 1, of: 300);

    [Fact]
    [Trait("speed", "slow")]
    public void Five_thousand_odd_command_lines_of_each_are_done_or_refused() => CommandLines(seed: 2, of: 5_000);

    [Fact]
    public void Three_hundred_broken_profiles_are_screened_and_planned_or_refused() => Profiles(seed: 3, of: 300);

    [Fact]
    [Trait("speed", "slow")]
    public void Five_thousand_broken_profiles_are_screened_and_planned_or_refused() => Profiles(seed: 4, of: 5_000);

    private static void CommandLines(int seed, int of)
    {
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        foreach (var (name, whole) in new[] { ("mix", Mix), ("plan", Plan), ("plan", Own) })
        {
            var codes = new Dictionary<int, int>();
            for (var i = 0; i < of; i++) Count(codes, [name, .. Broken(whole, random), "--out", Path.Combine(folder.Path, "out")]);
            codes.GetValueOrDefault(0).ShouldBeGreaterThan(of / 100, name);
            codes.GetValueOrDefault(2).ShouldBeGreaterThan(of / 10, name);
        }
    }

    private static void Profiles(int seed, int of)
    {
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        var codes = new Dictionary<int, int>();
        for (var i = 0; i < of; i++)
        {
            var file = folder.File("PROFILE.json", Scrambled(Encoding.UTF8.GetBytes(Profile), random));
            var output = Path.Combine(folder.Path, "out");
            Count(codes, i % 2 == 0 ? ["screen", file, "--json", "--out", output] : ["screen", file, "--out", output]);
            if (i % 5 == 0) Count(codes, ["plan", "--profile", file, "--start", "2027-03-01", "--out", output]);
        }
        codes.GetValueOrDefault(0).ShouldBeGreaterThan(of / 100);
        codes.GetValueOrDefault(3).ShouldBeGreaterThan(of / 10);
    }

    private static void Count(Dictionary<int, int> codes, string[] arguments)
    {
        var code = WithoutHanging(() => (int)Main.Invoke(null, [arguments])!, arguments);
        code.ShouldBeOneOf([0, 2, 3, 4], string.Join(' ', arguments));
        codes[code] = codes.GetValueOrDefault(code) + 1;
    }

    /// <summary>Fails where it takes two seconds three times running: once may be a busy machine.</summary>
    private static int WithoutHanging(Func<int> work, string[] arguments)
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var clock = Stopwatch.StartNew();
            var code = work();
            if (clock.Elapsed < Hang) return code;
        }
        throw new ShouldAssertException($"takes over {Hang.TotalSeconds} s: {string.Join(' ', arguments)}");
    }

    private static List<string> Broken(string[] whole, Random random)
    {
        var words = whole.ToList();
        for (var faults = random.Next(0, 4); faults > 0 && words.Count > 0; faults--)
        {
            var at = random.Next(words.Count);
            switch (random.Next(6))
            {
                case 0: words.RemoveAt(at); break;
                case 1: words.Insert(at, words[random.Next(words.Count)]); break;
                case 2: (words[at], words[0]) = (words[0], words[at]); break;
                case 3: words[at] = Encoding.UTF8.GetString(Scrambled(Encoding.UTF8.GetBytes(words[at]), random)); break;
                default: words[at] = Odd[random.Next(Odd.Length)]; break;
            }
        }
        // What is written goes to the one file this test names, nowhere else.
        return [.. words.Where(w => !w.StartsWith("--out", StringComparison.Ordinal) && !w.StartsWith("--ics", StringComparison.Ordinal))];
    }

    /// <summary>JSON or a word with up to three faults.</summary>
    internal static byte[] Scrambled(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (var faults = random.Next(0, 4); faults > 0 && bytes.Count > 0; faults--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes.RemoveAt(at); break;
                case 1: bytes.Insert(at, (byte)random.Next(256)); break;
                case 2: bytes[at] = (byte)"{}[]\",:0 \n-e"[random.Next(12)]; break;
                default: bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 30))); break;
            }
        }
        return [.. bytes];
    }
}
