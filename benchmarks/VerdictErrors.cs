using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lowdose.Science.Inference;
using static Lowdose.Benchmarks.VirtualPopulation;

namespace Lowdose.Benchmarks;

/// <summary>What became of the diaries of one cell.</summary>
public sealed record Tally
{
    public int Diaries { get; set; }
    public int Works { get; set; }
    public int ProbablyWorks { get; set; }
    public int Unclear { get; set; }
    public int ProbablyDoesNotWork { get; set; }
    public int DoesNotWork { get; set; }
    public int Harms { get; set; }
    public int TooEarly { get; set; }
    public int Covered { get; set; }
    public int Judged { get; set; }
    public int Fallback { get; set; }
    public int WelchWorks { get; set; }
    public int FivePercentWorks { get; set; }
    public int FadeAsked { get; set; }
    public int FadeAlarms { get; set; }

    [JsonIgnore] public int Positive => Works + ProbablyWorks;
    [JsonIgnore] public int Negative => ProbablyDoesNotWork + DoesNotWork;

    public static Tally operator +(Tally a, Tally b) => new()
    {
        Diaries = a.Diaries + b.Diaries, Works = a.Works + b.Works, ProbablyWorks = a.ProbablyWorks + b.ProbablyWorks, Unclear = a.Unclear + b.Unclear,
        ProbablyDoesNotWork = a.ProbablyDoesNotWork + b.ProbablyDoesNotWork, DoesNotWork = a.DoesNotWork + b.DoesNotWork, Harms = a.Harms + b.Harms,
        TooEarly = a.TooEarly + b.TooEarly, Covered = a.Covered + b.Covered, Judged = a.Judged + b.Judged, Fallback = a.Fallback + b.Fallback,
        WelchWorks = a.WelchWorks + b.WelchWorks, FivePercentWorks = a.FivePercentWorks + b.FivePercentWorks,
        FadeAsked = a.FadeAsked + b.FadeAsked, FadeAlarms = a.FadeAlarms + b.FadeAlarms,
    };
}

/// <summary>Error rates of the verdict over the virtual population, cell by cell; what is finished is kept on disk.</summary>
public static class VerdictErrors
{
    /// <summary>At least 4,000 diaries a row, evenly over its cells.</summary>
    public const int DiariesARow = 4_000;

    // Fading is a second integration; every eighth diary is enough for its rate.
    private const int FadeEvery = 8;

    public static int DiariesACell(Row row) => (DiariesARow + Cells(row).Count - 1) / Cells(row).Count;

    /// <summary>Judges the diaries of one cell; the same seed gives the same tally on any number of threads.</summary>
    public static Tally Run(Row row, int cell, ulong seed)
    {
        var tally = new Tally();
        for (var i = 0; i < DiariesACell(row); i++)
            Judge(Draw(row, Cells(row)[cell], seed, Stream(row, cell, i)), row, Cells(row)[cell], i % FadeEvery == 0, tally);
        return tally;
    }

    /// <summary>A stream of its own for every diary.</summary>
    public static ulong Stream(Row row, int cell, int diary)
    {
        var rows = Rows().ToList();
        return (ulong)rows.IndexOf(row) << 32 | (ulong)cell << 20 | (uint)diary;
    }

    private static void Judge(Course course, Row row, Cell cell, bool askFade, Tally tally)
    {
        var inference = CourseInference.Of(course);
        var design = CourseDesign.Of(course);
        tally.Diaries++;
        Count(tally, VerdictTable.Decide(design, Lowdose.Science.Inference.Judge.Chances(inference)));
        if (inference.Engine.Fallback) tally.Fallback++;
        if (design.VerdictDose >= 0)
        {
            // What the model can know: with no placebo days the jump is part of the effect.
            var truth = EffectAt(design.DosesMg[design.VerdictDose], row.Effect) + cell.Jump;
            var below = inference.Effects[design.VerdictDose].Cdf(truth);
            tally.Judged++;
            if (below is >= 0.025 and <= 0.975) tally.Covered++;
        }
        if (NaiveRules.Of(course) is { } naive)
        {
            if (naive.WelchSaysWorks) tally.WelchWorks++;
            if (naive.FivePercentSaysWorks) tally.FivePercentWorks++;
        }
        if (askFade && Fade.Of(course, design) is { } fading)
        {
            tally.FadeAsked++;
            if (fading.MayBeFading) tally.FadeAlarms++;
        }
    }

    private static void Count(Tally tally, Verdict verdict)
    {
        switch (verdict)
        {
            case Verdict.Works: tally.Works++; break;
            case Verdict.ProbablyWorks: tally.ProbablyWorks++; break;
            case Verdict.Unclear: tally.Unclear++; break;
            case Verdict.ProbablyDoesNotWork: tally.ProbablyDoesNotWork++; break;
            case Verdict.DoesNotWork: tally.DoesNotWork++; break;
            case Verdict.Harms: tally.Harms++; break;
            default: tally.TooEarly++; break;
        }
    }

    /// <summary>Runs what is not yet on disk for this seed and this engine, then writes the page and its data.</summary>
    public static void RunAll(ulong seed, Provenance provenance)
    {
        var store = new FinishedWork(FormattableString.Invariant($"verdict-errors-{seed}-{provenance.Engine}"));
        var work = Rows().SelectMany(row => Cells(row).Select((_, cell) => (row, cell))).ToList();
        var left = work.Where(w => !store.Has(Key(w.row, w.cell))).ToList();
        Console.Error.WriteLine($"{work.Count - left.Count} of {work.Count} cells are done already");
        var done = work.Count - left.Count;
        Parallel.ForEach(left, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, w =>
        {
            store.Add(Key(w.row, w.cell), JsonSerializer.SerializeToElement(Run(w.row, w.cell, seed)));
            var now = Interlocked.Increment(ref done);
            if (now % 20 == 0) Console.Error.WriteLine($"{now} of {work.Count} cells");
        });
        var looks = WeeklyLooks.RunAll(seed, store);
        var rows = Rows().ToDictionary(r => r, r => Cells(r).Select((_, c) => store.Get(Key(r, c)).Deserialize<Tally>()!).ToArray());
        VerdictErrorsPage.Write(seed, provenance, rows, looks, FadePower.Noticed(seed));
    }

    private static string Key(Row row, int cell) => row.Key + "/" + cell.ToString(CultureInfo.InvariantCulture);
}
