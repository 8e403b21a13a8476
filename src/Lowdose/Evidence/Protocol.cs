using Lowdose.Quantities;

namespace Lowdose.Evidence;

/// <summary>When in the day a protocol gives its dose.</summary>
public enum TimeOfDay
{
    /// <summary>The source does not say.</summary>
    NotKnown = 1,
    /// <summary>About an hour before bed, or at bedtime.</summary>
    Bedtime,
    /// <summary>In the morning.</summary>
    Morning,
    /// <summary>Split over morning and evening.</summary>
    Split,
}

/// <summary>From when the weeks to a verdict count.</summary>
public enum EvaluateFrom
{
    /// <summary>From the first dose.</summary>
    Start = 1,
    /// <summary>From the first day at the last step.</summary>
    LastStep,
}

/// <summary>A published way to dose LDN, as data. It is not a regimen, which has a start date, a time of day and a product.</summary>
/// <param name="Id">E.g. <c>P10</c>; <c>prudent</c> is the default proposal.</param>
/// <param name="Title">What it is called here.</param>
/// <param name="ProposedBy">Who.</param>
/// <param name="For">For whom.</param>
/// <param name="IsPrudent">The default proposal.</param>
/// <param name="Steps">The doses the source names, in order; empty where it doses by weight or not at all.</param>
/// <param name="Ceiling">The highest daily dose; null where the source sets none.</param>
/// <param name="Usual">The daily doses most people end at; null where not said.</param>
/// <param name="MgPerKg">Dose by body weight, mg/kg a day; null for all but children.</param>
/// <param name="TimeOfDay">When in the day.</param>
/// <param name="Adjust">The source's rule for going up, down or stopping; null where none.</param>
/// <param name="EvaluateWeeks">Weeks after which it is judged; null: not known.</param>
/// <param name="EvaluateFrom">From when those weeks count.</param>
/// <param name="StopReviewWeeks">Weeks from the start by which it is stopped if nothing came; null: not known.</param>
/// <param name="Certainty">How far the protocol can be trusted.</param>
/// <param name="Mark">How we know the steps and the ceiling.</param>
/// <param name="Claims">Claim ids it rests on; at least one.</param>
/// <param name="Conflicts">What others say where they disagree.</param>
/// <param name="Note">What must be said beside it, or null.</param>
public sealed record Protocol(string Id, string Title, string ProposedBy, string For, bool IsPrudent, IReadOnlyList<ProtocolStep> Steps, Mass? Ceiling, DoseRange? Usual,
    Figure? MgPerKg, TimeOfDay TimeOfDay, string? Adjust, Figure? EvaluateWeeks, EvaluateFrom EvaluateFrom, Figure? StopReviewWeeks, Certainty Certainty, Mark Mark,
    IReadOnlyList<string> Claims, IReadOnlyList<Conflict> Conflicts, string? Note)
{
    /// <summary>Says enough for a dated schedule: at least one step, and how long each but the last takes.</summary>
    public bool IsComplete => Steps.Count > 0 && Steps.SkipLast(1).All(s => s.MinimumDays is not null);
}

/// <summary>One step of a protocol.</summary>
/// <param name="PerDay">The whole daily dose.</param>
/// <param name="TimesPerDay">Into how many equal parts it is split.</param>
/// <param name="MinimumDays">Days before the next step; null: the source does not say (last step: it is the last).</param>
public sealed record ProtocolStep(Mass PerDay, int TimesPerDay, int? MinimumDays);

/// <summary>Two daily doses and all between.</summary>
/// <param name="Low">The lower.</param>
/// <param name="High">The higher.</param>
public sealed record DoseRange(Mass Low, Mass High);
