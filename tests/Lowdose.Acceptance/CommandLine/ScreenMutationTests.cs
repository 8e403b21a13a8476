using System.Text;
using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Safety;
using Lowdose.Science.Numerics;
using NodaTime;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>A broken profile is refused or read; it never breaks the reader, and what it says is never lost on the way.</summary>
public class ScreenMutationTests
{
    private const string Whole = """
        {"medicines":[{"text":"Tylenol 3 💊","atc":"N02AJ06","rxnorm":2670,"lastTaken":"2026-11-20","form":null}], "conditions":[{"text":"Hashimoto"}, "ME/CFS"],
         "surgeries":[{"date":"2026-12-10","opioidsExpected":true}], "pregnancy":"no", "age":43, "labs":[{"loinc":"1742-6","value":3.8e1,"unit":"U/L","date":"2026-11-01"}], "allergies":[], "asOf":"2026-11-21"}
        """;

    [Fact]
    public void Ten_thousand_broken_profiles_are_refused_or_read()
    {
        var screen = new Screen(Knowledge.BuiltIn());
        var random = new Philox(1, 0);
        var read = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(Whole);
            for (var change = 0; change <= i % 3; change++) bytes = Changed(bytes, ref random);
            var reading = ProfileJson.Read(bytes, new LocalDate(2026, 11, 21));
            (reading.Profile is null).ShouldBe(reading.Refusal is not null);
            if (reading.Refusal is { } refusal) refusal.Line.ShouldBeInRange(1, 4);
            if (reading.Profile is not { } profile) continue;
            read++;
            screen.Of(profile).Status.ShouldNotBe(default);
        }
        read.ShouldBeGreaterThan(100);
    }

    private static byte[] Changed(byte[] bytes, ref Philox random)
    {
        var at = (int)(random.NextUniform() * bytes.Length);
        return (int)(random.NextUniform() * 3) switch
        {
            0 => [.. bytes[..at], .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], (byte)(random.NextUniform() * 256), .. bytes[at..]],
            _ => [.. bytes[..at], (byte)"{}[]\",:0 \n"[(int)(random.NextUniform() * 10)], .. bytes[(at + 1)..]],
        };
    }
}
