using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference;

/// <summary>
/// The course model at four values of ρ and one (w, τ), with β integrated out for any σ: the whitened design in prior
/// units is rotated to its eigenvectors, after which every σ costs q operations.
/// </summary>
/// <remarks>
/// With A = Fᵀ XᵀC⁻¹X F = U Λ Uᵀ and g = Uᵀ Fᵀ XᵀC⁻¹r:  ln p(y | ρ, σ, w, τ) = −N ln σ − ½ ln|C| − ½ Σ ln(1 + λ/σ²)
/// − ½ (r'C⁻¹r/σ² − Σ g²/σ⁴ / (1 + λ/σ²)) − ½ N ln 2π.
/// </remarks>
internal sealed class CoursePoint
{
    public const int Lanes = 4;

    private readonly CourseModel _model;
    private Whitening _whitening;
    private readonly Vector256<double>[] _information, _rotation, _half, _projected, _gradient;

    public CoursePoint(CourseModel model)
    {
        _model = model;
        var q = model.Coefficients;
        _whitening = new Whitening(model);
        _information = new Vector256<double>[q * q];
        _rotation = new Vector256<double>[q * q];
        _half = new Vector256<double>[q * q];
        _projected = new Vector256<double>[q * q];
        _gradient = new Vector256<double>[q];
    }

    /// <summary>Sets the four points; the model's dose columns must already be those of τ.</summary>
    public void Set(Vector256<double> rho, double whiteShare)
    {
        _whitening.Prepare(rho, whiteShare);
        Set(_whitening);
    }

    /// <summary>Sets the four points of a filter prepared for them.</summary>
    public void Set(Whitening prepared)
    {
        _whitening = prepared;
        _whitening.Run();
        var q = _model.Coefficients;
        var factor = _model.PriorFactor;
        // half = XᵀC⁻¹X F, then A = Fᵀ half; F is lower triangular.
        for (var i = 0; i < q; i++)
            for (var j = 0; j < q; j++)
            {
                var sum = Vector256<double>.Zero;
                for (var k = j; k < q; k++) sum = Vector256.FusedMultiplyAdd(CrossProduct(i + 1, k + 1), Vector256.Create(factor[k * q + j]), sum);
                _half[i * q + j] = sum;
            }
        for (var i = 0; i < q; i++)
            for (var j = i; j < q; j++)
            {
                var sum = Vector256<double>.Zero;
                for (var k = i; k < q; k++) sum = Vector256.FusedMultiplyAdd(Vector256.Create(factor[k * q + i]), _half[k * q + j], sum);
                _information[i * q + j] = _information[j * q + i] = sum;
            }
        SymmetricEigen.Decompose(_information, _rotation, q);
        Project(q, factor);
    }

    /// <summary>projected = F U, gradient g = (F U)ᵀ XᵀC⁻¹r.</summary>
    private void Project(int q, double[] factor)
    {
        for (var i = 0; i < q; i++)
            for (var j = 0; j < q; j++)
            {
                var sum = Vector256<double>.Zero;
                for (var k = 0; k <= i; k++) sum = Vector256.FusedMultiplyAdd(Vector256.Create(factor[i * q + k]), _rotation[k * q + j], sum);
                _projected[i * q + j] = sum;
            }
        for (var j = 0; j < q; j++)
        {
            var sum = Vector256<double>.Zero;
            for (var i = 0; i < q; i++) sum = Vector256.FusedMultiplyAdd(_projected[i * q + j], CrossProduct(0, i + 1), sum);
            _gradient[j] = sum;
        }
    }

    /// <summary>Copies one lane: eigenvalues (q), g (q) and F U (q × q, row-major).</summary>
    public void Read(int lane, Span<double> eigenvalues, Span<double> gradient, Span<double> projected)
    {
        var q = _model.Coefficients;
        var information = MemoryMarshal.Cast<Vector256<double>, double>(_information.AsSpan());
        var g = MemoryMarshal.Cast<Vector256<double>, double>(_gradient.AsSpan());
        var fu = MemoryMarshal.Cast<Vector256<double>, double>(_projected.AsSpan());
        for (var k = 0; k < q; k++)
        {
            eigenvalues[k] = Math.Max(0, information[(k * q + k) * Lanes + lane]);
            gradient[k] = g[k * Lanes + lane];
        }
        for (var k = 0; k < q * q; k++) projected[k] = fu[k * Lanes + lane];
    }

    /// <summary>r'C⁻¹r of one lane.</summary>
    public double ResidualSquares(int lane) => CrossProduct(0, 0)[lane];

    /// <summary>ln|C| of one lane.</summary>
    public double LogDeterminant(int lane) => _whitening.LogDeterminant[lane];

    /// <summary>Whitened cross-product of columns i ≤ j of [r, X], or its mirror.</summary>
    public Vector256<double> CrossProduct(int i, int j)
    {
        if (i > j) (i, j) = (j, i);
        return _whitening.CrossProducts[i * _model.Columns - i * (i - 1) / 2 + (j - i)];
    }
}
