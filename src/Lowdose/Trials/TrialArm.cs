using Lowdose.Evidence;
using Lowdose.Quantities;

namespace Lowdose.Trials;

/// <summary>What a kit may hold in a trial. Arms are numbered as they first stand in the design, 0 first.</summary>
/// <param name="Kind">Placebo or drug.</param>
/// <param name="Dose">The daily dose, at the end of a rise; zero for placebo.</param>
/// <param name="Steps">How the dose rises inside the arm; empty where it does not.</param>
public sealed record TrialArm(DesignArm Kind, Mass Dose, IReadOnlyList<DesignStep> Steps)
{
    /// <summary>Whether it holds the drug.</summary>
    public bool Drug => Kind == DesignArm.Ldn;

    /// <summary>Its name in a commitment and on a revealed page's script: <c>placebo</c>, <c>ldn-4.5mg</c>, <c>ldn-1.5mg-3mg-4.5mg</c>.</summary>
    public string Name => Kind == DesignArm.Placebo ? "placebo"
        : "ldn-" + string.Join('-', (Steps.Count == 0 ? [Dose] : Steps.Select(s => s.Dose)).Select(d => d.ExactMilligrams.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture) + "mg"));

    /// <summary>The arms of a design, each once, as they first stand in it.</summary>
    public static IReadOnlyList<TrialArm> Of(Design design) =>
        [.. design.Written.Select(p => (p.Arm, p.Dose)).Distinct().Select(a => new TrialArm(a.Arm, a.Dose, a.Arm == DesignArm.Ldn ? design.TrialOrUsual.Steps : []))];
}

/// <summary>A place in a trial. Who has it is not said here.</summary>
/// <param name="Id">Letters, digits and hyphens.</param>
/// <param name="Levels">The level of each factor of the design, in its order; empty where it has none.</param>
public sealed record TrialSubject(string Id, IReadOnlyList<string> Levels)
{
    /// <summary>A place in a trial without factors.</summary>
    public TrialSubject(string id) : this(id, [])
    {
    }
}
