using System.Runtime.Intrinsics;
using Lowdose.Science.Pharmacology;
using Lowdose.Science.Pharmacology.Language;

namespace Lowdose.Science.Tests.Pharmacology.Language;

/// <summary>Models written in few lines, and what they compute.</summary>
internal static class Written
{
    /// <summary>A model with parameters "CL: L/h", compartments "CENT: mg", equations a line each and outputs "CP: ng/mL = CENT/V".</summary>
    public static ModelSource Source(string parameters, string compartments, string equations, string outputs = "") => new()
    {
        Name = "written",
        Parameters = [.. Entries(parameters, 1).Select((p, i) => new WrittenParameter(p.Name, i + 2, p.Unit))],
        Compartments = [.. Entries(compartments, 50).Select(c => new WrittenCompartment(c.Name, c.Unit))],
        Equations = [.. equations.Split('\n', StringSplitOptions.TrimEntries).Select((line, i) => new Piece(line, 100 + i, 1))],
        Outputs = [.. Entries(outputs, 200).Select(o => new WrittenOutput(o.Name, o.Unit, o.Formula))],
    };

    public static CompartmentModel Model(string parameters, string compartments, string equations, string outputs = "")
    {
        var (model, faults) = ModelLanguage.Compile(Source(parameters, compartments, equations, outputs));
        faults.ShouldBeEmpty();
        return model!;
    }

    /// <summary>The faults of a model, as "line:column what; what to do".</summary>
    public static string[] Faults(string parameters, string compartments, string equations, string outputs = "") =>
        [.. ModelLanguage.Compile(Source(parameters, compartments, equations, outputs)).Faults.Select(f => $"{f.Line}:{f.Column} {f.What}; {f.Do}")];

    /// <summary>What a formula of the parameters A = 2, B = 3, C = 4, the state X and the time comes to.</summary>
    public static double Value(string formula, double x = 5, double time = 7)
    {
        var model = Model("A\nB\nC", "X", "d(X)/dt = 0", "OUT = " + formula);
        return Run(model.Observe!, time, [x], [2, 3, 4], 1)[0];
    }

    /// <summary>A function of a model, of which lane 3 is read; the other lanes hold other numbers.</summary>
    public static double[] Run(LaneFunction function, double time, double[] state, double[] parameters, int answers)
    {
        var into = new Vector512<double>[answers];
        function(Lanes(time), [.. state.Select(Lanes)], [.. parameters.Select(Lanes)], into);
        return [.. into.Select(v => v[3])];
    }

    private static Vector512<double> Lanes(double value) => Vector512.Create(value + 1, value + 2, value * 2, value, 0, -value, value / 3, 1);

    private static IEnumerable<(Piece Name, Piece? Unit, Piece? Formula)> Entries(string text, int line)
    {
        foreach (var entry in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var sides = entry.Split('=', 2, StringSplitOptions.TrimEntries);
            var left = sides[0].Split(':', StringSplitOptions.TrimEntries);
            yield return (new(left[0], line), left.Length > 1 ? new(left[1], line) : null, sides.Length > 1 ? new(sides[1], line) : null);
            line++;
        }
    }
}
