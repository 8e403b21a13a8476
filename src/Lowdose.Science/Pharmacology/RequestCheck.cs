namespace Lowdose.Science.Pharmacology;

/// <summary>Looks a request through before anything is computed.</summary>
internal static class RequestCheck
{
    /// <summary>The most numbers that an answer may hold.</summary>
    public const long MostNumbers = 500_000_000;

    /// <summary>What a program did wrong.</summary>
    /// <exception cref="ArgumentException">The model is impossible.</exception>
    public static void Model(CompartmentModel model)
    {
        var (n, p) = (model.Compartments.Count, model.Parameters.Count);
        if (n == 0) throw new ArgumentException("a model needs a compartment", nameof(model));
        if (model.RateConstants is null == model.Rates is null) throw new ArgumentException("a model has either rate constants or rates", nameof(model));
        if (model.LinearPart is { } part && (model.Rates is null || part.Compartments < 1 || part.Compartments >= n)) throw new ArgumentException("a linear part is a part of a model with rates", nameof(model));
        if (model.Outputs.Count > 0 && model.Observe is null) throw new ArgumentException("a model with outputs must say how they come about", nameof(model));
        foreach (var c in model.Compartments)
        {
            if (new[] { c.Bioavailability, c.LagHours, c.DurationHours, c.Rate }.Any(i => i < 0 || i >= p)) throw new ArgumentException($"{c.Name} names a parameter that is not there", nameof(model));
            if (c.DosedWith is { } other && (other < 0 || other >= n || model.Compartments[other] == c)) throw new ArgumentException($"{c.Name} is dosed with a compartment that is not there", nameof(model));
        }
    }

    /// <summary>The first thing wrong with the request; null where there is none.</summary>
    public static SimulationProblem? Problem(SimulationRequest request) => Frame(request) ?? Records(request);

    private static SimulationProblem? Frame(SimulationRequest request)
    {
        static SimulationProblem Wrong(string what, string remedy) => new(0, null, null, what, remedy);
        var grid = request.GridHours;
        if (grid.Length == 0) return Wrong("no time is asked for", "give at least one");
        for (var i = 0; i < grid.Length; i++)
        {
            if (!double.IsFinite(grid[i])) return Wrong("a time asked for is not a number", "give hours");
            if (i > 0 && grid[i] <= grid[i - 1]) return Wrong(FormattableString.Invariant($"the times asked for do not ascend at {grid[i]:G6} h"), "sort them, each once");
        }
        if (!(request.RelativeTolerance is >= 1e-13 and <= 0.1)) return Wrong(FormattableString.Invariant($"the relative tolerance is {request.RelativeTolerance}"), "give one from 1e-13 to 0.1");
        if (!(request.AbsoluteTolerance > 0 && double.IsFinite(request.AbsoluteTolerance))) return Wrong(FormattableString.Invariant($"the absolute tolerance is {request.AbsoluteTolerance}"), "give one above 0");
        if (request.Threads < 1) return Wrong($"{request.Threads} threads", "give 1 or more");
        if (request.People < 0) return Wrong($"{request.People} people", "give 0 or more");
        var k = request.Variability.Count;
        foreach (var variation in request.Variability)
        {
            if (variation.Parameter < 0 || variation.Parameter >= request.Model.Parameters.Count) return Wrong("a parameter that is not there varies", "name one of the model's");
            if (!(variation.Sd >= 0 && double.IsFinite(variation.Sd))) return Wrong($"{request.Model.Parameters[variation.Parameter].Name} varies with an SD of {variation.Sd}", "give 0 or more");
        }
        if (request.Correlations is { } c && (c.Length != k * k || PersonDraw.Factor(c, k) is null)) return Wrong("the correlations are not those of any numbers", "give a symmetric matrix with 1 on its diagonal that is positive semidefinite, a row a parameter that varies");
        return null;
    }

