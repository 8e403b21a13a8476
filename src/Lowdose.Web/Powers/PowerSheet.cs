using System.Globalization;
using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Power;
using Lowdose.Web.Plots;

namespace Lowdose.Web.Powers;

/// <summary>What a power study says, in words.</summary>
internal static class PowerSheet
{
    /// <summary>The answer in one sentence: of the design as it stands, or of the point that is nearest to it.</summary>
    public static string Sentence(PowerAnswer answer)
    {
        var enough = answer.Points.Where(p => p.Point.Power.Estimate >= 0.8).Select(p => p.Value).ToArray();
        var what = answer.Design.Analysis == DesignAnalysis.Verdict ? "say that the drug works, or probably does," : "show the effect";
        if (answer.Varied is not { } varied) return $"This study would {what} {OfHundred(answer.Points[0].Point.Power.Estimate)}.";
        if (enough.Length == 0) return $"None of these would {what} 80 times of 100.";
        if (varied is "people" or "pairs" or "days") return $"{Capital(Named(varied, enough.Min()!.Value))} would {what} 80 times of 100 or more.";
        return enough.Length == answer.Points.Count ? $"All of these would {what} 80 times of 100 or more." : $"{enough.Length} of these {answer.Points.Count} would {what} 80 times of 100 or more.";
    }

    /// <summary>One point as a line.</summary>
    public static string Line(Design design, double? value, OperatingPoint point) => $"{(value is { } v ? Capital(Named(design.Vary!.Name, v)) : "This study")}: {OfHundred(point.Power.Estimate)}";

    /// <summary>"30 people", "2 pairs", "effect −1".</summary>
    public static string Named(string name, double value) => name switch
    {
        "people" => $"{Figures.Plain(value)} people",
        "pairs" => value == 1 ? "1 pair" : $"{Figures.Plain(value)} pairs",
        "days" => $"{Figures.Plain(value)} days a block",
        _ => $"{Label(name)} {Figures.Plain(value)}",
    };

    /// <summary>As a column's head.</summary>
    public static string Label(string name) => name switch
    {
        "people" => "people", "pairs" => "pairs", "days" => "days a block", "effect" => "true effect", "effectSd" => "SD of effects", "sigma" => "SD of days", "rho" => "likeness of days", "tauDays" => "days to come and go",
        "missing" => "missing days", "dropout" => "people who leave", "runInDays" => "run-in days", "washoutDays" => "wash-out days", "discardDays" => "days left out", "level" => "level", "levelSd" => "SD of levels",
        _ => name,
    };

    /// <summary>What each person takes on, at the least and at the most that is asked about.</summary>
    public static IEnumerable<string> Burden(Design design)
    {
        Design[] all = design.Vary is { } vary ? [.. vary.Values.Select(v => design.With(vary.Name, v)!)] : [design];
        int[] days = [.. all.Select(d => DesignStudies.Study(d, 1).Days)], placebo = [.. all.Select(d => d.Written.Where(p => p.Arm == DesignArm.Placebo).Sum(p => p.Days))];
        yield return $"Each person: {Range(days)} days, {Range(placebo)} of them on placebo, with a score every day.";
        if (design.Analysis == DesignAnalysis.Verdict) yield break;
        var scores = all.Select(d => d.People * (double)DesignStudies.Study(d, 1).Days * (1 - d.Truth.Missing)).ToArray();
        yield return $"The clinic: {Range([.. all.Select(d => d.People)])} people, and about {Count(scores.Min())}{(scores.Min() < scores.Max() ? " to " + Count(scores.Max()) : "")} scores.";
    }

    /// <summary>What to bear in mind.</summary>
    public static IEnumerable<string> Remarks(PowerAnswer answer)
    {
        var (design, points) = (answer.Design, answer.Points.Select(p => p.Point).ToArray());
        yield return "What is true is assumed, not known. Ask again with people who differ more, or who forget more days.";
        yield return $"{Count(design.Replicates)} studies were simulated at each point, so the numbers are good to about {Figures.Plain(Math.Ceiling(196 / (2 * Math.Sqrt(design.Replicates))))} of 100. The command takes as many as you like.";
        if (design.Analysis != DesignAnalysis.Verdict && points.Any(p => p.TypeIError.Lo > 0.05)) yield return "Without any effect this analysis finds one more than 5 times of 100. Its power is flattered.";
        if (design.Analysis != DesignAnalysis.Verdict && points.Any(p => p.Coverage is { Hi: < 0.95 })) yield return "The 95 % intervals miss the full effect too often. The drug comes and goes slowly: leave the first days of each block out.";
        if (points.Any(p => p.TypeM > 1.5)) yield return "Where a weak study finds an effect, it makes it look far too large. See “looks larger by”.";
        if (points.Sum(p => p.Failed) is > 0 and var failed) yield return $"{Count(failed)} simulated studies had too few scores for an answer. They count as not showing anything.";
    }

    /// <summary>The commonest verdicts of a point.</summary>
    public static string Verdicts(OperatingPoint point)
    {
        var all = (double)point.Verdicts!.Values.Sum();
        return string.Join(", ", point.Verdicts.Where(v => v.Value > 0).OrderByDescending(v => v.Value).Select(v => $"{Figures.Of(v.Key)} {Figures.Plain(Math.Round(100 * v.Value / all))}"));
    }

    /// <summary>Times of 100.</summary>
    public static string OfHundred(double share) => double.IsNaN(share) ? "–" : share >= 0.995 ? "more than 99 times of 100" : share < 0.005 ? "less than once in 100" : $"{Math.Round(100 * share)} times of 100";

    /// <summary>A share as percent.</summary>
    public static string Percent(double share) => double.IsNaN(share) ? "–" : Math.Round(100 * share, share is > 0 and < 0.1 ? 1 : 0).ToString(CultureInfo.InvariantCulture);

    private static string Range(int[] values) => values.Min() == values.Max() ? Count(values[0]) : $"{Count(values.Min())} to {Count(values.Max())}";

    private static string Count(double n) => n.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
