using FsCheck;
using FsCheck.Fluent;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Science.Tests.Synthesis;

/// <summary>What must hold whatever the studies are, and where the answer is known.</summary>
public class SynthesisTests
{
    private static readonly TauMethod[] Methods = Enum.GetValues<TauMethod>();

    private static StudySet Set(TauMethod method, params (double Y, double V)[] studies) =>
        new() { Effects = [.. studies.Select(s => new StudyEffect(s.Y, s.V))], Method = method, Test = CoefficientTest.KnappHartung };

    private static StudySet Drawn(int seed, TauMethod method)
    {
#pragma warning disable CA5394 // Fixed seeds, so that a failure comes back.
        var random = new System.Random(seed);
        var spread = random.NextDouble() * 2;
        return Set(method, [.. Enumerable.Range(0, random.Next(3, 30)).Select(_ => (0.4 + spread * (random.NextDouble() + random.NextDouble() - 1), 0.01 + random.NextDouble()))]);
#pragma warning restore CA5394
    }

    private static void ForAll(Action<StudySet, TauMethod> holds)
    {
        foreach (var method in Methods)
            Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed => holds(Drawn(seed, method), method)).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    private static void Near(double a, double b, double size = 1)
    {
        if (double.IsNaN(b)) a.ShouldBe(double.NaN);
        else a.ShouldBe(b, 1e-8 * (Math.Abs(b) + size));
    }

    [Fact]
    public void Moving_every_effect_moves_the_answer_and_nothing_else() => ForAll((set, _) =>
    {
        var (one, other) = (Synthesise.Studies(set)!, Synthesise.Studies(set with { Effects = [.. set.Effects.Select(e => e with { Estimate = e.Estimate + 1000 })] })!);
        Near(other.Pooled.Estimate, one.Pooled.Estimate + 1000, 0);
        Near(other.Pooled.Se, one.Pooled.Se);
        Near(other.Tau2, one.Tau2);
        Near(other.Prediction.Hi - other.Prediction.Lo, one.Prediction.Hi - one.Prediction.Lo);
        Near(other.Q.Statistic, one.Q.Statistic);
    });

    [Fact]
    public void In_other_units_the_answer_is_the_same_in_those_units() => ForAll((set, _) =>
    {
        const double Factor = 1e-4;
        var (one, other) = (Synthesise.Studies(set)!, Synthesise.Studies(set with { Effects = [.. set.Effects.Select(e => new StudyEffect(Factor * e.Estimate, Factor * Factor * e.Variance))] })!);
        Near(other.Pooled.Estimate / Factor, one.Pooled.Estimate);
        Near(other.Pooled.P, one.Pooled.P);
        Near(other.Tau2 / Factor / Factor, one.Tau2);
        Near(other.I2, one.I2, 100);
    });

    [Fact]
    public void The_order_of_the_studies_changes_only_the_last_digits() => ForAll((set, _) =>
    {
        var (one, other) = (Synthesise.Studies(set)!, Synthesise.Studies(set with { Effects = [.. set.Effects.Reverse()] })!);
        Near(other.Pooled.Estimate, one.Pooled.Estimate);
        Near(other.Pooled.Se, one.Pooled.Se);
        Near(other.Tau2, one.Tau2);
        other.Weights.Reverse().Zip(one.Weights).ShouldAllBe(w => Math.Abs(w.First - w.Second) < 1e-6);
    });

    [Fact]
    public void Turning_the_sign_turns_the_answer() => ForAll((set, _) =>
    {
        var (one, other) = (Synthesise.Studies(set)!, Synthesise.Studies(set with { Effects = [.. set.Effects.Select(e => e with { Estimate = -e.Estimate })] })!);
        Near(-other.Pooled.Estimate, one.Pooled.Estimate);
        Near(-other.Pooled.Lo, one.Pooled.Hi);
        Near(other.Tau2, one.Tau2);
    });

