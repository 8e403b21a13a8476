namespace Lowdose.Science.Inference.Crossover;

/// <summary>One effect with its t test; NaN where the data cannot give it.</summary>
/// <param name="Effect">The estimate, score units.</param>
/// <param name="Se">Its standard error.</param>
/// <param name="Df">Degrees of freedom.</param>
/// <param name="T">Effect / SE.</param>
/// <param name="P">Two-sided p.</param>
/// <param name="Lo">Lower end of the 95 % interval.</param>
/// <param name="Hi">Upper end.</param>
public readonly record struct TTest(double Effect, double Se, double Df, double T, double P, double Lo, double Hi)
{
    /// <summary>What cannot be estimated.</summary>
    public static TTest None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    internal static TTest Of(double effect, double se, double df)
    {
        if (!(df > 0) || !double.IsFinite(effect) || !(se > 0)) return new(effect, se, df, double.NaN, double.NaN, double.NaN, double.NaN);
        var half = MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, df, 0.975) * se;
        return new(effect, se, df, effect / se, TwoSided(effect / se, df), effect - half, effect + half);
    }

    internal static double TwoSided(double t, double df) =>
        df > 0 && double.IsFinite(t) ? MathNet.Numerics.SpecialFunctions.BetaRegularized(df / 2, 0.5, df / (df + t * t)) : double.NaN;
}

/// <summary>The classical analysis, of the people who have scores under both treatments.</summary>
/// <param name="Treatment">Drug − placebo.</param>
/// <param name="Period">Second period − first; <see cref="TTest.None"/> with more than two periods.</param>
/// <param name="Carryover">Two periods: the sum of a person's means, placebo first − drug first. More: what the drug in the period before adds.</param>
public readonly record struct ClassicalComparison(TTest Treatment, TTest Period, TTest Carryover);

/// <summary>The mixed model of period means: treatment and period fixed, person random, REML.</summary>
/// <param name="Effect">Drug − placebo, score units.</param>
/// <param name="Se">Standard error as the model has it.</param>
/// <param name="DfSatterthwaite">Satterthwaite's degrees of freedom.</param>
/// <param name="PSatterthwaite">Two-sided p with them.</param>
/// <param name="SeKenwardRoger">Kenward and Roger's adjusted standard error.</param>
/// <param name="DfKenwardRoger">Kenward and Roger's degrees of freedom.</param>
/// <param name="PKenwardRoger">Two-sided p with both.</param>
/// <param name="VarPerson">Variance between people.</param>
/// <param name="VarResidual">Variance within a person, between periods.</param>
/// <param name="LogLikelihood">The REML log-likelihood, with lme4's constant.</param>
public readonly record struct MixedComparison(double Effect, double Se, double DfSatterthwaite, double PSatterthwaite, double SeKenwardRoger,
    double DfKenwardRoger, double PKenwardRoger, double VarPerson, double VarResidual, double LogLikelihood);

/// <summary>Who improved by at least 30 % of their level before the first period, among people with that level and both treatments.</summary>
/// <param name="Both">On drug and on placebo.</param>
/// <param name="DrugOnly">On drug only.</param>
/// <param name="PlaceboOnly">On placebo only.</param>
/// <param name="Neither">On neither.</param>
/// <param name="McNemarP">McNemar's chi-squared test with Edwards' correction; NaN where nobody differs.</param>
/// <param name="ExactP">The exact binomial p of the people who differ.</param>
public readonly record struct ResponderTable(int Both, int DrugOnly, int PlaceboOnly, int Neither, double McNemarP, double ExactP)
{
    /// <summary>How many people the table counts.</summary>
    public int People => Both + DrugOnly + PlaceboOnly + Neither;

    /// <summary>The share who responded on drug; NaN without people.</summary>
    public double OnDrug => People == 0 ? double.NaN : (Both + DrugOnly) / (double)People;

    /// <summary>The share who responded on placebo; NaN without people.</summary>
    public double OnPlacebo => People == 0 ? double.NaN : (Both + PlaceboOnly) / (double)People;
}

/// <summary>The permutation test: orders dealt anew among the people who have scores in the same periods.</summary>
/// <param name="P">Two-sided p; NaN where no order can be exchanged.</param>
/// <param name="Exact">Every deal was counted; else a sample of them was.</param>
/// <param name="Deals">How many were counted.</param>
public readonly record struct PermutationTest(double P, bool Exact, int Deals);

/// <summary>What a crossover says of the drug.</summary>
/// <param name="People">People assigned anything.</param>
/// <param name="Both">People with scores under both treatments.</param>
/// <param name="Classical">t tests.</param>
/// <param name="Mixed">The mixed model, everyone in it.</param>
/// <param name="Responders">Improved by 30 %.</param>
/// <param name="Permutation">The permutation test.</param>
public sealed record Comparison(int People, int Both, ClassicalComparison Classical, MixedComparison Mixed, ResponderTable Responders, PermutationTest Permutation);
