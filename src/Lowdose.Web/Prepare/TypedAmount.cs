using Lowdose.Diary;
using Lowdose.Quantities;

namespace Lowdose.Web.Prepare;

/// <summary>Amounts as typed beside a label that names the unit. What cannot be used is added to what is wrong, by its field.</summary>
internal static class TypedAmount
{
    private static readonly Mass LargestTablet = Quantities.Mass.FromMilligrams(1_000);
    private static readonly Volume LargestVolume = Quantities.Volume.FromMillilitres(10_000);

    /// <summary>What the tablets hold.</summary>
    public static Mass? Tablet(string text, List<WrongField> wrong) => Read(text, "tablet", "mg", wrong, Written.Mass, LargestTablet, "more than any tablet holds");

    /// <summary>The finished volume.</summary>
    public static Volume? Volume(string text, List<WrongField> wrong) => Read(text, "volume", "mL", wrong, Written.Volume, LargestVolume, "more than 10 litres");

    /// <summary>A dose.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="wrong">Added to.</param>
    /// <param name="bottle">What the whole bottle holds; null where it is not known.</param>
    public static Mass? Dose(string text, string field, List<WrongField> wrong, Mass? bottle) =>
        Read(text, field, "mg", wrong, Written.Mass, bottle ?? LargestTablet, bottle is null ? "more than any tablet holds" : "more than the whole bottle holds");

    private delegate Unread? Reader<T>(string text, out T amount);

    // The unit stands in the field's label; a number with another unit keeps its own.
    private static T? Read<T>(string text, string field, string unit, List<WrongField> wrong, Reader<T> read, T largest, string tooLarge)
        where T : struct, IComparable<T>
    {
        var said = text.Trim();
        if (said.Length > 0 && (char.IsAsciiDigit(said[^1]) || said[^1] is '.' or ',')) said += unit;
        if (read(said, out var amount) is { } unread) wrong.Add(new(field, Sentence(said.Length == 0 ? new("nothing is written here", $"write a number of {unit}") : unread)));
        else if (amount.CompareTo(largest) > 0) wrong.Add(new(field, $"This is {tooLarge}. Check the number and its unit."));
        else return amount;
        return null;
    }

    private static string Sentence(Unread unread) => DoseWords.Kept($"{Words.Sentence(unread.What)} {Words.Sentence(unread.Do)}");
}
