namespace Lowdose.Science.Pharmacology.Language;

/// <summary>Derivatives of terms by the rules of calculus, and what they tell of a model: whether it is linear.</summary>
internal static class Derivative
{
    /// <summary>∂(root)/∂(state) for every root, as terms.</summary>
    public static int[] Of(Terms terms, IReadOnlyList<int> roots, int state)
    {
        var slopes = new Dictionary<int, int>();
        foreach (var i in terms.Needed(roots)) slopes[i] = Slope(terms, i, state, slopes);
        return [.. roots.Select(r => slopes[r])];
    }

    /// <summary>Row by row the n × n derivatives of the rates.</summary>
    public static int[] Jacobian(Terms terms, IReadOnlyList<int> rates)
    {
        var n = rates.Count;
        var all = new int[n * n];
        for (var j = 0; j < n; j++)
        {
            var column = Of(terms, rates, j);
            for (var i = 0; i < n; i++) all[i * n + j] = column[i];
        }
        return all;
    }

    /// <summary>Whether rates are K·x with a K free of state and time: the derivatives do not move, and nothing is left where every state is 0.</summary>
    public static bool IsLinear(Terms terms, IReadOnlyList<int> rates, IReadOnlyList<int> jacobian)
    {
        if (jacobian.Any(terms.Moves)) return false;
        var still = new Dictionary<int, int>();
        foreach (var i in terms.Needed(rates))
            still[i] = terms[i].Operation == Operation.State ? terms.Zero : terms.Rebuild(terms[i], k => still[k]);
        return rates.All(r => still[r] == terms.Zero);
    }

    private static int Slope(Terms terms, int number, int state, Dictionary<int, int> slopes)
    {
        var term = terms[number];
        int Of(int argument) => slopes[argument];
        switch (term.Operation)
        {
            case Operation.State: return terms.Number(term.A == state ? 1 : 0);
            case Operation.Add: return terms.Add(Of(term.A), Of(term.B));
            case Operation.Subtract: return terms.Subtract(Of(term.A), Of(term.B));
            case Operation.Negate: return terms.Negate(Of(term.A));
            case Operation.Multiply: return terms.Add(terms.Multiply(Of(term.A), term.B), terms.Multiply(term.A, Of(term.B)));
            case Operation.Divide: return terms.Divide(terms.Subtract(Of(term.A), terms.Multiply(number, Of(term.B))), term.B);
            case Operation.Power: return PowerSlope(terms, number, term, Of(term.A), Of(term.B));
            case Operation.Exp: return terms.Multiply(number, Of(term.A));
            case Operation.Log: return terms.Divide(Of(term.A), term.A);
            case Operation.Sqrt: return terms.Divide(Of(term.A), terms.Multiply(terms.Number(2), number));
            case Operation.Abs: return terms.Choose(term.A, terms.Zero, false, terms.Negate(Of(term.A)), Of(term.A));
            case Operation.Min: return terms.Choose(term.A, term.B, false, Of(term.A), Of(term.B));
            case Operation.Max: return terms.Choose(term.A, term.B, false, Of(term.B), Of(term.A));
            case Operation.Choose or Operation.ChooseOrEqual:
                return terms.Choose(term.A, term.B, term.Operation == Operation.ChooseOrEqual, Of(term.C), Of(term.D));
            default: return terms.Zero;
        }
    }

    private static int PowerSlope(Terms terms, int number, Term term, int below, int above)
    {
        // n·x^(n−1)·x′, and x^n·log x·n′ where the power itself moves.
        var first = below == terms.Zero ? terms.Zero
            : terms.Multiply(terms.Multiply(term.B, terms.Power(term.A, terms.Subtract(term.B, terms.Number(1)))), below);
        var second = above == terms.Zero ? terms.Zero
            : terms.Multiply(terms.Multiply(number, terms.Apply(Operation.Log, term.A)), above);
        return terms.Add(first, second);
    }
}
