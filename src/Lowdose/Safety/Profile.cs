using NodaTime;

namespace Lowdose.Safety;

/// <summary>What a person told before the first dose. A member that is null was not answered, which is unknown and never safe; an empty list is the answer "none".</summary>
/// <param name="Medicines">Everything taken, with or without prescription.</param>
/// <param name="Conditions">Illnesses, as written.</param>
/// <param name="Surgeries">Operations and procedures to come.</param>
/// <param name="Pregnancy">Pregnancy and breastfeeding.</param>
/// <param name="Age">In whole years.</param>
/// <param name="Labs">Laboratory values.</param>
/// <param name="Allergies">As written.</param>
/// <param name="AsOf">The day the screen is made for.</param>
public sealed record Profile(IReadOnlyList<Medicine>? Medicines, IReadOnlyList<string>? Conditions, IReadOnlyList<Surgery>? Surgeries, Pregnancy? Pregnancy, int? Age,
    IReadOnlyList<LabValue>? Labs, IReadOnlyList<string>? Allergies, LocalDate AsOf)
{
    /// <summary>What was tried before, as written. No rule reads it: it is for the person and the prescriber. Null: not told.</summary>
    public IReadOnlyList<string>? Tried { get; init; }
}

/// <summary>One medicine as the person has it.</summary>
/// <param name="Text">As written; may be empty where a code is given.</param>
/// <param name="Atc">ATC code, or null.</param>
/// <param name="RxNorm">RxNorm ingredient code, or null.</param>
/// <param name="LastTaken">The day of the last dose, where it has been stopped; null: still taken, or not known.</param>
/// <param name="Form">Tablet, patch, depot injection …, as written; null: not told.</param>
public sealed record Medicine(string Text, string? Atc = null, string? RxNorm = null, LocalDate? LastTaken = null, string? Form = null);

/// <summary>An operation or procedure.</summary>
/// <param name="Date">Its day; null: not known.</param>
/// <param name="OpioidsExpected">Whether opioids will be given; null: not known.</param>
public sealed record Surgery(LocalDate? Date, bool? OpioidsExpected);

/// <summary>A laboratory value.</summary>
/// <param name="Loinc">LOINC code.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit, as UCUM or as written; null: not told.</param>
/// <param name="Date">The day the sample was taken; null: not known.</param>
public sealed record LabValue(string Loinc, decimal Value, string? Unit, LocalDate? Date);

/// <summary>Pregnancy and breastfeeding.</summary>
public enum Pregnancy
{
    /// <summary>None, and none intended.</summary>
    No = 1,
    /// <summary>Pregnant.</summary>
    Yes,
    /// <summary>Trying to become pregnant.</summary>
    Trying,
    /// <summary>Breastfeeding.</summary>
    Breastfeeding,
}
