using Lowdose.Evidence;
using Lowdose.Quantities;

namespace Lowdose.Dosing;

/// <summary>How a dose rises: the steps, how long each is held at least, and the ceiling. It has no dates; a <see cref="Regimen"/> has.</summary>
public sealed record Titration
{
    private Titration(string id, IReadOnlyList<TitrationStep> steps, Mass ceiling, IReadOnlyList<string> basis) =>
        (Id, Steps, Ceiling, Basis) = (id, steps, ceiling, basis);

    /// <summary>The protocol it follows, or "own".</summary>
    public string Id { get; }

    /// <summary>In order; at least one.</summary>
    public IReadOnlyList<TitrationStep> Steps { get; }

    /// <summary>The highest daily dose.</summary>
    public Mass Ceiling { get; }

    /// <summary>The claims it rests on.</summary>
    public IReadOnlyList<string> Basis { get; }

    /// <summary>The protocol it was made from; null for steps of one's own.</summary>
    public Protocol? Protocol { get; init; }

    /// <summary>From its steps.</summary>
    /// <param name="id">The protocol's id, or "own".</param>
    /// <param name="steps">In order.</param>
    /// <param name="ceiling">The highest daily dose.</param>
    /// <param name="basis">Claim ids.</param>
    /// <param name="titration">The titration; null where it is refused.</param>
    /// <returns>Null, or why it is refused.</returns>
    public static Refused? Of(string id, IReadOnlyList<TitrationStep> steps, Mass ceiling, IReadOnlyList<string> basis, out Titration? titration)
    {
        titration = null;
        if (steps.Count == 0) return new("the plan has no dose", "give a higher ceiling, or a lower first dose") { Knob = PlanKnob.Ceiling };
        foreach (var step in steps)
        {
            if (step.PerDay <= Mass.Zero) return new("a step has no dose", "give doses above 0 mg");
            if (step.PerDay > ceiling) return new($"a step of {step.PerDay} is above the ceiling of {ceiling}", "give a lower dose, or ask your prescriber about the ceiling") { Knob = PlanKnob.From };
            if (step.MinimumDays < 1) return new("a step is shorter than a day", "give each step 1 day or more");
            if (step.TimesPerDay < 1 || step.PerDay.Nanograms % step.TimesPerDay != 0) return new($"{step.PerDay} does not divide into {step.TimesPerDay} equal doses", "give another dose");
        }
        titration = new(id, [.. steps], ceiling, [.. basis]);
        return null;
    }

    /// <summary>A start dose that rises by equal steps; the last one is cut to the ceiling.</summary>
    /// <param name="id">The protocol's id, or "own".</param>
    /// <param name="start">The first daily dose.</param>
    /// <param name="by">What each step adds; above 0.</param>
    /// <param name="everyDays">Days each step is held at least.</param>
    /// <param name="ceiling">The highest daily dose.</param>
    /// <param name="basis">Claim ids.</param>
    /// <param name="titration">The titration; null where it is refused.</param>
    /// <returns>Null, or why it is refused.</returns>
    public static Refused? Rising(string id, Mass start, Mass by, int everyDays, Mass ceiling, IReadOnlyList<string> basis, out Titration? titration)
    {
        titration = null;
        if (by <= Mass.Zero) return new("a step adds nothing", "give a step above 0 mg, or the same start dose and ceiling") { Knob = PlanKnob.By };
        if ((ceiling.Nanograms - start.Nanograms) / by.Nanograms > MostSteps) return new($"from {start} to {ceiling} by {by} is more than {MostSteps} steps", "give a larger step") { Knob = PlanKnob.By };
        List<TitrationStep> steps = [new(start, 1, everyDays)];
        for (var dose = start + by; steps[^1].PerDay < ceiling; dose += by) steps.Add(new(dose < ceiling ? dose : ceiling, 1, everyDays));
        return Of(id, steps, ceiling, basis, out titration);
    }

    private const int MostSteps = 120;
}

/// <summary>One step of a titration.</summary>
/// <param name="PerDay">The whole daily dose.</param>
/// <param name="TimesPerDay">Into how many equal doses it is split.</param>
/// <param name="MinimumDays">Days before the next step at the earliest.</param>
public sealed record TitrationStep(Mass PerDay, int TimesPerDay, int MinimumDays)
{
    /// <summary>One dose of it.</summary>
    public Mass Each => new(PerDay.Nanograms / TimesPerDay);
}

/// <summary>Why a plan is not made, and what to do. A value, not an exception.</summary>
/// <param name="What">What is wrong, without a full stop.</param>
/// <param name="Do">What to do.</param>
public sealed record Refused(string What, string Do)
{
    /// <summary>The answer to change; null where it is no single one.</summary>
    public PlanKnob? Knob { get; init; }

    /// <summary>The first day on which a plan may start; null where it is not the start that stands in the way, or no such day is known.</summary>
    public NodaTime.LocalDate? FirstDay { get; init; }
}
