using System.Globalization;

namespace Lowdose.Acceptance.Web;

/// <summary>Diaries as people have them.</summary>
internal static class Diaries
{
    /// <summary>Four weeks off, eight on; pain, fatigue and mood; the same numbers every time.</summary>
    internal static string ThreeScores(char delimiter = ',')
    {
        var lines = Enumerable.Range(0, 84).Select(t =>
        {
            var on = t >= 28;
            var (pain, fatigue, mood) = (6 + (t * 7 % 3) - (on ? 3 : 0), 5 + (t * 5 % 4), 40 + (t * 11 % 17));
            return string.Join(delimiter, new DateOnly(2026, 1, 1).AddDays(t).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), on ? "4.5" : "0", pain, fatigue, mood);
        });
        return string.Join('\n', lines.Prepend(string.Join(delimiter, "Date", "LDN mg", "Pain", "Fatigue", "Mood")));
    }

    /// <summary>One score is not a number, on line 31.</summary>
    internal static string Broken()
    {
        var lines = ThreeScores().Split('\n');
        lines[30] = lines[30].Replace(",4.5,", ",4.5,about ", StringComparison.Ordinal);
        return string.Join('\n', lines);
    }
}
