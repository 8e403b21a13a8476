using System.Text.Json;
using Lowdose.Science.Inference;
using static Lowdose.Benchmarks.VirtualPopulation;

namespace Lowdose.Benchmarks;

/// <summary>How often a verdict is ever declared when the diary is judged every week for 26 weeks.</summary>
public sealed record Looks(string Design, double Effect, Jump Jump, int Diaries, int EverPositive, int EverNegative, int EverHarms, int LastPositive, int LastNegative, int LastHarms);

/// <summary>The weekly looks of the verdict-errors page: D2 and D3 carried on to 26 weeks.</summary>
public static class WeeklyLooks
{
    private const int Weeks = 26, DiariesARow = 360;

    public static IReadOnlyList<Looks> RunAll(ulong seed, FinishedWork store)
    {
        Row[] rows = [.. from design in new[] { "D2", "D3" } from effect in new[] { 0.0, -1.5 } from jump in design == "D2" ? new[] { Jump.None, Jump.First } : [Jump.None] select new Row(design, effect, "AR(1)", jump)];
        var parts = (from row in rows from cell in Enumerable.Range(0, Cells(row).Count) select (row, cell)).ToList();
        Parallel.ForEach(parts.Where(p => !store.Has(Key(p.row, p.cell))), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            p => store.Add(Key(p.row, p.cell), JsonSerializer.SerializeToElement(Run(p.row, p.cell, seed, Stream(Array.IndexOf(rows, p.row), p.cell)))));
        return [.. rows.Select(row => Enumerable.Range(0, Cells(row).Count).Select(c => store.Get(Key(row, c)).Deserialize<Looks>()!).Aggregate((a, b) => a with
        {
            Diaries = a.Diaries + b.Diaries, EverPositive = a.EverPositive + b.EverPositive, EverNegative = a.EverNegative + b.EverNegative, EverHarms = a.EverHarms + b.EverHarms,
            LastPositive = a.LastPositive + b.LastPositive, LastNegative = a.LastNegative + b.LastNegative, LastHarms = a.LastHarms + b.LastHarms,
        }))];
    }

    private static string Key(Row row, int cell) => FormattableString.Invariant($"looks/{row.Key}/{cell}");

    /// <summary>Streams apart from those of the single looks; the low 20 bits number the diary.</summary>
    private static ulong Stream(int row, int cell) => 1UL << 60 | (ulong)row << 32 | (ulong)cell << 20;

    private static Looks Run(Row row, int cell, ulong seed, ulong stream)
    {
        var looks = new Looks(row.Design, row.Effect, row.Jump, 0, 0, 0, 0, 0, 0, 0);
        for (var i = 0; i < DiariesARow / Cells(row).Count; i++)
        {
            var course = Draw(row, Cells(row)[cell], seed, stream | (uint)i, Weeks * 7);
            bool positive = false, negative = false, harms = false;
            var last = Verdict.TooEarly;
            for (var week = 1; week <= Weeks; week++)
            {
                last = VerdictAt(course, week * 7);
                positive |= IsPositive(last);
                negative |= IsNegative(last);
                harms |= last == Verdict.Harms;
            }
            looks = looks with
            {
                Diaries = looks.Diaries + 1,
                EverPositive = looks.EverPositive + (positive ? 1 : 0), EverNegative = looks.EverNegative + (negative ? 1 : 0), EverHarms = looks.EverHarms + (harms ? 1 : 0),
                LastPositive = looks.LastPositive + (IsPositive(last) ? 1 : 0), LastNegative = looks.LastNegative + (IsNegative(last) ? 1 : 0), LastHarms = looks.LastHarms + (last == Verdict.Harms ? 1 : 0),
            };
        }
        return looks;
    }

    private static Verdict VerdictAt(Course course, int days)
    {
        var seen = course with { Scores = course.Scores[..days], DosesMg = course.DosesMg[..days], Arms = course.Arms[..days], Blocks = course.Blocks![..days] };
        var design = CourseDesign.Of(seen);
        // Without a candidate dose the table says too-early whatever the chances.
        return design.VerdictDose < 0 ? Verdict.TooEarly : VerdictTable.Decide(design, Judge.Chances(CourseInference.Of(seen)));
    }

    private static bool IsPositive(Verdict verdict) => verdict is Verdict.Works or Verdict.ProbablyWorks;

    private static bool IsNegative(Verdict verdict) => verdict is Verdict.DoesNotWork or Verdict.ProbablyDoesNotWork;
}
