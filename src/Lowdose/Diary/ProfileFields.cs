using System.Globalization;

namespace Lowdose.Diary;

/// <summary>The names of the screen's answers. A field that is not there was not answered, which is unknown; "none" is the answer "none". Safety reads them.</summary>
public static class ProfileFields
{
    /// <summary>One medicine a line.</summary>
    public const string Medicines = "medicines";
    /// <summary>One illness a line.</summary>
    public const string Conditions = "conditions";
    /// <summary>One operation a line.</summary>
    public const string Surgeries = "surgeries";
    /// <summary>no, yes, trying or breastfeeding.</summary>
    public const string Pregnancy = "pregnancy";
    /// <summary>In whole years.</summary>
    public const string Age = "age";
    /// <summary>One laboratory value a line.</summary>
    public const string Labs = "labs";
    /// <summary>One allergy a line.</summary>
    public const string Allergies = "allergies";
    /// <summary>One thing that was tried before a line.</summary>
    public const string Tried = "tried";
    /// <summary>The day the answers were given for.</summary>
    public const string AsOf = "as-of";

    private const int MostLines = 100;

    internal static FieldRule? RuleOf(string field) => field switch
    {
        Medicines or Conditions or Surgeries or Labs or Allergies or Tried => new(AreLines, "none, or one a line"),
        Pregnancy => new(v => v is "no" or "yes" or "trying" or "breastfeeding", "no, yes, trying or breastfeeding"),
        Age => new(v => int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var age) && age <= 130 && v == DayFields.Score(age), "whole years"),
        AsOf => new(v => PlanTexts.Date(v) is not null, "a date, as 2026-12-01"),
        _ => null,
    };

    private static bool AreLines(string value) => value.Split('\n') is { Length: <= MostLines } lines && lines.All(Texts.IsLine);
}

/// <summary>The names of the person's settings: short names, each with a text. What they mean is the front door's business.</summary>
public static class SettingsFields
{
    internal static FieldRule? RuleOf(string field) => field.Split('/').All(Texts.IsId) ? new(Texts.IsText, "text of at most 4,000 characters") : null;
}
