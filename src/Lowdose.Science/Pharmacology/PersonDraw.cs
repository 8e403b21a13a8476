using Lowdose.Science.Numerics;

namespace Lowdose.Science.Pharmacology;

/// <summary>How one person's parameters differ from the usual ones.</summary>
internal sealed class PersonDraw
{
    /// <summary>Streams of this purpose are numbered from here: "PK" and then the person.</summary>
    private const ulong Stream = 0x504B_0000_0000_0000;

    private readonly IReadOnlyList<Variation> _variations;
    private readonly double[] _deviations;

    /// <param name="request">Says the variability.</param>
    /// <param name="factor">Cholesky factor of the correlations, k × k; null: independent.</param>
    /// <param name="person">The person's number.</param>
    public PersonDraw(SimulationRequest request, double[]? factor, int person)
    {
        _variations = request.Variability;
        var k = _variations.Count;
        _deviations = new double[k];
        if (k == 0) return;
        var random = new Philox(request.Seed, Stream + (ulong)person);
        Span<double> normals = k <= 64 ? stackalloc double[k] : new double[k];
        for (var i = 0; i < k; i++) normals[i] = random.NextNormal();
        for (var i = 0; i < k; i++)
        {
            var sum = factor is null ? normals[i] : 0;
            for (var j = 0; factor is not null && j <= i; j++) sum += factor[i * k + j] * normals[j];
            _deviations[i] = sum * _variations[i].Sd;
        }
    }

    /// <summary>The Cholesky factor of a correlation matrix; null where it is none.</summary>
    public static double[]? Factor(double[] correlations, int k)
    {
        var factor = (double[])correlations.Clone();
        for (var i = 0; i < k; i++)
            for (var j = 0; j < k; j++)
                if (!(Math.Abs(correlations[i * k + j] - (i == j ? 1 : correlations[j * k + i])) <= 1e-12)) return null;
        SmallCholesky.Factor(factor, k, out _);
        // An impossible matrix is one whose factor does not give it back.
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                double sum = 0;
                for (var c = 0; c <= j; c++) sum += factor[i * k + c] * factor[j * k + c];
                if (!(Math.Abs(sum - correlations[i * k + j]) <= 1e-9)) return null;
            }
        }
        return factor;
    }

    /// <summary>The person's parameters where the usual ones are these.</summary>
    /// <exception cref="Refused">One is not a number, or a share is not one.</exception>
    public double[] Own(CompartmentModel model, double[] usual, DoseRecord record)
    {
        var own = (double[])usual.Clone();
        for (var i = 0; i < _variations.Count; i++)
        {
            var (parameter, shape) = (_variations[i].Parameter, _variations[i].Shape);
            var value = own[parameter];
            if (shape == VariationShape.LogNormal)
            {
                own[parameter] = value * Math.Exp(_deviations[i]);
            }
            else
            {
                if (!(value >= 0 && value <= 1))
                    throw new Refused(record, FormattableString.Invariant($"{model.Parameters[parameter].Name} is {value:G6} and varies as a share"), "give a value from 0 to 1, or let it vary as a log-normal");
                own[parameter] = value / (value + (1 - value) * Math.Exp(-_deviations[i]));
            }
        }
        for (var p = 0; p < own.Length; p++)
        {
            if (!double.IsFinite(own[p]))
                throw new Refused(record, FormattableString.Invariant($"the parameter {model.Parameters[p].Name} is {own[p]}"), "give a finite number");
        }
        return own;
    }
}
