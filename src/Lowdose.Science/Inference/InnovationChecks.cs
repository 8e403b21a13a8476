namespace Lowdose.Science.Inference;

/// <summary>Standardised one-step-ahead errors at the posterior means: does the noise model fit this diary?</summary>
internal static class InnovationChecks
{
    /// <summary>Their lag-1 autocorrelation and the share beyond ±3; not finite with fewer than three scores.</summary>
    public static ResidualChecks Of(CoursePosterior posterior)
    {
        var model = posterior.Model;
        double rho = posterior.Of((n, _) => n.Rho).Mean, sigma = posterior.Of((_, s) => s).Mean;
        double white = posterior.Of((n, _) => n.WhiteShare).Mean, tau = posterior.Of((n, _) => n.Tau).Mean;
        var beta = Enumerable.Range(0, model.Coefficients).Select(k => posterior.Of(posterior.Row(k)).Mean).ToArray();
        beta[0] -= model.PriorLevel;
        for (var d = 0; d < model.PriorEffects.Length; d++) beta[model.FirstDose + d] -= model.PriorEffects[d];
        model.SetOnset(tau);
        double state = 0, variance = 1 - white, previous = double.NaN, products = 0, squares = 0;
        var beyond = 0;
        for (var i = 0; i < model.ScoredDays.Length; i++)
        {
            if (i > 0)
            {
                var decay = Math.Pow(rho, model.ScoredDays[i] - model.ScoredDays[i - 1]);
                state *= decay;
                variance = decay * decay * variance + (1 - decay * decay) * (1 - white);
            }
            var row = model.Rows.AsSpan(i * model.Columns, model.Columns);
            var error = row[0] - state;
            for (var k = 0; k < beta.Length; k++) error -= row[k + 1] * beta[k];
            var total = variance + white;
            var standardised = error / (sigma * Math.Sqrt(total));
            state += variance / total * error;
            variance *= white / total;
            if (!double.IsNaN(previous)) products += previous * standardised;
            squares += standardised * standardised;
            if (Math.Abs(standardised) > 3) beyond++;
            previous = standardised;
        }
        var n = model.ScoredDays.Length;
        return n < 3 ? new ResidualChecks(double.NaN, double.NaN) : new ResidualChecks(products / squares, beyond / (double)n);
    }
}
