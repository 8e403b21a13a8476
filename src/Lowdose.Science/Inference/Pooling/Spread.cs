namespace Lowdose.Science.Inference.Pooling;

/// <summary>
/// The noise's ρ and the people's spread relative to σ: the Cholesky factor of their covariance divided by σ², (Level, 0;
/// Both, Effect). Zeros are ordinary values here, which is what makes the edges of the model reachable.
/// </summary>
internal readonly record struct Spread(double Rho, double Level, double Both, double Effect)
{
    public double D11 => Level * Level;
    public double D12 => Level * Both;
    public double D22 => Both * Both + Effect * Effect;
}
