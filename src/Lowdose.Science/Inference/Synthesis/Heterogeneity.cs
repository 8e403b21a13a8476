namespace Lowdose.Science.Inference.Synthesis;

/// <summary>The variance between studies (τ²) and its standard error, by nine estimators; and its Q-profile interval.</summary>
/// <remarks>
/// The formulas are those of metafor 3.8 (Viechtbauer, J Stat Softw 36(3), 2010; Viechtbauer, J Educ Behav Stat 30 (2005)
/// 261–293; Viechtbauer et al., Psychol Methods 20 (2015) 360–374). Where metafor stops an iteration early, this goes on
/// to the last digits: docs/methods/meta-analysis.md §3.
/// </remarks>
internal static class Heterogeneity
{
    private const int MostSteps = 500, ScoringSteps = 100;

    // metafor puts τ² to 0 where the likelihood there is higher than at the maximum found by more than this (R's ε^¼).
    private const double HigherAtZero = 1.220703125e-4, SmallestChecked = 1e-5;

    /// <summary>τ² and its standard error; the studies are left weighed at that τ².</summary>
    /// <returns>NaN for the standard error under equal effects and with one study.</returns>
    public static (double Tau2, double Se) Estimate(WeightedStudies studies, TauMethod method)
    {
        var (k, p) = (studies.K, studies.P);
        double tau2 = 0, se = double.NaN;
        if (method != TauMethod.EE && k > 1)
        {
            tau2 = method switch
            {
                TauMethod.DL => Moments(studies, out se),
                TauMethod.HS => HunterSchmidt(studies, out se),
                TauMethod.HE => Unweighted(studies, out se),
                TauMethod.SJ => SidikJonkman(studies, out se),
                TauMethod.ML => Likeliest(studies, restricted: false),
                TauMethod.REML => Likeliest(studies, restricted: true),
                _ => WhereResidualIs(studies, k - p),
            };
        }
        studies.At(tau2);
        if (k > 1 && method is TauMethod.ML) se = Math.Sqrt(2 / studies.SumW2);
        if (k > 1 && method is TauMethod.REML) se = Math.Sqrt(2 / studies.TracePP());
        if (k > 1 && method is TauMethod.EB or TauMethod.PM) se = Math.Sqrt(2.0 * k * k / (k - p)) / studies.SumW;
        return (tau2, se);
    }

    /// <summary>The Q-profile interval of τ²: where the residual is a quantile of χ² with k − p degrees of freedom. (0, 0) where even τ² = 0 is too large.</summary>
    /// <remarks>Source: Viechtbauer, Stat Med 26 (2007) 37–52. metafor cuts it at the larger of 100 and 10 τ²; this does not.</remarks>
    public static (double Lo, double Hi) Interval(WeightedStudies studies, double level)
    {
        var df = studies.K - studies.P;
        if (df < 1) return (double.NaN, double.NaN);
        var outside = (1 - level) / 2;
        return (WhereResidualIs(studies, Tails.ChiSquaredQuantile(1 - outside, df)), WhereResidualIs(studies, Tails.ChiSquaredQuantile(outside, df)));
    }

    /// <summary>The τ² at which yᵀPy is so large; 0 where it is smaller from the start. The residual falls and is convex, so Newton's steps from 0 never pass the root.</summary>
    private static double WhereResidualIs(WeightedStudies studies, double target)
    {
        var tau2 = 0.0;
        for (var step = 0; step < MostSteps; step++)
        {
            studies.At(tau2);
            var move = (studies.Residual - target) / studies.ResidualSlope();
            if (!(move > 0)) break;
            var next = tau2 + move;
            if (next - tau2 <= 1e-15 * next) break;
            tau2 = next;
        }
        return tau2;
    }

    private static double Moments(WeightedStudies studies, out double se)
    {
        studies.At(0);
        var (df, trace) = (studies.K - studies.P, studies.TraceP());
        var tau2 = Math.Max(0, (studies.Residual - df) / trace);
        se = Math.Sqrt(2 * df + 4 * tau2 * trace + 2 * tau2 * tau2 * studies.TracePP()) / trace;
        return tau2;
    }

