using System.Globalization;
using Lowdose.Quantities;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Diary;

/// <summary>What a dose held. A blinded record knows a kit's number and has no place for an amount.</summary>
public abstract record DoseContent
{
    private DoseContent()
    {
    }

    /// <summary>An amount.</summary>
    /// <param name="Amount">Above 0.</param>
    public sealed record Known(Mass Amount) : DoseContent;

    /// <summary>A numbered kit, of which the person does not know the content.</summary>
    /// <param name="Number">1 to 999,999.</param>
    public sealed record Kit(int Number) : DoseContent;

    /// <summary>Taken, but it is not known how much.</summary>
    public sealed record Unknown : DoseContent;
}

/// <summary>What became of one dose of a day. A dose nobody wrote about has none of these: it is missing, neither taken nor skipped.</summary>
public abstract record DoseEntry
{
    private DoseEntry()
    {
    }

    /// <summary>It was taken.</summary>
    /// <param name="Content">What it held.</param>
    /// <param name="At">The clock time; null: not written.</param>
    /// <param name="NextDay">That time is after midnight, on the next calendar day: a bedtime dose at 00:30.</param>
    /// <param name="Late">Later than planned, as the person says.</param>
    public sealed record Taken(DoseContent Content, LocalTime? At = null, bool NextDay = false, bool Late = false) : DoseEntry
    {
        /// <inheritdoc/>
        public override string ToString() => "taken " + Content switch
        {
            DoseContent.Known known => PlanTexts.Of(known.Amount),
            DoseContent.Kit kit => "kit " + kit.Number.ToString(CultureInfo.InvariantCulture),
            _ => "unknown",
        } + (At is { } at ? " at " + Clock.Format(at) : "") + (NextDay ? " next day" : "") + (Late ? " late" : "");
    }

    /// <summary>It was left out.</summary>
    public sealed record Skipped : DoseEntry
    {
        /// <inheritdoc/>
        public override string ToString() => "skipped";
    }

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>Reads the canonical text ("taken 4.5 mg at 22:05", "taken kit 3", "taken unknown at 00:30 next day late", "skipped").</summary>
    /// <returns>Null where it is not one, or not written the canonical way.</returns>
    public static DoseEntry? Read(string text)
    {
        if (text == "skipped") return new Skipped();
        var rest = text;
        if (!TakeStart(ref rest, "taken ")) return null;
        var late = TakeEnd(ref rest, " late");
        var nextDay = TakeEnd(ref rest, " next day");
        LocalTime? at = null;
        if (rest.IndexOf(" at ", StringComparison.Ordinal) is var place and >= 0)
        {
            if (Clock.Parse(rest[(place + 4)..]) is not { Success: true, Value: var time }) return null;
            (at, rest) = (time, rest[..place]);
        }
        // A time is canonical, and "next day" says something about one.
        return ContentOf(rest) is { } content && new Taken(content, at, nextDay, late) is var taken && taken.ToString() == text && (at is not null || !nextDay) ? taken : null;
    }

    private static DoseContent? ContentOf(string text)
    {
        if (text == "unknown") return new DoseContent.Unknown();
        if (TakeStart(ref text, "kit "))
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var kit) && kit is > 0 and <= 999_999 ? new DoseContent.Kit(kit) : null;
        return Written.Mass(text, out var amount) is null && amount <= MostTaken ? new DoseContent.Known(amount) : null;
    }

    private static readonly Mass MostTaken = Mass.FromMilligrams(1000);

    private static bool TakeStart(ref string text, string start)
    {
        if (!text.StartsWith(start, StringComparison.Ordinal)) return false;
        text = text[start.Length..];
        return true;
    }

    private static bool TakeEnd(ref string text, string end)
    {
        if (!text.EndsWith(end, StringComparison.Ordinal)) return false;
        text = text[..^end.Length];
        return true;
    }
}
