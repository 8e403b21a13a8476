using Lowdose.Quantities;

namespace Lowdose.Evidence;

/// <summary>What a rule does to the plan, the strongest first.</summary>
public enum RuleLevel
{
    /// <summary>No plan.</summary>
    Block = 1,
    /// <summary>No dose until a date.</summary>
    HoldUntil,
    /// <summary>Only with a prescriber who knows of it.</summary>
    Prescriber,
    /// <summary>Go on with care.</summary>
    Caution,
    /// <summary>Good to know.</summary>
    Note,
}

/// <summary>A safety rule as data; the screen turns it into findings.</summary>
/// <param name="Id">E.g. <c>C1</c>.</param>
/// <param name="Title">Its subject in few words.</param>
/// <param name="Level">What it does to the plan.</param>
/// <param name="Triggers">It applies when any of these does.</param>
/// <param name="Why">Plain words for the person.</param>
/// <param name="Do">What to do, in plain words.</param>
/// <param name="Certainty">How far it can be trusted.</param>
/// <param name="Claims">Claim ids it rests on; at least one.</param>
/// <param name="Conflicts">What sources say where they disagree.</param>
/// <param name="Hold">For a hold: how long; else null.</param>
/// <param name="StartMg">First dose it asks for, mg a day; null where it asks for none.</param>
/// <param name="CeilingMg">Highest dose it suggests, mg a day; null where it suggests none.</param>
/// <param name="Checks">Tests to have, and when.</param>
public sealed record Rule(string Id, string Title, RuleLevel Level, IReadOnlyList<Trigger> Triggers, string Why, string Do, Certainty Certainty,
    IReadOnlyList<string> Claims, IReadOnlyList<Conflict> Conflicts, Hold? Hold, Figure? StartMg, Figure? CeilingMg, IReadOnlyList<Check> Checks);

/// <summary>One way a rule applies. All members that are set must hold; within a list any entry does.</summary>
/// <param name="Classes">The person takes a substance of one of these classes (its parts count); empty: not asked.</param>
/// <param name="Substances">The person takes one of these substances (its parts count); empty: not asked.</param>
/// <param name="MoreThan">The medicine's text gives more of it a day than this; null: not asked.</param>
/// <param name="Words">The medicine's text has one of these words too (misuse, dose); empty: not asked.</param>
/// <param name="Conditions">A condition has one of these terms; empty: not asked.</param>
/// <param name="Alongside">Another condition, or the same, has one of these terms too; empty: not asked.</param>
/// <param name="Allergies">An allergy has one of these terms; empty: not asked.</param>
/// <param name="Lab">A laboratory value is past a limit; null: not asked.</param>
/// <param name="Surgery">An operation is planned where opioids are expected or not ruled out.</param>
/// <param name="Pregnancy">One of <c>yes</c>, <c>trying</c>, <c>breastfeeding</c>; empty: not asked.</param>
/// <param name="AgeBelow">Younger than this many years; null: not asked.</param>
/// <param name="Always">Every plan.</param>
public sealed record Trigger(IReadOnlyList<SubstanceClass> Classes, IReadOnlyList<string> Substances, DayLimit? MoreThan, IReadOnlyList<string> Words,
    IReadOnlyList<string> Conditions, IReadOnlyList<string> Alongside, IReadOnlyList<string> Allergies, LabLimit? Lab, bool Surgery, IReadOnlyList<string> Pregnancy, int? AgeBelow, bool Always);

/// <summary>A limit on how much of a medicine is taken a day.</summary>
/// <param name="Mg">The most, mg a day.</param>
/// <param name="PieceMg">What one tablet or capsule holds where it is not said, mg.</param>
public sealed record DayLimit(Figure Mg, Figure PieceMg);

/// <summary>A limit on a laboratory value.</summary>
/// <param name="Loinc">LOINC code.</param>
/// <param name="Name">What it measures.</param>
/// <param name="Unit">Unit of the limit; another unit is another trigger.</param>
/// <param name="Above">Applies above this; null: no upper limit.</param>
/// <param name="Below">Applies at or below this; null: no lower limit.</param>
/// <param name="GoodForDays">An older value is asked about again; null: never.</param>
public sealed record LabLimit(Code Loinc, string Name, string Unit, Figure? Above, Figure? Below, Figure? GoodForDays);

/// <summary>How long naltrexone is held before an operation and when it may restart.</summary>
/// <param name="BeforeDays">Days without naltrexone before the operation, whatever the dose.</param>
/// <param name="ByDose">Hours for the slow offset at each daily dose; the longer of the two holds.</param>
/// <param name="RestartAfterDays">Clear days after the last opioid dose; plan with the high end.</param>
public sealed record Hold(Figure BeforeDays, IReadOnlyList<Offset> ByDose, Figure RestartAfterDays)
{
    /// <summary>Whole days of the slow offset at a daily dose: of the next dose that is listed, or of the largest.</summary>
    /// <param name="mgPerDay">The daily dose, mg.</param>
    public int SlowDays(decimal mgPerDay)
    {
        if (ByDose.Count == 0) return 0;
        var rows = ByDose.OrderBy(o => o.PerDay).ToArray();
        var row = rows.FirstOrDefault(o => (decimal)o.PerDay.Milligrams >= mgPerDay) ?? rows[^1];
        return (int)Math.Ceiling(row.Hours.High / 24);
    }

    /// <summary>Full days without naltrexone before an operation: the longer of <see cref="BeforeDays"/> and the slow offset.</summary>
    /// <param name="mgPerDay">The daily dose, mg.</param>
    public int Days(decimal mgPerDay) => Math.Max((int)Math.Ceiling(BeforeDays.High), SlowDays(mgPerDay));
}

/// <summary>How long receptors stay blocked after the last dose of a nightly course.</summary>
/// <param name="PerDay">The daily dose.</param>
/// <param name="Hours">Hours until under a tenth is blocked.</param>
public sealed record Offset(Mass PerDay, Figure Hours);

/// <summary>A test to have.</summary>
/// <param name="What">Which test.</param>
/// <param name="When">In plain words.</param>
/// <param name="Weeks">Weeks after the start or the change; null where the words say it.</param>
public sealed record Check(string What, string When, Figure? Weeks);