    private static double HunterSchmidt(WeightedStudies studies, out double se)
    {
        studies.At(0);
        var df = studies.K - studies.P;
        var tau2 = Math.Max(0, (studies.Residual - studies.K) / studies.SumW);
        se = Math.Sqrt(2 * df + 4 * tau2 * studies.TraceP() + 2 * tau2 * tau2 * studies.TracePP()) / studies.SumW;
        return tau2;
    }

    private static double Unweighted(WeightedStudies studies, out double se)
    {
        studies.Unweighted();
        var (df, trace) = (studies.K - studies.P, studies.TracePV());
        var tau2 = Math.Max(0, (studies.Residual - trace) / df);
        se = Math.Sqrt(2 * studies.TracePVPV() + 4 * tau2 * trace + 2 * tau2 * tau2 * df) / df;
        return tau2;
    }

    private static double SidikJonkman(WeightedStudies studies, out double se)
    {
        var (start, df) = (studies.MeanSquare, studies.K - studies.P);
        studies.At(start);
        var tau2 = Math.Max(0, start * studies.Residual / df);
        se = start / df * Math.Sqrt(2 * studies.TracePVPV() + 4 * tau2 * studies.TracePVP() + 2 * tau2 * tau2 * studies.TracePP());
        return tau2;
    }

    /// <summary>The maximum of the likelihood, or of the restricted one, by Fisher's scoring from Hedges and Olkin's estimate; halved where a step would leave τ² ≥ 0.</summary>
    private static double Likeliest(WeightedStudies studies, bool restricted)
    {
        studies.Unweighted();
        var tau2 = Math.Max(0, (studies.Residual - studies.TracePV()) / (studies.K - studies.P));
        var negligible = 1e-6 * studies.SmallestVariance;
        double rising = double.NaN, falling = double.NaN, move = 0;
        for (var step = 0; step < ScoringSteps; step++)
        {
            move = Scoring(studies, tau2, restricted);
            if (move == 0) break;
            if (move > 0) rising = tau2; else falling = tau2;
            if (tau2 + move < 0)
            {
                if (tau2 <= negligible && Scoring(studies, 0, restricted) <= 0) return 0;
                while (tau2 + move < 0) move /= 2;
            }
            tau2 += move;
            if (Math.Abs(move) <= 1e-3 * tau2) break;
        }
        tau2 = Polished(studies, restricted, tau2, rising, falling);
        if (tau2 > SmallestChecked && LogLikelihood(studies, 0, restricted) - LogLikelihood(studies, tau2, restricted) > HigherAtZero) return 0;
        return tau2;
    }

    /// <summary>The root of the score near a τ², to the last digits: secants, and halves of the bracket where they leave it.</summary>
    private static double Polished(WeightedStudies studies, bool restricted, double tau2, double rising, double falling)
    {
        var score = Scoring(studies, tau2, restricted);
        var (before, scoreBefore) = (double.NaN, double.NaN);
        for (var step = 0; step < MostSteps && score != 0; step++)
        {
            if (score > 0) rising = tau2; else falling = tau2;
            var bracketed = rising < falling;
            var next = double.IsNaN(before) ? tau2 + score : tau2 - score * (tau2 - before) / (score - scoreBefore);
            if (bracketed && !(next > rising && next < falling)) next = (rising + falling) / 2;
            else if (!(next >= 0 && double.IsFinite(next))) next = Math.Max(0, tau2 + score);
            (before, scoreBefore) = (tau2, score);
            tau2 = next;
            if (Math.Abs(tau2 - before) <= 1e-15 * tau2) break;
            score = Scoring(studies, tau2, restricted);
            if (tau2 == 0 && score < 0) break;
        }
        return tau2;
    }

    /// <summary>The score at a τ² over its expected information: Fisher's step.</summary>
    private static double Scoring(WeightedStudies studies, double tau2, bool restricted)
    {
        studies.At(tau2);
        return restricted ? (studies.ResidualSlope() - studies.TraceP()) / studies.TracePP() : (studies.ResidualSlope() - studies.SumW) / studies.SumW2;
    }

    /// <summary>The (restricted) log-likelihood at a τ², without its constant.</summary>
    public static double LogLikelihood(WeightedStudies studies, double tau2, bool restricted)
    {
        studies.At(tau2);
        var sum = 0.0;
        foreach (var w in studies.W) sum += Math.Log(w);
        return 0.5 * (sum - studies.Residual - (restricted ? studies.LogDeterminant : 0));
    }
}