    private static SimulationProblem? Records(SimulationRequest request)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        DoseRecord? before = null;
        foreach (var record in request.Records)
        {
            if (Wrong(record, request.Model) is { } wrong) return new(record.Line, record.Subject, double.IsFinite(record.TimeHours) ? record.TimeHours : null, wrong.What, wrong.Remedy);
            if (before is not null && before.Subject == record.Subject)
            {
                if (record.TimeHours < before.TimeHours)
                    return new(record.Line, record.Subject, record.TimeHours, FormattableString.Invariant($"time goes back from {before.TimeHours:0.######} h"), "sort the subject's records by time");
            }
            else if (!seen.Add(record.Subject)) return new(record.Line, record.Subject, record.TimeHours, "the subject comes twice, with others between", "put its records together");
            before = record;
        }
        var subjects = (long)Math.Max(seen.Count, 1) * Math.Max(request.People, 1);
        var numbers = subjects * request.GridHours.Length * (request.Model.Compartments.Count + request.Model.Outputs.Count);
        return numbers > MostNumbers ? new(0, null, null, FormattableString.Invariant($"the answer would hold {numbers:#,0} numbers"), FormattableString.Invariant($"ask for fewer people or times; {MostNumbers:#,0} is the most")) : null;
    }

    private static (string What, string Remedy)? Wrong(DoseRecord record, CompartmentModel model)
    {
        if (!double.IsFinite(record.TimeHours)) return ("the time is not a number", "give hours");
        if (record.Kind is < 0 or > 4) return ($"EVID is {record.Kind}", "give 0 an observation, 1 a dose, 2 another event, 3 a reset, 4 a reset and a dose");
        foreach (var (name, value) in ((string, double)[])[("AMT", record.Amount), ("RATE", record.Rate), ("II", record.IntervalHours)])
            if (!double.IsFinite(value)) return ($"{name} is not a number", "give a number, or 0");
        if (record.Changes is { } changes)
            foreach (var (parameter, value) in changes)
            {
                if (parameter < 0 || parameter >= model.Parameters.Count) return ("a parameter that is not there changes", "name one of the model's");
                if (!double.IsFinite(value)) return ($"the parameter {model.Parameters[parameter].Name} is not a number", "give a finite number");
            }
        if (record.Kind is 1 or 4) return Dose(record, model);
        return record.Amount != 0 || record.Rate != 0 ? (FormattableString.Invariant($"EVID {record.Kind} is no dose, and AMT is {record.Amount:G6}, RATE {record.Rate:G6}"), "give EVID 1 or 4, or no amount") : null;
    }

    private static (string What, string Remedy)? Dose(DoseRecord record, CompartmentModel model)
    {
        var n = model.Compartments.Count;
        if (record.Amount < 0) return (FormattableString.Invariant($"the dose is negative, {record.Amount:G6}"), "give 0 or more");
        if (record.Compartment < 0 || record.Compartment > n)
            return ($"there is no compartment {record.Compartment} in {model.Name}", "give " + string.Join(", ", model.Compartments.Select((c, i) => $"{i + 1} {c.Name}")));
        if (record.Rate < 0 && record.Rate is not (-1 or -2)) return (FormattableString.Invariant($"RATE is {record.Rate:G6}"), "give 0 at once, an amount per hour, −1 for a modelled rate or −2 for a modelled duration");
        if (record.IntervalHours < 0) return (FormattableString.Invariant($"II is negative, {record.IntervalHours:G6}"), "give hours, or 0");
        if (record.Additional < 0) return ($"ADDL is negative, {record.Additional}", "give 0 or more");
        if (record.Additional > 0 && record.IntervalHours == 0) return ($"{record.Additional} additional doses have no interval", "give II above 0");
        if (record.SteadyState is < 0 or > 2) return ($"SS is {record.SteadyState}", "give 0 no steady state, 1 in place of what is there, 2 added to it");
        if (record.Amount == 0 && record.Rate != 0)
        {
            if (record.SteadyState == 0) return ("an infusion of nothing has no duration", "give AMT above 0, or SS 1 for a constant infusion");
            if (record.Rate == -2) return ("a constant infusion has no duration", "give its RATE, or −1");
            if (record.IntervalHours > 0) return ("a constant infusion has no interval", "leave II at 0, or give AMT above 0");
        }
        else if (record.SteadyState > 0)
        {
            if (record.IntervalHours == 0) return ("a steady state has no interval", "give II above 0, or AMT 0 and a RATE for a constant infusion");
        }
        if (record.SteadyState == 2 && model.Initial is not null)
            return ("SS 2 adds to what is there, and this model does not start empty", "give SS 1");
        return null;
    }
}
