using System.Globalization;
using System.Text;
using System.Text.Json;
using Lowdose.Science.Inference.Crossover;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Benchmarks;

/// <summary>That the fast answers are the same answers, in the run that timed them.</summary>
internal static class PoolingAgreement
{
    public static void Write(StringBuilder page, JsonElement? rivals, PooledEffect one, PooledEffect many, PopulationPosterior posterior, MixedComparison mixed)
    {
        if (rivals is not { } json)
        {
            page.AppendLine("R with nlme is not installed here, so nothing was compared (benchmarks/peers/README.md).").AppendLine();
            return;
        }
        page.AppendLine("## The same answers").AppendLine().AppendLine("| what | Lowdose | the other | difference |").AppendLine("|---|---|---|---|");
        var gls = json.GetProperty("gls");
        Row(page, "gls: effect", one.Fixed[1].Estimate, gls.GetProperty("effect"));
        Row(page, "gls: ρ", one.Rho, gls.GetProperty("rho"));
        Row(page, "gls: log-likelihood", one.LogLikelihood, gls.GetProperty("logLik"));
        var lme = json.GetProperty("lme");
        Row(page, "lme: effect", many.Fixed[1].Estimate, lme.GetProperty("effect"));
        Row(page, "lme: its SE", many.Fixed[1].Se, lme.GetProperty("se"));
        Row(page, "lme: ρ", many.Rho, lme.GetProperty("rho"));
        Row(page, "lme: σ", many.Sigma, lme.GetProperty("sigma"));
        Row(page, "lme: log-likelihood", many.LogLikelihood, lme.GetProperty("logLik"));
        if (json.TryGetProperty("kenwardRoger", out var kr))
        {
            Row(page, "pbkrtest: SE", mixed.SeKenwardRoger, kr.GetProperty("se"));
            Row(page, "pbkrtest: degrees of freedom", mixed.DfKenwardRoger, kr.GetProperty("df"));
        }
        page.AppendLine();
        if (json.TryGetProperty("stan", out var stan)) Stan(page, stan, posterior);
        var versions = string.Join(", ", json.GetProperty("versions").EnumerateObject().Select(v => $"{v.Name} {v.Value.GetString()}"));
        page.AppendLine(CultureInfo.InvariantCulture, $"Versions: {versions}.").AppendLine();
    }

    private static void Row(StringBuilder page, string what, double ours, JsonElement theirs) =>
        page.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {ours:0.000000} | {theirs.GetDouble():0.000000} | {ours - theirs.GetDouble():0.0e+0} |");

    private static void Stan(StringBuilder page, JsonElement stan, PopulationPosterior posterior)
    {
        page.AppendLine("| posterior | Lowdose mean (SD) | Stan mean (SD) | means apart, SDs | Stan's own error, SDs |").AppendLine("|---|---|---|---|---|");
        foreach (var (name, key, ours) in new[] { ("mean level", "mu_a", posterior.Level), ("mean effect", "mu_b", posterior.Effect), ("SD of levels", "tau_a", posterior.LevelSpread),
            ("SD of effects", "tau_b", posterior.EffectSpread), ("ρ", "rho", posterior.Rho), ("σ", "sigma", posterior.Sigma) })
        {
            var theirs = stan.GetProperty("posterior").GetProperty(key);
            double mean = theirs.GetProperty("mean").GetDouble(), sd = theirs.GetProperty("sd").GetDouble();
            page.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {ours.Mean:0.0000} ({ours.Sd:0.0000}) | {mean:0.0000} ({sd:0.0000}) | {(ours.Mean - mean) / sd:0.00} | {theirs.GetProperty("mcse").GetDouble() / sd:0.00} |");
        }
        page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Stan drew {stan.GetProperty("draws").GetInt32():#,0} times, worth {stan.GetProperty("leastEffectiveDraws").GetDouble():0} independent draws of its slowest parameter; compiling its model is not counted.").AppendLine();
    }
}
