namespace Lowdose.Science.Inference.Synthesis;

/// <summary>Fits one set of studies. Source: Viechtbauer, J Stat Softw 36(3), 2010; Knapp &amp; Hartung, Stat Med 22 (2003) 2693–2710.</summary>
internal static class Fitting
{
    // R's machine epsilon.
    private const double Rounding = 2.220446049250313e-16;

    /// <summary>The fit; null where there are fewer studies than coefficients.</summary>
    public static MetaFit? Of(StudySet set)
    {
        var studies = new WeightedStudies(set.Effects, set.Moderators);
        var (k, p) = (studies.K, studies.P);
        if (TooFew(set, studies)) return null;
        var (tau2, seTau2) = Heterogeneity.Estimate(studies, set.Method);
        var test = k == 1 ? CoefficientTest.Z : set.Test;
        var scale = Scale(studies, test);
        var (df, critical) = test == CoefficientTest.Z ? (double.NaN, Tails.Z975) : (k - p, Tails.Student975(k - p));
        var (estimates, covariance) = studies.Solve();
        MetaCoefficient Coefficient(int j) => Tested(estimates[j], Math.Sqrt(scale * covariance[j * p + j]), df, critical);
        var (coefficients, next) = (new List<MetaCoefficient> { Coefficient(0) }, 1);
        foreach (var kept in studies.Kept) coefficients.Add(kept ? Coefficient(next++) : MetaCoefficient.None);
        var random = set.Method != TauMethod.EE;
        PredictionInterval Prediction(double mean, double se) => !random ? new(double.NaN, double.NaN)
            : critical * Math.Sqrt(se * se + tau2) is var half ? new(mean - half, mean + half) : default;
        var weights = new double[k];
        for (var i = 0; i < k; i++) weights[i] = 100 * studies.W[i] / studies.SumW;
        var fitted = new List<FittedStudy>();
        for (var i = 0; i < (set.Moderators.Count == 0 ? 0 : k); i++)
        {
            var (mean, se) = (studies.Fitted(i), Math.Sqrt(scale * studies.Leverage(i) / studies.W[i]));
            fitted.Add(new(mean, se, mean - critical * se, mean + critical * se, Prediction(mean, se)));
        }
        var moderators = Explained(studies, scale, test);
        var likelihood = LogLikelihood(studies, tau2, set.Method == TauMethod.REML);
        var (q, i2, h2) = Disagreement(studies, tau2, random);
        return new MetaFit
        {
            K = k,
            Test = test,
            Coefficients = coefficients,
            Df = df,
            Prediction = set.Moderators.Count > 0 ? new(double.NaN, double.NaN) : Prediction(coefficients[0].Estimate, coefficients[0].Se),
            Tau2 = tau2,
            SeTau2 = seTau2,
            I2 = i2,
            H2 = h2,
            Q = q,
            Moderators = moderators,
            R2 = p > 1 && random && Of(set with { Moderators = [] }) is { } without ? without.Tau2 == 0 ? 0 : Math.Max(0, 100 * (without.Tau2 - tau2) / without.Tau2) : double.NaN,
            LogLikelihood = likelihood,
            Weights = weights,
            Fitted = fitted,
        };
    }

    /// <summary>There are more coefficients that stand, τ² counted, than studies.</summary>
    public static bool TooFew(StudySet set, WeightedStudies studies) =>
        studies is not { K: 1, P: 1 } && studies.P + (set.Method == TauMethod.EE ? 0 : 1) > studies.K;

    private static MetaCoefficient Tested(double estimate, double se, double df, double critical)
    {
        var statistic = estimate / se;
        return new(estimate, se, statistic, double.IsNaN(df) ? Tails.Normal(statistic) : Tails.Student(statistic, df), estimate - critical * se, estimate + critical * se);
    }

    /// <summary>Knapp and Hartung's factor of the variance.</summary>
    private static double Scale(WeightedStudies studies, CoefficientTest test)
    {
        if (test == CoefficientTest.Z) return 1;
        // As metafor: a residual that is only rounding is none.
        var scale = studies.Residual <= Rounding ? 0 : studies.Residual / (studies.K - studies.P);
        return test == CoefficientTest.KnappHartungAdHoc ? Math.Max(1, scale) : scale;
    }

    private static MetaTest Explained(WeightedStudies studies, double scale, CoefficientTest test)
    {
        var (count, df) = (studies.P - 1, studies.K - studies.P);
        if (count == 0) return MetaTest.None;
        var sum = studies.Explained() / scale;
        return test == CoefficientTest.Z ? new(sum, count, double.NaN, Tails.ChiSquared(sum, count)) : new(sum / count, count, df, Tails.F(sum / count, count, df));
    }

    /// <summary>With metafor's constants; the studies are weighed at this τ².</summary>
    private static double LogLikelihood(WeightedStudies studies, double tau2, bool restricted)
    {
        var constant = -0.5 * (studies.K - (restricted ? studies.P : 0)) * Math.Log(2 * Math.PI);
        if (restricted)
        {
            studies.Unweighted();
            constant += 0.5 * studies.LogDeterminant;
        }
        return constant + Heterogeneity.LogLikelihood(studies, tau2, restricted);
    }

    /// <summary>Q, I² and H²; of nothing left over, 0, 0 and 1.</summary>
    private static (MetaTest Q, double I2, double H2) Disagreement(WeightedStudies studies, double tau2, bool random)
    {
        var df = studies.K - studies.P;
        if (df == 0) return (new(0, 0, double.NaN, 1), 0, 1);
        studies.At(0);
        var q = studies.Residual;
        var test = new MetaTest(q, df, double.NaN, Tails.ChiSquared(q, df));
        if (!random) return (test, q > 0 ? Math.Max(0, 100 * (q - df) / q) : 0, q / df);
        var typical = df / studies.TraceP();
        return (test, 100 * tau2 / (typical + tau2), tau2 / typical + 1);
    }
}
