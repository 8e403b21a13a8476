using System.Text.Json;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Science.Tests.Pooling;

/// <summary>
/// Against R on the same days: nlme's lme and gls, and the same likelihood by each person's dense matrix, maximised by
/// optim. Where nlme stops early or gives up, the second is the reference.
/// </summary>
public class Against_R
{
    public static TheoryData<string, bool> Pools
    {
        get
        {
            var pools = new TheoryData<string, bool>();
            foreach (var name in References.Names)
            {
                pools.Add(name, true);
                pools.Add(name, false);
            }
            return pools;
        }
    }

    [Theory]
    [MemberData(nameof(Pools))]
    public void The_likelihood_is_no_lower_than_what_R_finds(string name, bool restricted)
    {
        var (ours, nlme, dense) = Both(name, restricted);
        if (nlme is { } told) ours.LogLikelihood.ShouldBeGreaterThanOrEqualTo(told.GetProperty("logLik").GetDouble() - 1e-5);
        ours.LogLikelihood.ShouldBeGreaterThanOrEqualTo(dense.GetProperty("logLik").GetDouble() - 1e-7);
        ours.LogLikelihood.ShouldBe(dense.GetProperty("logLik").GetDouble(), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Pools))]
    public void Fixed_effects_and_variances_agree(string name, bool restricted)
    {
        var (ours, nlme, dense) = Both(name, restricted);
        // nlme is the reference where it reached the top.
        var reference = nlme is { } told && told.GetProperty("logLik").GetDouble() > dense.GetProperty("logLik").GetDouble() - 1e-6 ? told : dense;
        var (estimates, errors) = InRsTerms(ours, References.Study(name), [.. References.Answer(name).GetProperty("terms").EnumerateArray().Select(t => t.GetString()!)]);
        for (var i = 0; i < estimates.Length; i++)
        {
            Near(estimates[i], reference.GetProperty("beta")[i].GetDouble(), 1e-5, $"coefficient {i}");
            if (!double.IsNaN(errors[i])) Near(errors[i], reference.GetProperty("se")[i].GetDouble(), 1e-3, $"SE {i}");
        }
        Near(ours.Rho, reference.GetProperty("rho").GetDouble(), 1e-3, "rho");
        Near(ours.Sigma, reference.GetProperty("sigma").GetDouble(), 1e-3, "sigma");
        if (!reference.TryGetProperty("sdIntercept", out var level)) return;
        Near(ours.SdIntercept, level.GetDouble(), 1e-3, "SD of levels", 2e-3);
        Near(ours.SdEffect, reference.GetProperty("sdEffect").GetDouble(), 1e-3, "SD of effects", 2e-3);
    }

    [Fact]
    public void Everyones_effect_is_nlmes()
    {
        foreach (var name in new[] { "balanced-12", "gaps-15", "many-people-40", "negative-rho", "very-unbalanced" })
        {
            var (ours, nlme, _) = Both(name, true);
            var random = nlme!.Value.GetProperty("randomEffects");
            for (var i = 0; i < ours.People.Count; i++)
                (ours.People[i].Effect - ours.Fixed[1].Estimate).ShouldBe(random[i][1].GetDouble(), 1e-4, $"{name} person {i}");
        }
    }

    [Theory]
    [InlineData("no-effect-spread", PoolEdge.CorrelationAtEdge)]
    [InlineData("slow-swings", PoolEdge.CorrelationAtEdge)]
    [InlineData("nobody-differs", PoolEdge.CorrelationAtEdge)]
    [InlineData("one-person", PoolEdge.OnePerson)]
    public void A_singular_fit_says_which_edge_it_came_to(string name, PoolEdge edge) => Pool.OneStage(References.Study(name)).Edges.ShouldContain(edge);

    [Theory]
    [InlineData("balanced-12")]
    [InlineData("gaps-15")]
    [InlineData("esr-and-warmth")]
    [InlineData("very-unbalanced")]
    public void An_ordinary_fit_comes_to_no_edge(string name) => Pool.OneStage(References.Study(name)).Edges.ShouldBeEmpty();

    private static (PooledEffect Ours, JsonElement? Nlme, JsonElement Dense) Both(string name, bool restricted)
    {
        var answer = References.Answer(name);
        var method = restricted ? "REML" : "ML";
        var nlme = answer.GetProperty("nlme").GetProperty(method);
        return (Pool.OneStage(References.Study(name) with { Restricted = restricted }), nlme.ValueKind == JsonValueKind.Null ? null : nlme, answer.GetProperty("direct").GetProperty(method));
    }

    /// <summary>R's effect is where the predictor is 0, ours at its mean; then R's order: own effects first, products last.</summary>
    private static (double[] Estimates, double[] Errors) InRsTerms(PooledEffect ours, PooledStudy study, string[] terms)
    {
        if (!study.Predicts.Contains(true)) return ([.. ours.Fixed.Select(f => f.Estimate)], [.. ours.Fixed.Select(f => f.Se)]);
        terms.ShouldBe(["(Intercept)", "on", "esr", "on:esr"]);
        var scored = study.People.Sum(p => p.Days.Length);
        var mean = study.People.Sum(p => p.Covariates[0][0] * p.Days.Length) / scored;
        var f = ours.Fixed;
        return ([f[0].Estimate, f[1].Estimate - mean * f[3].Estimate, f[2].Estimate, f[3].Estimate], [f[0].Se, double.NaN, f[2].Se, f[3].Se]);
    }

    private static void Near(double ours, double theirs, double relative, string what, double absolute = 0) =>
        ours.ShouldBe(theirs, relative * Math.Abs(theirs) + absolute, what);
}
