namespace Lowdose.Science.Pharmacology.Language;

/// <summary>What a formula or a name means: a term, and its unit; a null unit is not checked.</summary>
internal readonly record struct Meaning(int Term, Unit? Unit);

/// <summary>Turns formulas into terms, checks their units, and converts where two are of one kind and of different size.</summary>
internal sealed class Translation(Terms terms)
{
    private readonly Dictionary<string, Meaning> _known = new(StringComparer.Ordinal);

    /// <summary>Names that get a meaning further down, and their lines.</summary>
    public Dictionary<string, int> Later { get; } = new(StringComparer.Ordinal);

    public void Define(string name, Meaning meaning) => _known[name] = meaning;

    public bool Knows(string name) => _known.ContainsKey(name);

    public Meaning Meant(string name) => _known[name];

    /// <summary>A formula in the unit asked for; null: in its own.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="what">What it is set to, for the message.</param>
    public int In(Formula formula, Unit? unit, string what) => Convert(Of(formula), unit, formula.At, what).Term;

    public Meaning Of(Formula formula)
    {
        switch (formula)
        {
            // A bare nought is nought in every unit.
            case NumberFormula { Value: 0, Unit: null }: return new(terms.Zero, null);
            case NumberFormula number: return new(terms.Number(number.Value), number.Unit ?? Unit.One);
            case NameFormula name: return Named(name);
            case MinusFormula minus: return Of(minus.Of) is var of ? new(terms.Negate(of.Term), of.Unit) : default;
            case PairFormula { Sign: '^' } power: return Power(power.At, Of(power.Left), Of(power.Right));
            case PairFormula pair: return Pair(pair);
            case CallFormula call: return Call(call);
            case WhereFormula where: return Where(where);
            default: throw new ArgumentException($"a formula of the kind {formula.GetType().Name}", nameof(formula));
        }
    }

    private Meaning Named(NameFormula name)
    {
        if (_known.TryGetValue(name.Name, out var meaning)) return meaning;
        if (Later.TryGetValue(name.Name, out var line))
            throw line == name.At.Line ? name.At.Fault($"{name.Name} is computed from itself", "give the new quantity another name, or write a rate d(NAME)/dt")
                : name.At.Fault($"{name.Name} is computed only in line {line}", "move that line above this one; where the two need each other, write a rate d(NAME)/dt");
        if (Parser.Functions.ContainsKey(name.Name)) throw name.At.Fault($"{name.Name} is a function", $"write {name.Name}( ) with its arguments");
        throw name.At.Fault($"there is no {name.Name}", Near.Advice(name.Name, _known.Keys.Concat(Later.Keys), "declare it as a parameter or a compartment, or compute it above"));
    }

    private Meaning Pair(PairFormula pair)
    {
        var (left, right) = (Of(pair.Left), Of(pair.Right));
        switch (pair.Sign)
        {
            case '*': return new(terms.Multiply(left.Term, right.Term), left.Unit * right.Unit);
            case '/':
                if (terms.IsNumber(right.Term, out var by) && by == 0) throw pair.At.Fault("here is a division by 0", "divide by something else");
                return new(terms.Divide(left.Term, right.Term), left.Unit / right.Unit);
            default:
                (left, right) = Alike(left, right, pair.At, pair.Sign == '+' ? "added to" : "subtracted from", pair.Sign == '-');
                return new(pair.Sign == '+' ? terms.Add(left.Term, right.Term) : terms.Subtract(left.Term, right.Term), left.Unit);
        }
    }

    private Meaning Power(Place at, Meaning below, Meaning above)
    {
        above = Convert(above, Unit.One, at, "a power");
        if (terms.IsNumber(above.Term, out var n))
        {
            if (n < 0 && terms.IsNumber(below.Term, out var x) && x == 0) throw at.Fault("0 to a negative power is a division by 0", "mend the power");
            return new(terms.Power(below.Term, above.Term), below.Unit?.Power(n));
        }
        // The unit of x^n is not known where n is not.
        return new(terms.Power(Convert(below, Unit.One, at, "what is raised to a power that is not a plain number").Term, above.Term), below.Unit is null ? null : Unit.One);
    }

    private Meaning Call(CallFormula call)
    {
        var first = Of(call.Arguments[0]);
        switch (call.Function)
        {
            case "exp" or "log":
                first = Convert(first, Unit.One, call.Arguments[0].At, $"the argument of {call.Function}");
                if (call.Function == "log" && terms.IsNumber(first.Term, out var x) && x <= 0) throw call.At.Fault("here is the logarithm of a number that is not above 0", "mend the number");
                return new(terms.Apply(call.Function == "exp" ? Operation.Exp : Operation.Log, first.Term), Unit.One);
            case "sqrt": return new(terms.Apply(Operation.Sqrt, first.Term), first.Unit?.Power(0.5));
            case "abs": return new(terms.Apply(Operation.Abs, first.Term), first.Unit);
            case "pow": return Power(call.At, first, Of(call.Arguments[1]));
            default:
                var (a, b) = Alike(first, Of(call.Arguments[1]), call.At, "compared with", false);
                return new(terms.Extreme(call.Function == "min" ? Operation.Min : Operation.Max, a.Term, b.Term), a.Unit);
        }
    }

    private Meaning Where(WhereFormula where)
    {
        var (left, right) = Alike(Of(where.Left), Of(where.Right), where.At, "compared with", false);
        var (then, otherwise) = Alike(Of(where.Then), Of(where.Else), where.At, "chosen beside", false);
        return new(terms.Choose(left.Term, right.Term, where.OrEqual, then.Term, otherwise.Term), then.Unit);
    }

    /// <summary>Two of one kind, in the unit of the left; a plain nought takes the other's.</summary>
    private (Meaning, Meaning) Alike(Meaning left, Meaning right, Place at, string verb, bool swapped)
    {
        if (left.Unit is not { } l) return (left with { Unit = right.Unit }, right);
        if (right.Unit is not { } r) return (left, right with { Unit = l });
        if (l.SameDimension(r)) return (left, Convert(right, l, at, ""));
        var (one, other) = swapped ? (r, l) : (l, r);
        throw at.Fault($"{one.Kind()} is {verb} {other.Kind()}", "divide or multiply so that both are of one kind, or mend a unit");
    }

    private Meaning Convert(Meaning from, Unit? to, Place at, string what)
    {
        if (from.Unit is not { } own || to is not { } wanted) return from;
        if (!own.SameDimension(wanted)) throw at.Fault($"{what} is {wanted.Kind()}, and the formula is {own.Kind()}", "mend the formula or a unit");
        var factor = own.To(wanted);
        return new(factor == 1 ? from.Term : terms.Multiply(terms.Number(factor), from.Term), wanted);
    }
}