    [Fact]
    public void A_moderator_in_other_units_changes_its_coefficient_and_no_test() => ForAll((set, _) =>
    {
        double[] year = [.. set.Effects.Select((_, i) => 1950.0 + i * i % 37)];
        if (Synthesise.Studies(set with { Moderators = [year] }) is not { } one) return;
        var other = Synthesise.Studies(set with { Moderators = [[.. year.Select(y => 0.01 * (y - 2000))]] })!;
        Near(other.Coefficients[1].Estimate, 100 * one.Coefficients[1].Estimate, one.Coefficients[1].Se);
        other.Coefficients[1].P.ShouldBe(one.Coefficients[1].P, 1e-6);
        other.Moderators.P.ShouldBe(one.Coefficients[1].P, 1e-6);
        Near(other.Tau2, one.Tau2);
    });

    [Fact]
    public void At_the_Q_profile_ends_the_residual_is_a_quantile_and_Paule_and_Mandel_lie_between() => ForAll((set, method) =>
    {
        var (lo, hi) = Synthesise.TauInterval(set with { Method = TauMethod.PM });
        lo.ShouldBeLessThanOrEqualTo(hi);
        if (hi > 0) Synthesise.Studies(set with { Method = TauMethod.PM })!.Tau2.ShouldBeInRange(lo, hi);
        if (method == TauMethod.EE) Synthesise.TauInterval(set).Lo.ShouldBe(double.NaN);
    });

    [Fact]
    public void Empirical_Bayes_and_Paule_and_Mandel_are_one_root() => ForAll((set, _) =>
        Near(Synthesise.Studies(set with { Method = TauMethod.EB })!.Tau2, Synthesise.Studies(set with { Method = TauMethod.PM })!.Tau2));

    [Fact]
    public void With_equal_variances_every_weight_is_equal_and_REML_is_the_sample_variance_less_theirs()
    {
        double[] effects = [0.1, 0.9, -0.4, 1.6, 0.2];
        var mean = effects.Average();
        var fit = Synthesise.Studies(Set(TauMethod.REML, [.. effects.Select(y => (y, 0.05))]))!;
        fit.Tau2.ShouldBe(effects.Sum(y => (y - mean) * (y - mean)) / 4 - 0.05, 1e-12);
        fit.Pooled.Estimate.ShouldBe(mean, 1e-14);
        fit.Weights.ShouldAllBe(w => Math.Abs(w - 20) < 1e-10);
        Synthesise.Egger(Set(TauMethod.REML, [.. effects.Select(y => (y, 0.05))])).ShouldBeNull();
    }

    [Fact]
    public void One_study_is_its_own_answer_tested_by_z()
    {
        foreach (var method in Methods)
        {
            var fit = Synthesise.Studies(Set(method, (0.5, 0.04)))!;
            (fit.Pooled.Estimate, fit.Test, fit.Tau2, fit.I2, fit.H2, fit.Q.P).ShouldBe((0.5, CoefficientTest.Z, 0, 0, 1, 1));
            fit.Pooled.Se.ShouldBe(0.2, 1e-15);
            double.IsNaN(fit.SeTau2).ShouldBeTrue();
        }
    }

    [Fact]
    public void Knapp_and_Hartungs_ad_hoc_interval_is_the_wider_where_studies_agree_too_well()
    {
        var set = Set(TauMethod.REML, (0.31, 0.1), (0.30, 0.2), (0.32, 0.15));
        var (plain, adHoc) = (Synthesise.Studies(set)!, Synthesise.Studies(set with { Test = CoefficientTest.KnappHartungAdHoc })!);
        adHoc.Pooled.Se.ShouldBeGreaterThan(5 * plain.Pooled.Se);
        adHoc.Pooled.Se.ShouldBe(Synthesise.Studies(set with { Test = CoefficientTest.Z })!.Pooled.Se, 1e-14);
    }

