namespace Lowdose.Science.Pharmacology.Language;

/// <summary>What a term computes.</summary>
internal enum Operation { Number, Time, State, Parameter, Add, Subtract, Multiply, Divide, Negate, Power, Exp, Log, Sqrt, Min, Max, Abs, Choose, ChooseOrEqual }

/// <summary>One operation; its arguments are the numbers of earlier terms, or the index of a state or parameter.</summary>
internal readonly record struct Term(Operation Operation, int A = 0, int B = 0, int C = 0, int D = 0, double Value = 0)
{
    /// <summary>How many of A to D are terms.</summary>
    public int Arguments => Operation switch
    {
        Operation.Number or Operation.Time or Operation.State or Operation.Parameter => 0,
        Operation.Negate or Operation.Exp or Operation.Log or Operation.Sqrt or Operation.Abs => 1,
        Operation.Choose or Operation.ChooseOrEqual => 4,
        _ => 2,
    };

    public int Argument(int i) => i switch { 0 => A, 1 => B, 2 => C, _ => D };
}

/// <summary>
/// Formulas as a list of terms in which nothing stands twice, so that what is common to several is computed once. Every term comes after those it needs.
/// Sums, products and powers are simplified where no number of the model can matter.
/// </summary>
internal sealed class Terms
{
    private readonly List<Term> _all = [];
    private readonly Dictionary<Term, int> _numbers = [];

    public int Count => _all.Count;

    public Term this[int number] => _all[number];

    public int Zero => Number(0);

    public int Number(double value) => Of(new(Operation.Number, Value: value == 0 ? 0 : value));

    public int Time => Of(new(Operation.Time));

    public int State(int index) => Of(new(Operation.State, index));

    public int Parameter(int index) => Of(new(Operation.Parameter, index));

    /// <summary>Whether a term is a number, and which.</summary>
    public bool IsNumber(int term, out double value)
    {
        value = _all[term].Value;
        return _all[term].Operation == Operation.Number;
    }

    public int Add(int a, int b) => Is(a, 0) ? b : Is(b, 0) ? a : Fold(Operation.Add, a, b);

    public int Subtract(int a, int b) => Is(b, 0) ? a : a == b ? Zero : Is(a, 0) ? Negate(b) : Fold(Operation.Subtract, a, b);

    public int Multiply(int a, int b) => Is(a, 0) || Is(b, 0) ? Zero : Is(a, 1) ? b : Is(b, 1) ? a : Fold(Operation.Multiply, a, b);

    public int Divide(int a, int b) => Is(a, 0) ? Zero : Is(b, 1) ? a : Fold(Operation.Divide, a, b);

    public int Negate(int a) => IsNumber(a, out var value) ? Number(-value) : _all[a].Operation == Operation.Negate ? _all[a].A : Of(new(Operation.Negate, a));

    public int Power(int a, int b) => Is(b, 0) ? Number(1) : Is(b, 1) ? a : Is(b, 2) ? Multiply(a, a) : Is(b, 0.5) ? Apply(Operation.Sqrt, a) : Fold(Operation.Power, a, b);

    public int Apply(Operation operation, int a) => IsNumber(a, out var value) ? Number(Arithmetic.Of(operation, value, 0)) : Of(new(operation, a));

    public int Extreme(Operation operation, int a, int b) => a == b ? a : Fold(operation, a, b);

    /// <summary>then where left &lt; right (or equal), else otherwise.</summary>
    public int Choose(int left, int right, bool orEqual, int then, int otherwise)
    {
        if (then == otherwise) return then;
        if (IsNumber(left, out var l) && IsNumber(right, out var r)) return l < r || (orEqual && l == r) ? then : otherwise;
        return Of(new(orEqual ? Operation.ChooseOrEqual : Operation.Choose, left, right, then, otherwise));
    }

    /// <summary>Every term that some of these need, in an order in which each can be computed.</summary>
    public int[] Needed(IEnumerable<int> roots)
    {
        var needed = new bool[Count];
        foreach (var root in roots) needed[root] = true;
        for (var i = Count - 1; i >= 0; i--)
            if (needed[i])
                for (var k = 0; k < _all[i].Arguments; k++) needed[_all[i].Argument(k)] = true;
        return [.. Enumerable.Range(0, Count).Where(i => needed[i])];
    }

    /// <summary>Whether a term changes with the state or the time.</summary>
    public bool Moves(int root) => Needed([root]).Any(i => _all[i].Operation is Operation.State or Operation.Time);

    /// <summary>The same term over others.</summary>
    public int Rebuild(Term term, Func<int, int> of) => term.Operation switch
    {
        Operation.Add => Add(of(term.A), of(term.B)),
        Operation.Subtract => Subtract(of(term.A), of(term.B)),
        Operation.Multiply => Multiply(of(term.A), of(term.B)),
        Operation.Divide => Divide(of(term.A), of(term.B)),
        Operation.Negate => Negate(of(term.A)),
        Operation.Power => Power(of(term.A), of(term.B)),
        Operation.Min or Operation.Max => Extreme(term.Operation, of(term.A), of(term.B)),
        Operation.Choose or Operation.ChooseOrEqual => Choose(of(term.A), of(term.B), term.Operation == Operation.ChooseOrEqual, of(term.C), of(term.D)),
        Operation.Exp or Operation.Log or Operation.Sqrt or Operation.Abs => Apply(term.Operation, of(term.A)),
        _ => Of(term),
    };

    private int Fold(Operation operation, int a, int b) =>
        IsNumber(a, out var x) && IsNumber(b, out var y) ? Number(Arithmetic.Of(operation, x, y)) : Of(new(operation, a, b));

    private bool Is(int term, double value) => IsNumber(term, out var own) && own == value;

    private int Of(Term term)
    {
        if (_numbers.TryGetValue(term, out var number)) return number;
        _all.Add(term);
        return _numbers[term] = _all.Count - 1;
    }
}

/// <summary>What an operation makes of two numbers.</summary>
internal static class Arithmetic
{
    public static double Of(Operation operation, double a, double b) => operation switch
    {
        Operation.Add => a + b,
        Operation.Subtract => a - b,
        Operation.Multiply => a * b,
        Operation.Divide => a / b,
        Operation.Power => Math.Pow(a, b),
        Operation.Exp => Math.Exp(a),
        Operation.Log => Math.Log(a),
        Operation.Sqrt => Math.Sqrt(a),
        Operation.Min => Math.Min(a, b),
        Operation.Max => Math.Max(a, b),
        Operation.Abs => Math.Abs(a),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };
}
