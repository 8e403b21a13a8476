namespace Lowdose.Science.Inference.Crossover;

/// <summary>
/// Kenward and Roger's standard error and degrees of freedom of one coefficient, for V = σ_b² 11ᵀ + σ² I a person. Each
/// matrix is a sum over people of (1ᵀX)ᵀ(1ᵀX) with a weight, plus a share of XᵀX.
/// </summary>
/// <remarks>Source: Kenward &amp; Roger, Biometrics 53 (1997) 983–997; names as Halekoh &amp; Højsgaard, J Stat Softw 59(9) (2014). V is linear in the variances, so R_ij = 0; with one coefficient the degrees of freedom are 2/A₁ and F needs no scaling.</remarks>
internal sealed class KenwardRoger
{
    private readonly PeriodGroup[] _groups;
    private readonly double[] _cross, _phi;
    private readonly int _size, _columns;
    private readonly double _delta, _variance;

    /// <param name="groups">People by their number of periods.</param>
    /// <param name="cross">[X y]ᵀ[X y].</param>
    /// <param name="size">Columns of X, and one.</param>
    /// <param name="delta">σ_b²/σ².</param>
    /// <param name="variance">σ².</param>
    /// <param name="inverse">(XᵀV⁻¹X)⁻¹/σ².</param>
    public KenwardRoger(PeriodGroup[] groups, double[] cross, int size, double delta, double variance, double[] inverse)
    {
        (_groups, _cross, _size, _columns, _delta, _variance) = (groups, cross, size, size - 1, delta, variance);
        _phi = [.. inverse.Select(v => v * variance)];
    }

    public (double Se, double Df) Of(int coefficient)
    {
        // n: periods; shrunk: 1/(1 + nδ), the eigenvalue of σ²V⁻¹ along 1; across 1 it is 1.
        double Along(int n) => 1 / (1 + n * _delta);
        var s = _variance;
        double[][] p =
        [
            Sum(n => -Math.Pow(Along(n), 2) / (s * s), 0),
            Sum(n => -(Math.Pow(Along(n), 2) - 1) / (n * s * s), -1 / (s * s)),
        ];
        double[][] q =
        [
            Sum(n => n * Math.Pow(Along(n), 3) / (s * s * s), 0),
            Sum(n => Math.Pow(Along(n), 3) / (s * s * s), 0),
            Sum(n => (Math.Pow(Along(n), 3) - 1) / (n * s * s * s), 1 / (s * s * s)),
        ];
        double[] traces =
        [
            _groups.Sum(g => g.People * Math.Pow(g.Periods * Along(g.Periods) / s, 2)),
            _groups.Sum(g => g.People * g.Periods * Math.Pow(Along(g.Periods) / s, 2)),
            _groups.Sum(g => g.People * (g.Periods - 1 + Math.Pow(Along(g.Periods), 2)) / (s * s)),
        ];
        double[][] phiP = [Times(_phi, p[0]), Times(_phi, p[1])];
        double Information(int i, int j) => traces[i + j] - 2 * Trace(_phi, q[i + j]) + Trace(phiP[i], phiP[j]);
        double i00 = Information(0, 0), i01 = Information(0, 1), i11 = Information(1, 1), determinant = i00 * i11 - i01 * i01;
        if (!(determinant > 1e-12 * i00 * i11)) return (double.NaN, double.NaN);
        double[] w = [2 * i11 / determinant, -2 * i01 / determinant, 2 * i00 / determinant];
        // ΦPᵢΦ at the coefficient, and the inflation 2 Φ Σ w (Q − PΦP) Φ.
        double[][] phiPPhi = [Times(phiP[0], _phi), Times(phiP[1], _phi)];
        double own = At(_phi, coefficient), inflation = 0, a = 0;
        for (var i = 0; i < 2; i++)
            for (var j = 0; j < 2; j++)
            {
                inflation += 2 * w[i + j] * (At(Times(Times(_phi, q[i + j]), _phi), coefficient) - At(Times(phiPPhi[i], Times(p[j], _phi)), coefficient));
                a += w[i + j] * At(phiPPhi[i], coefficient) * At(phiPPhi[j], coefficient) / (own * own);
            }
        return (Math.Sqrt(own + inflation), 2 / a);
    }

    private double[] Sum(Func<int, double> weight, double share)
    {
        var sum = new double[_columns * _columns];
        for (var i = 0; i < _columns; i++)
            for (var j = 0; j < _columns; j++) sum[i * _columns + j] = share * _cross[i * _size + j];
        foreach (var (n, _, products) in _groups)
        {
            var w = weight(n);
            for (var i = 0; i < _columns; i++)
                for (var j = 0; j < _columns; j++) sum[i * _columns + j] += w * products[i * _size + j];
        }
        return sum;
    }

    private double[] Times(double[] a, double[] b)
    {
        var product = new double[_columns * _columns];
        for (var i = 0; i < _columns; i++)
            for (var k = 0; k < _columns; k++)
                for (var j = 0; j < _columns; j++) product[i * _columns + j] += a[i * _columns + k] * b[k * _columns + j];
        return product;
    }

    private double Trace(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < _columns; i++)
            for (var j = 0; j < _columns; j++) sum += a[i * _columns + j] * b[j * _columns + i];
        return sum;
    }

    private double At(double[] a, int i) => a[i * _columns + i];
}
