using Lowdose.Science.Inference.Synthesis;
using MathNet.Numerics.LinearAlgebra;

namespace Lowdose.Science.Inference.Charts;

/// <summary>Whether groups differ in their times to an event.</summary>
/// <param name="Statistic">χ².</param>
/// <param name="Df">Degrees of freedom, one fewer than the groups.</param>
/// <param name="P">The probability of as large a statistic where the groups do not differ.</param>
/// <remarks>Mantel 1966; Peto &amp; Peto 1972; as R's <c>survdiff</c>.</remarks>
public readonly record struct LogRank(double Statistic, int Df, double P)
{
    /// <summary>Compares groups.</summary>
    /// <param name="groups">Each group's people; at least one a group.</param>
    /// <returns>Null with one group, or where nobody had the event, or where the groups never overlap.</returns>
    public static LogRank? Of(IReadOnlyList<IReadOnlyList<Stay>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count < 2 || groups.Any(g => g.Count == 0)) return null;
        var (excess, covariance) = (new double[groups.Count], new double[groups.Count, groups.Count]);
        foreach (var time in groups.SelectMany(g => g).Where(s => s.Ended).Select(s => s.Time).Distinct())
        {
            double[] atRisk = [.. groups.Select(g => (double)g.Count(s => s.Time >= time))];
            double[] ended = [.. groups.Select(g => (double)g.Count(s => s.Time == time && s.Ended))];
            var (n, d) = (atRisk.Sum(), ended.Sum());
            var spread = n > 1 ? d * (n - d) / (n * n * (n - 1)) : 0;
            for (var i = 0; i < groups.Count; i++)
            {
                excess[i] += ended[i] - d * atRisk[i] / n;
                for (var j = 0; j < groups.Count; j++) covariance[i, j] += spread * (i == j ? atRisk[i] * (n - atRisk[i]) : -atRisk[i] * atRisk[j]);
            }
        }
        // One group follows from the others.
        var rest = groups.Count - 1;
        var matrix = Matrix<double>.Build.Dense(rest, rest, (i, j) => covariance[i, j]);
        if (!(matrix.Determinant() > 0)) return null;
        var vector = Vector<double>.Build.Dense(rest, i => excess[i]);
        var statistic = vector * matrix.Solve(vector);
        return new(statistic, rest, Tails.ChiSquared(statistic, rest));
    }
}
