using System.Globalization;

namespace Lowdose.Diary;

/// <summary>
/// The names of the fields of a trial that somebody runs alone. What they say is the business of whoever keeps trials; of each the first version counts, so
/// that nothing that happened is changed later.
/// </summary>
public static class TrialFields
{
    /// <summary>What the trial is called.</summary>
    public const string Name = "name";
    /// <summary>The design.</summary>
    public const string Design = "design";
    /// <summary>The lot, closed with the friend's passphrase.</summary>
    public const string Sealed = "sealed";
    /// <summary>The lot opened, once all is over.</summary>
    public const string Opened = "opened";

    private const string RecordKind = "record/";
    private const int MostRecords = 9_999, Longest = 200_000;

    /// <summary>One thing that happened, 1 first.</summary>
    public static string Record(int number) => RecordKind + number.ToString(CultureInfo.InvariantCulture);

    internal static FieldRule? RuleOf(string field) =>
        DayFields.After(field, RecordKind) is { } number ? int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= MostRecords && field == Record(n) ? Text : null
        : field is Name or Design or Sealed or Opened ? Text : null;

    private static readonly FieldRule Text = new(v => v.Length is > 0 and <= Longest && !v.Any(c => char.IsControl(c) && c != '\n'), $"text of at most {Longest} characters");
}
