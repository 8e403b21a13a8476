using System.Globalization;
using System.Text;
using Lowdose.Science.Numerics;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>Made-up diaries of several people, as files.</summary>
internal static class PeopleDiaries
{
    /// <summary>People on and off 4.5 mg in blocks of a fortnight; the drug takes 1.5 points off.</summary>
    public static string Pool(int people, int days = 56, ulong seed = 1, string extraHeader = "", Func<int, int, string>? extra = null)
    {
        var text = new StringBuilder("person,day,dose_mg,pain" + extraHeader + "\n");
        for (var i = 1; i <= people; i++)
        {
            var random = new Philox(seed, (ulong)i);
            double level = 5 + random.NextNormal(), noise = random.NextNormal();
            for (var day = 1; day <= days; day++)
            {
                noise = 0.5 * noise + 0.85 * random.NextNormal();
                var on = ((day - 1) / 14 + i) % 2 == 0;
                var pain = random.NextUniform() < 0.1 ? "" : Math.Clamp(Math.Round(level + noise - (on ? 1.5 : 0)), 0, 10).ToString(CultureInfo.InvariantCulture);
                text.Append(CultureInfo.InvariantCulture, $"p{i},{day},{(on ? 4.5 : 0)},{pain}{extra?.Invoke(i, day)}\n");
            }
        }
        return text.ToString();
    }

    /// <summary>A run-in of a week, then placebo and drug for three weeks each, in the order of every second person the other way round.</summary>
    public static string Crossover(int people, ulong seed = 1)
    {
        var text = new StringBuilder("person,sequence,period,day,arm,dose_mg,pain\n");
        for (var i = 1; i <= people; i++)
        {
            var random = new Philox(seed, (ulong)i);
            var level = 6 + random.NextNormal();
            for (var day = 1; day <= 49; day++)
            {
                var period = day <= 7 ? 0 : day <= 28 ? 1 : 2;
                var drug = period > 0 && (period + i) % 2 == 0;
                var pain = Math.Clamp(Math.Round(level + random.NextNormal() - (drug ? 2.5 : 0), 2), 0, 10);
                text.Append(CultureInfo.InvariantCulture, $"{i},{(i % 2 == 0 ? "PL" : "LP")},{(period == 0 ? "" : period)},{day},{(period == 0 ? "none" : drug ? "ldn" : "placebo")},{(drug ? 4.5 : 0)},{pain}\n");
            }
        }
        return text.ToString();
    }
}
