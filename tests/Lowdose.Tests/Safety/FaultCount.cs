using System.Globalization;

namespace Lowdose.Tests.Safety;

/// <summary>
/// What one test against faults really did and found. The test writes it to its output; <c>bin/bench trust</c> reads it there and makes a row of
/// <c>docs/safety/trust.md</c> of it.
/// </summary>
/// <param name="Id">The fault, as R1.</param>
/// <param name="Fault">In a few words.</param>
/// <param name="Done">How many rounds were run.</param>
/// <param name="Full">How many there are to be; 0: only the whole form finds out.</param>
/// <param name="Rounds">What a round is, in the plural.</param>
/// <param name="Found">The other counts.</param>
internal sealed record FaultCount(string Id, string Fault, int Done, int Full, string Rounds, string Found)
{
    private const string Opening = "| ", Between = " | ", Of = " of ", Unknown = "?";

    /// <summary>How many rounds a slow test is to run: all, or fewer where <c>bin/bench trust --rounds N</c> asked for fewer.</summary>
    /// <param name="full">All.</param>
    /// <param name="usually">How many where nobody asked, as with <c>bin/test --all</c>; null: all.</param>
    public static int RoundsOf(int full, int? usually = null) =>
        int.TryParse(Environment.GetEnvironmentVariable("LOWDOSE_FAULT_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? Math.Min(full, most) : usually ?? full;

    /// <summary>Reads what <see cref="ToString"/> wrote; null where a line is something else.</summary>
    public static FaultCount? Read(string line)
    {
        if (!line.StartsWith(Opening, StringComparison.Ordinal) || line.Trim().Trim('|').Split(Between) is not { Length: >= 4 } cells) return null;
        var rounds = cells[2].Split(' ', 4);
        return rounds.Length == 4 && rounds[1] == Of.Trim() && Number(rounds[0], out var done) && Number(rounds[2].Replace(Unknown, "0", StringComparison.Ordinal), out var full)
            ? new(cells[0].Trim(), cells[1], done, full, rounds[3], cells[3].Trim()) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Opening + string.Join(Between, Id, Fault, FormattableString.Invariant($"{Done:N0}{Of}{(Full == 0 ? Unknown : Full.ToString("N0", CultureInfo.InvariantCulture))} {Rounds}"), Found) + " |";

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out number);
}
