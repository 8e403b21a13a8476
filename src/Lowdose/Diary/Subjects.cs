using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Diary;

/// <summary>What a write can be about.</summary>
public static class Subjects
{
    /// <summary>The course: which outcome is primary, what change matters, from when.</summary>
    public const string Course = "course";
    /// <summary>The plan: protocol, start, time, product, and every change with its reason.</summary>
    public const string Plan = "plan";
    /// <summary>The answers to the safety screen.</summary>
    public const string Profile = "profile";
    /// <summary>How the person wants the program to behave.</summary>
    public const string Settings = "settings";

    private const string DayPrefix = "day/", TrialPrefix = "trial/";
    private const int MostTrials = 999;
    private const int FirstYear = 2000, LastYear = 2199;

    /// <summary>One day of the diary ("day/2026-12-01"): the date the person chose, whatever the device's clock says.</summary>
    public static string Day(LocalDate date) => DayPrefix + date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>One blinded trial that the person runs alone ("trial/1"), 1 first. It holds no arm: the lot in it is closed with a friend's passphrase.</summary>
    public static string Trial(int number) => TrialPrefix + number.ToString(CultureInfo.InvariantCulture);

    internal static bool IsTrial(string subject) => subject.StartsWith(TrialPrefix, StringComparison.Ordinal)
        && int.TryParse(subject.AsSpan(TrialPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostTrials && subject == Trial(number);

    /// <summary>The date of a day's subject; null where it is no day.</summary>
    public static LocalDate? Date(string subject) =>
        subject.StartsWith(DayPrefix, StringComparison.Ordinal)
            && LocalDatePattern.Iso.Parse(subject[DayPrefix.Length..]) is { Success: true, Value: var date }
            && date.Year is >= FirstYear and <= LastYear ? date : null;
}
