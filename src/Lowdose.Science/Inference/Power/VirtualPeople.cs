using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference.Power;

/// <summary>
/// The people of one replicate, drawn one after the other into the same memory. A person's stream is (replicate, person),
/// so the same person has the same noise at every point of a curve, with and without an effect.
/// </summary>
internal sealed class VirtualPeople
{
    /// <summary>Below it a stream's number is the person, above it the replicate; the last person's deals the orders.</summary>
    private const int PersonBits = 20;

    private readonly PowerStudy _study;
    private readonly CourseBlock[] _blocks;
    private readonly int[] _at;
    private readonly bool[] _reversed;
    private readonly double[] _tried, _shares, _effects;
    private readonly double _logStay;
    private readonly Truth _truth;
    private ulong _replicate;
    private double _level, _apart;

    public VirtualPeople(PowerStudy study)
    {
        _study = study;
        var blocks = new List<CourseBlock>();
        if (study.RunInDays > 0) blocks.Add(new(Arm.None, 0, study.RunInDays));
        _at = new int[study.Blocks.Count];
        for (var b = 0; b < _at.Length; b++)
        {
            if (b > 0 && study.WashoutDays > 0) blocks.Add(new(Arm.None, 0, study.WashoutDays));
            _at[b] = blocks.Count;
            blocks.Add(study.Blocks[b]);
        }
        _blocks = [.. blocks];
        _reversed = new bool[study.People];
        _tried = [.. study.Blocks.Select(b => b.Mg).Where(mg => mg > 0).Distinct()];
        _shares = [.. _tried.Select(mg => ShareOf(mg / _tried.Max()))];
        _effects = new double[_tried.Length];
        _logStay = Math.Log(1 - study.Truth.Dropout) / study.Days;
        var truth = study.Truth;
        _truth = new Truth
        {
            Effect = _ => 0, Rho = truth.Rho, Sigma = truth.Sigma, WhiteShare = truth.WhiteShare, TauDays = truth.TauDays, TrendPer28Days = truth.TrendPer28Days,
            Expectation = truth.Expectation, Missing = truth.Missing, Rounded = truth.Rounded,
        };
        Days = new DrawnDays(study.Days);
    }

    /// <summary>The person drawn last: everything but whether they left.</summary>
    public DrawnDays Days { get; }
    /// <summary>How many days they stayed.</summary>
    public int Stayed { get; private set; }
    /// <summary>Their full effect at the highest dose.</summary>
    public double Effect { get; private set; }
    /// <summary>Where their blocks stand among run-in and wash-out, in order.</summary>
    public ReadOnlySpan<int> At => _at;
    /// <summary>Their blocks, run-in and wash-out among them.</summary>
    public ReadOnlySpan<CourseBlock> Blocks => _blocks;

    /// <summary>A person's effect at a dose.</summary>
    public double EffectAt(double mg) => Effect * _shares[Array.IndexOf(_tried, mg)];

    /// <summary>Begins a replicate: where orders are dealt, they are dealt now.</summary>
    public void Begin(long replicate)
    {
        _replicate = (ulong)replicate;
        if (_study.Order != BlockOrder.Sequence) return;
        var random = new Philox(_study.Seed, (_replicate << PersonBits) | ((1UL << PersonBits) - 1));
        for (var i = 0; i < _reversed.Length; i++) _reversed[i] = i < _reversed.Length / 2;
        if (_reversed.Length % 2 == 1) _reversed[^1] = random.NextUniform() < 0.5;
        for (var i = _reversed.Length - 1; i > 0; i--)
        {
            var j = (int)(random.NextUniform() * (i + 1));
            (_reversed[i], _reversed[j]) = (_reversed[j], _reversed[i]);
        }
    }

    /// <summary>Draws a person, without an effect yet.</summary>
    /// <param name="person">Which, 0 first.</param>
    public void Draw(int person)
    {
        var truth = _study.Truth;
        var random = new Philox(_study.Seed, (_replicate << PersonBits) | (uint)person);
        Put(person, ref random);
        _level = truth.Level + truth.LevelSd * random.NextNormal();
        _apart = random.NextNormal();
        Stayed = _study.Days;
        // At the same rate every day: the day of leaving is geometric.
        if (truth.Dropout > 0 && Math.Log(random.NextUniform()) / _logStay is var stayed && stayed < Stayed) Stayed = (int)stayed;
        random.FillNormals(Days.Slow);
        if (truth.WhiteShare > 0) random.FillNormals(Days.White);
        if (truth.Missing > 0) random.FillUniforms(Days.Chance);
    }

    /// <summary>Gives the person drawn last their effect; their noise stays.</summary>
    /// <param name="mean">The mean effect.</param>
    /// <param name="sd">Its SD between people.</param>
    public void Give(double mean, double sd)
    {
        Effect = mean + sd * _apart;
        for (var d = 0; d < _tried.Length; d++) _effects[d] = Effect * _shares[d];
        VirtualCourse.Fill(_blocks, _tried, _effects, _level, _truth, Days);
    }

    private void Put(int person, ref Philox random)
    {
        var written = _study.Blocks;
        switch (_study.Order)
        {
            case BlockOrder.Sequence:
                for (var b = 0; b < _at.Length; b++) _blocks[_at[b]] = written[_reversed[person] ? _at.Length - 1 - b : b];
                break;
            case BlockOrder.Pairs:
                for (var b = 0; b < _at.Length; b += 2)
                {
                    var swapped = random.NextUniform() < 0.5 ? 1 : 0;
                    _blocks[_at[b]] = written[b + swapped];
                    _blocks[_at[b + 1]] = written[b + 1 - swapped];
                }
                break;
        }
    }

    /// <summary>The share of the highest dose's effect that a share of it has: half at a third, 0.8 at two thirds, as in the virtual population of the error rates; straight between.</summary>
    private static double ShareOf(double dose) => dose <= 1.0 / 3 ? 1.5 * dose : dose <= 2.0 / 3 ? 0.5 + 0.9 * (dose - 1.0 / 3) : 0.8 + 0.6 * (dose - 2.0 / 3);
}
