using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Pooling;
using Lowdose.Science.Inference.Power;

namespace Lowdose.Benchmarks;

/// <summary>How long a replicate of a power study takes, beside R fitting the same studies in the same run.</summary>
public static class PowerSpeed
{
    /// <summary>30 people, three pairs of blocks of 14 days, a score a day.</summary>
    internal static readonly PowerStudy Daily = new()
    {
        People = 30, Blocks = Pairs(3, 14), Order = BlockOrder.Pairs, Blinded = true, Analysis = PowerAnalysis.Pool, Replicates = 1000,
        Truth = new StudyTruth { Effect = -0.5, EffectSd = 0.8, LevelSd = 1, Rho = 0.5, Sigma = 1.2 },
    };

    /// <summary>The same people with one number a block.</summary>
    internal static readonly PowerStudy Means = Daily with
    {
        Blocks = Pairs(3, 1), Analysis = PowerAnalysis.Crossover, Truth = new StudyTruth { Effect = -0.5, EffectSd = 0, LevelSd = 1, Sigma = 0.6 },
    };

    private static CourseBlock[] Pairs(int pairs, int days) => [.. Enumerable.Range(0, 2 * pairs).Select(b => new CourseBlock(b % 2 == 0 ? Arm.Placebo : Arm.Ldn, b % 2 == 0 ? 0 : 4.5, days))];

    public static void Run(bool quick)
    {
        if (quick)
        {
            Console.WriteLine($"means {Replicate(Means):0.0000} ms, daily {Replicate(Daily):0.000} ms");
            Parts(Console.Out);
        }
    }

    /// <summary>CPU milliseconds of one study drawn and analysed: half of what a replicate costs, which draws and analyses it with and without the effect.</summary>
    internal static double Replicate(PowerStudy study)
    {
        var some = study with { Replicates = 200 };
        return PoolingSpeed.Milliseconds(() => Power.Of(some, 1)) / (2 * some.Replicates);
    }

    /// <summary>Where the time of one study goes.</summary>
    internal static void Parts(TextWriter page)
    {
        foreach (var study in new[] { Means, Daily })
        {
            var people = new VirtualPeople(study);
            var replicate = 0L;
            var draw = PoolingSpeed.Milliseconds(() =>
            {
                people.Begin(replicate++);
                for (var i = 0; i < study.People; i++) people.Draw(i);
            });
            var give = PoolingSpeed.Milliseconds(() => { for (var i = 0; i < study.People; i++) people.Give(-0.5, study.Truth.EffectSd); });
            var mean = new MeanEffect(study);
            var all = PoolingSpeed.Milliseconds(() => mean.Of(replicate++));
            page.WriteLine($"{study.Analysis}: draw {1000 * draw:0.0} µs, give {1000 * give:0.0} µs, all {1000 * all:0.0} µs");
        }
        var some = new MeanEffect(Daily).Diaries(7);
        var pooled = new PooledStudy { People = some, TauDays = 0 };
        var columns = new PooledColumns(pooled);
        columns.SetOnset(0);
        var products = new GapProducts(columns);
        products.Fill();
        var likelihood = new PooledLikelihood(columns, products, [0, 1], true);
        void Said(string what, Action action) => page.WriteLine($"{what}: {1000 * PoolingSpeed.Milliseconds(action):0.00} µs");
        Said("columns", () => _ = new PooledColumns(pooled));
        Said("onset", () => columns.SetOnset(0));
        Said("gaps", () => _ = new GapProducts(columns));
        Said("fill", products.Fill);
        Said("likelihood", () => likelihood.At(new Spread(0.5, 0.8, 0.1, 0.6)));
        var fit = new OneStage(pooled);
        var search = new SpreadSearch(likelihood);
        Said("search", () => search.From(new Spread(0.3, 0.3, 0, 0.3), Searched.Rho | Searched.Level | Searched.Both | Searched.Effect));
        Said("flat", () => search.IsFlat(fit.Best, Searched.Rho | Searched.Level | Searched.Both | Searched.Effect));
        Said("all of the fit", () => _ = new OneStage(pooled));
    }
}
