using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology.Language;

/// <summary>Compiles terms into a function over eight lanes; what is needed more than once is computed once and kept.</summary>
internal static class LaneCompiler
{
    /// <summary>A formula nested deeper than this is kept in between, so that compiling needs little stack.</summary>
    private const int Deepest = 24;

    private static readonly ParameterExpression TimeHours = Expression.Parameter(typeof(Vector512<double>), "timeHours");
    private static readonly ParameterExpression States = Expression.Parameter(typeof(Vector512<double>[]), "state");
    private static readonly ParameterExpression Parameters = Expression.Parameter(typeof(Vector512<double>[]), "parameters");
    private static readonly ParameterExpression Into = Expression.Parameter(typeof(Vector512<double>[]), "into");

    public static LaneFunction Compile(Terms terms, IReadOnlyList<int> roots)
    {
        var needed = terms.Needed(roots);
        var uses = new int[terms.Count];
        foreach (var root in roots) uses[root]++;
        foreach (var i in needed)
            for (var k = 0; k < terms[i].Arguments; k++) uses[terms[i].Argument(k)]++;

        var made = new Expression[terms.Count];
        var depth = new int[terms.Count];
        var kept = new List<ParameterExpression>();
        var body = new List<Expression>();
        foreach (var i in needed)
        {
            var term = terms[i];
            for (var k = 0; k < term.Arguments; k++) depth[i] = Math.Max(depth[i], depth[term.Argument(k)] + 1);
            made[i] = Of(term, made);
            if (term.Operation is Operation.Number or Operation.Time || (uses[i] < 2 && depth[i] < Deepest)) continue;
            var local = Expression.Variable(typeof(Vector512<double>));
            kept.Add(local);
            body.Add(Expression.Assign(local, made[i]));
            (made[i], depth[i]) = (local, 0);
        }
        for (var i = 0; i < roots.Count; i++) body.Add(Expression.Assign(Expression.ArrayAccess(Into, Expression.Constant(i)), made[roots[i]]));
        body.Add(Expression.Empty());
        return Expression.Lambda<LaneFunction>(Expression.Block(kept, body), TimeHours, States, Parameters, Into).Compile();
    }

    private static Expression Of(Term term, Expression[] made) => term.Operation switch
    {
        Operation.Number => Expression.Call(typeof(LaneFunctions), nameof(LaneFunctions.Number), null, Expression.Constant(term.Value)),
        Operation.Time => TimeHours,
        Operation.State => Expression.ArrayIndex(States, Expression.Constant(term.A)),
        Operation.Parameter => Expression.ArrayIndex(Parameters, Expression.Constant(term.A)),
        Operation.Add => Expression.Add(made[term.A], made[term.B]),
        Operation.Subtract => Expression.Subtract(made[term.A], made[term.B]),
        Operation.Multiply => Expression.Multiply(made[term.A], made[term.B]),
        Operation.Divide => Expression.Divide(made[term.A], made[term.B]),
        Operation.Negate => Expression.Negate(made[term.A]),
        _ => Expression.Call(typeof(LaneFunctions), term.Operation.ToString(), null, [.. Enumerable.Range(0, term.Arguments).Select(k => made[term.Argument(k)])]),
    };
}

/// <summary>The functions of the language over eight lanes.</summary>
internal static class LaneFunctions
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Number(double value) => Vector512.Create(value);

    /// <summary>e^x; infinite above 708 and 0 below −708. Beyond that .NET goes another way for all lanes at once, and a lane's last digit would depend on its neighbours.</summary>
    public static Vector512<double> Exp(Vector512<double> x)
    {
        var within = Vector512.LessThan(Vector512.Abs(x), Vector512.Create(708.0));
        var beyond = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<double>.Zero), Vector512<double>.Zero, x * double.PositiveInfinity);
        return Vector512.ConditionalSelect(within, Vector512.Exp(Vector512.ConditionalSelect(within, x, Vector512<double>.Zero)), beyond);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x) => Vector512.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sqrt(Vector512<double> x) => Vector512.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Abs(Vector512<double> x) => Vector512.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Min(Vector512<double> x, Vector512<double> y) => Vector512.Min(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Max(Vector512<double> x, Vector512<double> y) => Vector512.Max(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Choose(Vector512<double> left, Vector512<double> right, Vector512<double> then, Vector512<double> otherwise) =>
        Vector512.ConditionalSelect(Vector512.LessThan(left, right), then, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ChooseOrEqual(Vector512<double> left, Vector512<double> right, Vector512<double> then, Vector512<double> otherwise) =>
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(left, right), then, otherwise);

    /// <summary>x^y. Whole powers up to 16 are products, others as <see cref="Math.Pow"/>; which it is depends on a lane's own power alone, so that no lane's digits depend on its neighbours.</summary>
    public static Vector512<double> Power(Vector512<double> x, Vector512<double> y)
    {
        if (IsWhole(y[0]) && y == Vector512.Create(y[0]))
        {
            var (product, square) = (Vector512<double>.One, x);
            for (var n = (int)Math.Abs(y[0]); n > 0; n >>= 1, square *= square)
                if ((n & 1) != 0) product *= square;
            return y[0] < 0 ? Vector512<double>.One / product : product;
        }
        Span<double> powers = stackalloc double[Vector512<double>.Count];
        for (var i = 0; i < powers.Length; i++) powers[i] = IsWhole(y[i]) ? Whole(x[i], y[i]) : Math.Pow(x[i], y[i]);
        return Vector512.Create<double>(powers);
    }

    private static bool IsWhole(double power) => Math.Abs(power) <= 16 && power == Math.Truncate(power);

    /// <summary>The same products in the same order for one lane.</summary>
    private static double Whole(double x, double y)
    {
        var (product, square) = (1.0, x);
        for (var n = (int)Math.Abs(y); n > 0; n >>= 1, square *= square)
            if ((n & 1) != 0) product *= square;
        return y < 0 ? 1 / product : product;
    }
}
