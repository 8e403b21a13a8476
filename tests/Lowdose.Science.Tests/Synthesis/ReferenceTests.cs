using System.Text.Json;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Science.Tests.Synthesis;

/// <summary>Against metafor 3.8 on published and made-up studies. It iterates for ML, REML, EB and PM and was driven to its last digits; 1e-6 holds there too.</summary>
public class Against_metafor
{
    private const double Close = 1e-6;

    public static TheoryData<string> Sets => [.. References.Names];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Effects_and_variances_agree_to_1e_minus_6(string name)
    {
        var answer = References.Answer(name);
        var raw = answer.GetProperty("raw").EnumerateObject().ToDictionary(p => p.Name, p => References.Numbers(p.Value));
        var (yi, vi) = (References.Numbers(answer.GetProperty("yi")), References.Numbers(answer.GetProperty("vi")));
        var measure = Enum.Parse<Measure>(answer.GetProperty("measure").GetString()!);
        for (var i = 0; i < yi.Length; i++)
        {
            double At(string column) => raw[column][i];
            var ours = measure switch
            {
                Measure.OR or Measure.RR or Measure.RD => EffectSizes.OfCounts(measure, At("ai"), raw.ContainsKey("bi") ? At("bi") : At("n1i") - At("ai"), At("ci"), raw.ContainsKey("di") ? At("di") : At("n2i") - At("ci")),
                Measure.MD or Measure.SMD => EffectSizes.OfMeans(measure, At("m1i"), At("sd1i"), At("n1i"), At("m2i"), At("sd2i"), At("n2i")),
                Measure.MC => EffectSizes.OfPairs(At("m1i"), At("sd1i"), At("m2i"), At("sd2i"), At("ni"), At("ri")),
                Measure.GEN => new(At("yi"), At("vi")),
                _ => EffectSizes.OfProportion(measure, At("xi"), At("ni")),
            };
            Near(ours.Estimate, yi[i], $"yi {i + 1}");
            Near(ours.Variance, vi[i], $"vi {i + 1}");
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Nine_methods_with_three_tests_agree_to_1e_minus_6(string name)
    {
        var answer = References.Answer(name);
        var fits = answer.GetProperty("fits").EnumerateObject().ToList();
        fits.Count.ShouldBe(27);
        foreach (var theirs in fits)
        {
            var ours = Synthesise.Studies(References.Studies(answer, theirs.Name))!;
            var (size, spread) = (Math.Sqrt(theirs.Value.GetProperty("tau2").GetDouble()) + ours.Pooled.Se, Math.Abs(ours.Pooled.Estimate) + ours.Pooled.Se);
            void Same(double value, string key, double absolute = 0) => Near(value, References.Number(theirs.Value.GetProperty(key)), $"{theirs.Name} {key}", absolute);
            Same(ours.Pooled.Estimate, "estimate", Close * ours.Pooled.Se);
            Same(ours.Pooled.Se, "se");
            Same(ours.Pooled.Statistic, "statistic", Close);
            Same(ours.Df, "df");
            Same(ours.Pooled.P, "p", 1e-12);
            Same(ours.Pooled.Lo, "lo", Close * spread);
            Same(ours.Pooled.Hi, "hi", Close * spread);
            Same(ours.Prediction.Lo, "predictionLo", Close * (spread + size));
            Same(ours.Prediction.Hi, "predictionHi", Close * (spread + size));
            Same(ours.Tau2, "tau2", TauRounding(answer));
            Same(ours.SeTau2, "seTau2");
            Same(ours.I2, "I2", 1e-4);
            Same(ours.H2, "H2");
            Same(ours.Q.Statistic, "Q", 1e-10);
            Same(ours.Q.P, "pQ", 1e-12);
            Same(ours.LogLikelihood, "logLik", 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void At_its_own_settings_metafor_agrees_to_1e_minus_4_of_a_standard_error(string name)
    {
        var answer = References.Answer(name);
        foreach (var theirs in answer.GetProperty("default").EnumerateObject())
        {
            var ours = Synthesise.Studies(References.Studies(answer, theirs.Name + " z"))!;
            var se = theirs.Value.GetProperty("se").GetDouble();
            // Its τ² is within 1e-5 (scoring) or 1.2e-4 (bisection) in the data's own units, whatever those are.
            var loose = 2 * 1.3e-4 / (References.Numbers(answer.GetProperty("vi")).Min() + ours.Tau2);
            theirs.Value.GetProperty("tau2").GetDouble().ShouldBe(ours.Tau2, 1e-4 * ours.Tau2 + 1.3e-4, theirs.Name);
            ours.Pooled.Estimate.ShouldBe(theirs.Value.GetProperty("estimate").GetDouble(), (1e-4 + loose) * se, theirs.Name);
            ours.Pooled.Se.ShouldBe(se, (1e-4 + loose) * se, theirs.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Weights_and_the_Q_profile_interval_agree_to_1e_minus_6(string name)
    {
        var answer = References.Answer(name);
        var set = References.Studies(answer, "REML z");
        foreach (var (ours, theirs) in Synthesise.Studies(set)!.Weights.Zip(References.Numbers(answer.GetProperty("weights")))) Near(ours, theirs, "weight");
        var (lo, hi) = Synthesise.TauInterval(set);
        if (!answer.TryGetProperty("profile", out var profile))
        {
            lo.ShouldBe(double.NaN);
            return;
        }
        Near(lo, profile.GetProperty("lo").GetDouble(), "lower", TauRounding(answer));
        Near(hi, profile.GetProperty("hi").GetDouble(), "upper", TauRounding(answer));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Eggers_test_and_trim_and_fill_agree(string name)
    {
        var answer = References.Answer(name);
        foreach (var theirs in Of(answer, "egger"))
        {
            var ours = Synthesise.Egger(References.Studies(answer, theirs.Name))!.Value;
            if (double.IsNaN(ours.Statistic))
            {
                // Nothing over nothing; metafor divides two roundings.
                name.ShouldBe("all-equal");
                continue;
            }
            Near(ours.Statistic, References.Number(theirs.Value.GetProperty("statistic")), theirs.Name, Close);
            Near(ours.P, References.Number(theirs.Value.GetProperty("p")), theirs.Name, 1e-9);
            Near(ours.Limit.Estimate, References.Number(theirs.Value.GetProperty("limit")), theirs.Name, Close * ours.Limit.Se);
            Near(ours.Limit.Lo, References.Number(theirs.Value.GetProperty("lo")), theirs.Name, Close * ours.Limit.Se);
        }
        foreach (var theirs in Of(answer, "trimFill"))
        {
            var ours = Synthesise.TrimAndFill(References.Studies(answer, theirs.Name))!;
            // Of equal effects metafor ranks the roundings.
            if (name == "all-equal")
            {
                ours.Missing.ShouldBe(0);
                continue;
            }
            ours.Missing.ShouldBe(theirs.Value.GetProperty("k0").GetInt32(), theirs.Name);
            ours.OnTheRight.ShouldBe(theirs.Value.GetProperty("right").GetInt32() == 1, theirs.Name);
            Near(ours.Fit.Pooled.Estimate, theirs.Value.GetProperty("estimate").GetDouble(), theirs.Name, Close * ours.Fit.Pooled.Se);
            Near(ours.Fit.Pooled.Se, theirs.Value.GetProperty("se").GetDouble(), theirs.Name);
            Near(ours.Fit.Tau2, theirs.Value.GetProperty("tau2").GetDouble(), theirs.Name, TauRounding(answer));
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Leaving_out_and_adding_up_agree_to_1e_minus_6(string name)
    {
        var answer = References.Answer(name);
        foreach (var (what, refit) in new (string, Func<StudySet, IReadOnlyList<MetaFit>>)[] { ("leaveOneOut", Synthesise.LeaveOneOut), ("cumulative", Synthesise.Cumulative) })
            foreach (var theirs in Of(answer, what))
                foreach (var (ours, row) in refit(References.Studies(answer, theirs.Name)).Zip(theirs.Value.EnumerateArray()))
                {
                    Near(ours.Pooled.Estimate, row.GetProperty("estimate").GetDouble(), what, Close * ours.Pooled.Se);
                    Near(ours.Pooled.Se, row.GetProperty("se").GetDouble(), what);
                    Near(ours.Pooled.P, References.Number(row.GetProperty("p")), what, 1e-12);
                    Near(ours.Tau2, row.GetProperty("tau2").GetDouble(), what, TauRounding(answer));
                    Near(ours.Q.Statistic, row.GetProperty("Q").GetDouble(), what, 1e-10);
                }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Moderators_agree_to_1e_minus_6(string name)
    {
        var answer = References.Answer(name);
        if (!answer.TryGetProperty("moderated", out var rows)) return;
        var moderators = References.Moderators(answer);
        foreach (var row in rows.EnumerateArray())
        {
            var key = $"{row.GetProperty("method").GetString()} {row.GetProperty("test").GetString()}";
            var ours = Synthesise.Studies(References.Studies(answer, key) with { Moderators = moderators })!;
            void Same(double value, string member, double absolute = 0) => Near(value, References.Number(row.GetProperty(member)), $"{key} {member}", absolute);
            for (var j = 0; j < ours.Coefficients.Count; j++)
            {
                var (own, at) = (ours.Coefficients[j], j);
                void Each(double value, string member, double absolute) => Near(value, References.Numbers(row.GetProperty(member))[at], $"{key} {member} {at}", absolute);
                Each(own.Estimate, "beta", Close * own.Se);
                Each(own.Se, "se", 0);
                Each(own.P, "p", 1e-9);
                Each(own.Lo, "lo", Close * own.Se);
                Each(own.Hi, "hi", Close * own.Se);
            }
            Same(ours.Tau2, "tau2", TauRounding(answer));
            Same(ours.SeTau2, "seTau2");
            Same(ours.I2, "I2", 1e-4);
            Same(ours.H2, "H2");
            Same(ours.Q.Statistic, "QE", 1e-10);
            Same(ours.Q.P, "pQE", 1e-12);
            Same(ours.Moderators.Statistic, "QM", 1e-9);
            Same(ours.Moderators.P, "pQM", 1e-9);
            Same(ours.LogLikelihood, "logLik", 1e-9);
            // Of a τ² that is 0 metafor's iteration leaves 1e-13 or so, and R² is then a ratio of roundings.
            if (ours.Tau2 > 0) Same(ours.R2, "R2", 1e-3);
            if (row.TryGetProperty("fitted", out var fitted) && fitted.ValueKind == JsonValueKind.Object) Fitted(ours, fitted, key);
        }
    }

    private static void Fitted(MetaFit ours, JsonElement theirs, string key)
    {
        foreach (var (member, value) in new (string, Func<FittedStudy, double>)[] { ("estimate", f => f.Estimate), ("se", f => f.Se), ("lo", f => f.Lo), ("hi", f => f.Hi), ("predictionLo", f => f.Prediction.Lo), ("predictionHi", f => f.Prediction.Hi) })
            foreach (var (study, number) in ours.Fitted.Zip(References.Numbers(theirs.GetProperty(member)))) Near(value(study), number, $"{key} fitted {member}", Close * study.Se);
    }

    private static JsonElement.ObjectEnumerator Of(JsonElement answer, string member) => answer.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default;

    /// <summary>What double precision leaves of a τ² near 0, beside the smallest variance.</summary>
    private static double TauRounding(JsonElement answer) => 1e-9 * References.Numbers(answer.GetProperty("vi")).Min();

    private static void Near(double ours, double theirs, string what, double absolute = 0)
    {
        if (double.IsNaN(theirs)) double.IsFinite(ours).ShouldBeFalse(what);
        else ours.ShouldBe(theirs, Close * Math.Abs(theirs) + absolute + 1e-15, what);
    }
}
