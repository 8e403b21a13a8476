namespace Lowdose.Science.Pharmacology.Language;

/// <summary>Reads one model: names first, then the equations in order, then the outputs.</summary>
internal sealed class ModelWriting(ModelSource source)
{
    private const int MostCompartments = 64, MostEquations = 500;

    /// <summary>Names that mean something else: the time, and the columns of event and output files.</summary>
    private static readonly HashSet<string> Reserved = new(["t", "d", "dt", "ID", "TIME", "EVID", "AMT", "CMT", "RATE", "II", "ADDL", "SS", .. Parser.Functions.Keys], StringComparer.OrdinalIgnoreCase);

    private readonly List<ModelFault> _faults = [];
    private readonly Terms _terms = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.OrdinalIgnoreCase);
    private Translation _names = null!;

    public ModelReading Read()
    {
        _names = new(_terms);
        if (Sizes() is { } tooLarge) return new(null, [tooLarge]);
        var parameterUnits = DeclareParameters();
        var compartmentUnits = DeclareCompartments();
        _names.Define("t", new(_terms.Time, Unit.Hour));
        var compartments = source.Compartments.Select((c, i) => Attempt(() => Doses(c, compartmentUnits[i], parameterUnits)) ?? new Compartment(c.Name.Text)).ToArray();
        // What is there at the start is computed from parameters alone, before anything else has a meaning.
        var initial = source.Compartments.Select((c, i) => c.Initial is { } start ? Attempt(() => (int?)Initial(start, c, compartmentUnits[i])) : _terms.Zero).ToArray();
        for (var i = 0; i < compartments.Length; i++) _names.Define(source.Compartments[i].Name.Text, new(_terms.State(i), compartmentUnits[i]));
        var rates = Equations(compartmentUnits);
        var outputs = source.Outputs.Select(o => Attempt(() => (int?)Output(o))).ToArray();
        if (_faults.Count > 0) return new(null, [.. _faults.OrderBy(f => f.Line).ThenBy(f => f.Column)]);
        return new(Compiled(compartments, rates, [.. initial.Select(i => i!.Value)], [.. outputs.Select(o => o!.Value)]), []);
    }

    private CompartmentModel Compiled(Compartment[] compartments, int[] rates, int[] initial, int[] outputs)
    {
        var jacobian = Derivative.Jacobian(_terms, rates);
        var linear = Derivative.IsLinear(_terms, rates, jacobian);
        var derivatives = LaneCompiler.Compile(_terms, jacobian);
        return new()
        {
            Name = source.Name,
            Compartments = compartments,
            Parameters = [.. source.Parameters.Select(p => new Parameter(p.Name.Text, p.Value, p.Unit?.Text, p.Origin, p.Level))],
            Outputs = [.. source.Outputs.Select(o => o.Name.Text)],
            RateConstants = linear ? derivatives : null,
            LinearPart = linear ? null : LinearPart(rates, jacobian),
            Rates = linear ? null : LaneCompiler.Compile(_terms, rates),
            Jacobian = linear ? null : derivatives,
            Initial = initial.All(i => i == _terms.Zero) ? null : LaneCompiler.Compile(_terms, initial),
            Observe = outputs.Length == 0 ? null : LaneCompiler.Compile(_terms, outputs),
        };
    }

    /// <summary>The most compartments, from the first on, that are linear in themselves; null where the first is not.</summary>
    private LinearPart? LinearPart(int[] rates, int[] jacobian)
    {
        var n = rates.Length;
        for (var m = n - 1; m > 0; m--)
        {
            int[] own = [.. jacobian.Where((_, i) => i < m * n && i % n < m)];
            var closed = jacobian.Where((_, i) => i < m * n && i % n >= m).All(k => k == _terms.Zero);
            if (closed && Derivative.IsLinear(_terms, rates[..m], own)) return new(m, LaneCompiler.Compile(_terms, own));
        }
        return null;
    }

    private ModelFault? Sizes()
    {
        var at = At(source.Whole);
        if (source.Compartments.Count == 0) return at.Fault("the model has no compartment", "declare at least one under compartments").Fault;
        if (source.Compartments.Count > MostCompartments) return at.Fault($"the model has {source.Compartments.Count} compartments", $"use at most {MostCompartments}").Fault;
        return source.Equations.Count > MostEquations ? at.Fault($"the model has {source.Equations.Count} equations", $"use at most {MostEquations}").Fault : null;
    }

    private Dictionary<string, (int Index, Unit? Unit)> DeclareParameters()
    {
        var all = new Dictionary<string, (int, Unit?)>(StringComparer.Ordinal);
        foreach (var (i, parameter) in source.Parameters.Index())
            Attempt(() =>
            {
                Take(parameter.Name);
                var at = At(parameter.Name);
                // Known even where its unit is wrong, so that one slip is one fault.
                _names.Define(parameter.Name.Text, new(_terms.Parameter(i), null));
                all[parameter.Name.Text] = (i, null);
                if (!double.IsFinite(parameter.Value)) throw at.Fault($"the value of {parameter.Name.Text} is not a number", "write a finite number");
                var unit = Read(parameter.Unit);
                _names.Define(parameter.Name.Text, new(_terms.Parameter(i), unit));
                all[parameter.Name.Text] = (i, unit);
                return true;
            });
        return all;
    }

    private Unit?[] DeclareCompartments()
    {
        var units = new Unit?[source.Compartments.Count];
        foreach (var (i, compartment) in source.Compartments.Index())
            Attempt(() =>
            {
                Take(compartment.Name);
                units[i] = Read(compartment.Unit);
                return true;
            });
        return units;
    }

    private Compartment Doses(WrittenCompartment written, Unit? unit, Dictionary<string, (int Index, Unit? Unit)> parameters) => new(written.Name.Text,
        Named(written.Bioavailability, Unit.One, "a bioavailability is a plain number", parameters),
        Named(written.Lag, Unit.Hour, "a lag is in h", parameters),
        Named(written.Duration, Unit.Hour, "the duration of an infusion is in h", parameters),
        Named(written.Rate, unit / Unit.Hour, "the rate of an infusion is in the compartment's unit per h", parameters),
        DosedWith(written));

    /// <summary>Bioavailability, lag and the like are read as they stand, so their unit must be the engine's own: <paramref name="what"/>.</summary>
    private static int? Named(Piece? name, Unit? unit, string what, Dictionary<string, (int Index, Unit? Unit)> parameters)
    {
        if (name is null) return null;
        if (!parameters.TryGetValue(name.Text, out var found))
            throw At(name).Fault($"there is no parameter {name.Text}", Near.Advice(name.Text, parameters.Keys, "declare it under parameters; a formula is not possible here"));
        if (unit is { } wanted && found.Unit is { } own && !(own.SameDimension(wanted) && own.To(wanted) == 1))
            throw At(name).Fault($"{what}, and {name.Text} is not", "declare it in that unit");
        return found.Index;
    }

    private int? DosedWith(WrittenCompartment written)
    {
        if (written.DosedWith is not { } other) return null;
        var index = source.Compartments.Index().FirstOrDefault(c => c.Item.Name.Text == other.Text, (-1, null!)).Index;
        if (index < 0) throw At(other).Fault($"there is no compartment {other.Text}", Near.Advice(other.Text, source.Compartments.Select(c => c.Name.Text), "name one of the compartments"));
        if (other.Text == written.Name.Text) throw At(other).Fault($"{other.Text} is dosed with itself", "name another compartment, or leave it out");
        return source.Compartments[index].DosedWith is null ? index : throw At(other).Fault($"{other.Text} is itself dosed with another", "name the compartment that the doses are written for");
    }

    private int Initial(Piece start, WrittenCompartment compartment, Unit? unit)
    {
        var term = _names.In(Parser.Formula(start), unit, compartment.Name.Text);
        return _terms.Moves(term) ? throw At(start).Fault("what is there at the start does not change with time", "compute it from parameters alone") : term;
    }

    private int[] Equations(Unit?[] units)
    {
        var read = source.Equations.Select(line => Attempt(() => Parser.Line(line))).OfType<Equation>().ToArray();
        foreach (var assignment in read.Where(e => !e.IsRate)) _names.Later.TryAdd(assignment.Target, assignment.At.Line);
        var rates = new int?[units.Length];
        var lines = new int[units.Length];
        foreach (var equation in read)
            Attempt(() =>
            {
                if (equation.IsRate) Rate(equation, units, rates, lines);
                else Assign(equation);
                return true;
            });
        if (_faults.Count == 0)
            foreach (var (i, compartment) in source.Compartments.Index().Where(c => rates[c.Index] is null))
                _faults.Add(At(compartment.Name).Fault($"the compartment {compartment.Name.Text} has no rate", $"write d({compartment.Name.Text})/dt = ... among the equations; 0 where nothing changes").Fault);
        return [.. rates.Select(r => r ?? _terms.Zero)];
    }

    private void Rate(Equation equation, Unit?[] units, int?[] rates, int[] lines)
    {
        var index = source.Compartments.Index().FirstOrDefault(c => c.Item.Name.Text == equation.Target, (-1, null!)).Index;
        if (index < 0) throw equation.At.Fault($"there is no compartment {equation.Target}", Near.Advice(equation.Target, source.Compartments.Select(c => c.Name.Text), "declare it under compartments"));
        if (rates[index] is not null) throw equation.At.Fault($"{equation.Target} has its rate already in line {lines[index]}", "write one line for each compartment");
        (rates[index], lines[index]) = (_terms.Zero, equation.At.Line);
        rates[index] = _names.In(equation.Right, units[index] / Unit.Hour, $"the rate of {equation.Target}");
    }

    private void Assign(Equation equation)
    {
        var name = equation.Target;
        // Until its line is read it has no meaning; afterwards it has, even a doubtful one: one slip, one fault.
        Take(new(name, equation.At.Line, equation.At.Column));
        try
        {
            _names.Define(name, _names.Of(equation.Right));
        }
        catch (FaultException)
        {
            _names.Define(name, new(_terms.Number(1), null));
            throw;
        }
    }

    private int Output(WrittenOutput output)
    {
        var unit = Read(output.Unit);
        if (output.Formula is { } formula)
        {
            Take(output.Name);
            var term = _names.In(Parser.Formula(formula), unit, output.Name.Text);
            _names.Define(output.Name.Text, new(term, unit));
            return term;
        }
        if (!_names.Later.ContainsKey(output.Name.Text) || !_names.Knows(output.Name.Text))
            throw At(output.Name).Fault($"nothing computes the output {output.Name.Text}", Near.Advice(output.Name.Text, _names.Later.Keys, "give it a formula, or write it among the equations"));
        return _names.In(new NameFormula(At(output.Name), output.Name.Text), unit, output.Name.Text);
    }

    private void Take(Piece name)
    {
        var at = At(name);
        if (name.Text.Length is 0 or > 60 || !(char.IsAsciiLetter(name.Text[0]) || name.Text[0] == '_') || !name.Text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw at.Fault($"\"{name.Text}\" is not a name", "use letters, digits and _, a letter first");
        if (Reserved.Contains(name.Text)) throw at.Fault($"{name.Text} has a meaning of its own", "choose another name");
        if (!_taken.TryAdd(name.Text, name.Line)) throw at.Fault($"the name {name.Text} is used already in line {_taken[name.Text]}", "choose another name; capitals do not tell names apart");
    }

    private static Unit? Read(Piece? unit) => unit is null ? null : UnitReader.Read(unit);

    private static Place At(Piece piece) => new(piece.Line, piece.Column);

    /// <summary>What the work comes to; null after a fault, which is kept.</summary>
    private T? Attempt<T>(Func<T?> work)
    {
        try
        {
            return work();
        }
        catch (FaultException wrong)
        {
            _faults.Add(wrong.Fault);
            return default;
        }
    }
}