    [Fact]
    public void Two_subgroups_differ_as_their_estimates_and_standard_errors_say()
    {
        var set = Set(TauMethod.DL, (0.1, 0.02), (0.3, 0.03), (1.1, 0.02), (0.9, 0.05)) with { Test = CoefficientTest.Z };
        var split = Synthesise.Subgroups(set, [0, 0, 1, 1]);
        var (a, b) = (split.Groups[0].Fit.Pooled, split.Groups[1].Fit.Pooled);
        split.Between.Statistic.ShouldBe((a.Estimate - b.Estimate) * (a.Estimate - b.Estimate) / (a.Se * a.Se + b.Se * b.Se), 1e-10);
        split.Between.Df.ShouldBe(1);
        Synthesise.Subgroups(set, [0, 0, 0, 0]).Between.ShouldBe(MetaTest.None);
    }

    [Fact]
    public void A_column_that_others_determine_is_left_out_and_too_many_columns_are_refused()
    {
        var set = Set(TauMethod.DL, (0.1, 0.02), (0.3, 0.03), (1.1, 0.02), (0.9, 0.05), (0.4, 0.05));
        var fit = Synthesise.Studies(set with { Moderators = [[1, 2, 3, 4, 5], [3, 5, 7, 9, 11], [0, 1, 0, 1, 0]] })!;
        double.IsNaN(fit.Coefficients[2].Estimate).ShouldBeTrue();
        double.IsFinite(fit.Coefficients[3].Estimate).ShouldBeTrue();
        Synthesise.Studies(set with { Effects = [.. set.Effects.Take(2)], Moderators = [[1, 2]] }).ShouldBeNull();
        Should.Throw<ArgumentException>(() => Synthesise.Studies(Set(TauMethod.DL, (0.1, 0))));
    }

    /// <summary>Pain 0–10, drug − placebo: FINAL, INNOVA, Younger 2013; worked out by hand for the evidence summary.</summary>
    [Fact]
    public void Three_trials_of_pain_in_fibromyalgia_give_minus_0_222_by_DerSimonian_and_Laird()
    {
        var trials = Set(TauMethod.DL, (-0.34, 0.3112 * 0.3112), (0.49, 0.4158 * 0.4158), (-0.549, 0.2135 * 0.2135)) with { Test = CoefficientTest.Z };
        var (equal, random) = (Synthesise.Studies(trials with { Method = TauMethod.EE })!, Synthesise.Studies(trials)!);
        // Rounded on the way there, so within a unit of the last place.
        foreach (var (ours, told, unit) in new[]
        {
            (equal.Pooled.Estimate, -0.334, 1e-3), (equal.Pooled.Se, 0.1621, 1e-4), (equal.Q.Statistic, 4.941, 1e-3), (random.I2, 59.5, 0.1), (random.Tau2, 0.1355, 1e-4),
            (random.Pooled.Estimate, -0.222, 1e-3), (random.Pooled.Se, 0.2766, 1e-4), (random.Pooled.Lo, -0.765, 1e-3), (random.Pooled.Hi, 0.320, 1e-3),
            (Synthesise.Studies(trials with { Test = CoefficientTest.KnappHartung })!.Pooled.Se, 0.2963, 1e-4),
        }) ours.ShouldBe(told, unit);
    }

    [Fact]
    public void A_hundred_thousand_studies_are_answered()
    {
        foreach (var method in Methods)
        {
#pragma warning disable CA5394
            var random = new System.Random(7);
            var set = Set(method, [.. Enumerable.Range(0, 100_000).Select(_ => (random.NextDouble() + random.NextDouble() - 1, 0.02 + 0.1 * random.NextDouble()))]);
#pragma warning restore CA5394
            var fit = Synthesise.Studies(set)!;
            fit.Pooled.Estimate.ShouldBe(0, 0.005);
            if (method != TauMethod.EE) fit.Tau2.ShouldBe(1.0 / 6 - 0.07, 0.07);
            Synthesise.LeaveOneOut(set).ShouldBeEmpty();
        }
    }
}
