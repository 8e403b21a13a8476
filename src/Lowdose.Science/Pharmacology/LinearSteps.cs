using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>The matrices of the steps that were made lately: on an hourly grid they are worked out once.</summary>
/// <param name="n">How many compartments.</param>
/// <param name="k">The rate constants of now.</param>
internal sealed class LinearSteps(int n, Vector512<double>[] k)
{
    private const int Kept = 8;

    private readonly LaneExponential _exponential = new(n);
    private readonly (Vector512<double>[] E, Vector512<double>[] Integral)[] _steps = [.. Enumerable.Range(0, Kept + 1).Select(_ => (LaneMemory.Of(n * n), LaneMemory.Of(n * n)))];
    private readonly Vector512<double>[] _hours = [.. Enumerable.Repeat(Vector512.Create(double.NaN), Kept)];
    private int _oldest;

    /// <summary>The rate constants of some lanes are new.</summary>
    public void Forget(int lanes)
    {
        var mask = LaneMemory.Mask(lanes);
        for (var slot = 0; slot < Kept; slot++) _hours[slot] = Vector512.ConditionalSelect(mask, Vector512.Create(double.NaN), _hours[slot]);
    }

    /// <summary>The matrices of a step of so many hours in each lane; those of lanes not asked for mean nothing.</summary>
    public (Vector512<double>[] E, Vector512<double>[] Integral) Of(Vector512<double> hours, int lanes)
    {
        var found = 0;
        for (var slot = 0; slot < Kept; slot++)
        {
            var same = (int)(Vector512.Equals(_hours[slot], hours).ExtractMostSignificantBits() & 0xFF);
            if ((same & lanes) == lanes) return _steps[slot];
            found |= same;
        }
        if ((found & lanes) == lanes) return Gathered(hours);
        var into = _oldest;
        _oldest = (_oldest + 1) % Kept;
        _exponential.Of(k, hours, _steps[into].E, _steps[into].Integral);
        _hours[into] = Vector512.ConditionalSelect(LaneMemory.Mask(lanes), hours, Vector512.Create(double.NaN));
        return _steps[into];
    }

    /// <summary>Each lane's matrices from wherever they are.</summary>
    private (Vector512<double>[] E, Vector512<double>[] Integral) Gathered(Vector512<double> hours)
    {
        var mixed = _steps[Kept];
        for (var slot = 0; slot < Kept; slot++)
        {
            var same = Vector512.Equals(_hours[slot], hours);
            if (same == Vector512<double>.Zero) continue;
            LaneMemory.Blend(mixed.E, _steps[slot].E, same);
            LaneMemory.Blend(mixed.Integral, _steps[slot].Integral, same);
        }
        return mixed;
    }
}
