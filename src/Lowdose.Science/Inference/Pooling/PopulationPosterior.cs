namespace Lowdose.Science.Inference.Pooling;

/// <summary>A posterior mean and SD, score units (ρ: dimensionless).</summary>
public readonly record struct Moments(double Mean, double Sd);

/// <summary>The population's parameters given everyone's days.</summary>
/// <param name="Level">Mean level off the drug.</param>
/// <param name="Effect">Mean effect.</param>
/// <param name="LevelSpread">SD of levels between people.</param>
/// <param name="EffectSpread">SD of effects between people.</param>
/// <param name="Rho">Autocorrelation of the noise from one day to the next.</param>
/// <param name="Sigma">SD of the noise.</param>
public sealed record PopulationPosterior(Moments Level, Moments Effect, Moments LevelSpread, Moments EffectSpread, Moments Rho, Moments Sigma);
