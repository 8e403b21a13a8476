using System.Globalization;
using System.Text;
using Lowdose.Science.Inference.Crossover;
using Lowdose.Science.Inference.Pooling;
using Lowdose.Science.Numerics;

namespace Lowdose.Benchmarks;

/// <summary>Virtual people for the pooling benchmark: three randomised pairs of fourteen-day blocks, AR(1) noise, a tenth of the days missing.</summary>
internal static class PoolingData
{
    private const int Days = 84, Block = 14;

    public static PooledStudy Study(int people, ulong seed)
    {
        var diaries = new PooledDiary[people];
        for (var i = 0; i < people; i++) diaries[i] = Diary(seed, (ulong)i);
        return new PooledStudy { People = diaries, TauDays = 0 };
    }

    private static PooledDiary Diary(ulong seed, ulong person)
    {
        var random = new Philox(seed, person);
        double z = random.NextNormal(), level = 6 + z, effect = -1.5 + 0.8 * (-0.3 * z + Math.Sqrt(0.91) * random.NextNormal()), noise = 1.2 * random.NextNormal();
        var on = new bool[Days];
        for (var pair = 0; pair < Days; pair += 2 * Block) Array.Fill(on, true, pair + (random.NextUniform() < 0.5 ? Block : 0), Block);
        var (days, scores, n) = (new int[Days], new double[Days], 0);
        for (var t = 0; t < Days; t++)
        {
            if (t > 0) noise = 0.5 * noise + 1.2 * Math.Sqrt(0.75) * random.NextNormal();
            if (random.NextUniform() < 0.1) continue;
            (days[n], scores[n]) = (t, Math.Round(level + (on[t] ? effect : 0) + noise, 6));
            n++;
        }
        return new PooledDiary { Days = days[..n], Scores = scores[..n], OnDrug = on };
    }

    /// <summary>The means of the first two blocks of every person, of whom the last two lost the second.</summary>
    public static PeriodMean[] Periods(PooledStudy study) =>
        [.. study.People.SelectMany((p, i) => new[] { 0, 1 }.Where(b => b == 0 || i < study.People.Count - 2).Select(b =>
            new PeriodMean(i, b + 1, p.OnDrug[b * Block], Math.Round(p.Days.Index().Where(d => d.Item / Block == b).Select(d => p.Scores[d.Index]).Average(), 6))))];

    public static string AsCsv(PooledStudy study, bool named)
    {
        var text = new StringBuilder(named ? "person,day,on,y\n" : "day,on,y\n");
        for (var i = 0; i < study.People.Count; i++)
            for (var k = 0; k < study.People[i].Days.Length; k++)
            {
                var day = study.People[i].Days[k];
                if (named) text.Append(CultureInfo.InvariantCulture, $"{i + 1},");
                text.Append(CultureInfo.InvariantCulture, $"{day + 1},{(study.People[i].OnDrug[day] ? 1 : 0)},{study.People[i].Scores[k]}\n");
            }
        return text.ToString();
    }

    public static string AsCsv(PeriodMean[] means) =>
        "person,period,drug,mean\n" + string.Concat(means.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Person + 1},{m.Period},{(m.Drug ? 1 : 0)},{m.Mean}\n")));
}
