using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Records.Clinic;

/// <summary>What an entry of the audit trail says beside act, actor and record. Made only of closed words, dates, counts and ids: there is no way to put a text in.</summary>
public readonly record struct Detail
{
    private const string DayWord = "day ";
    private static readonly Dictionary<string, RecordPart> Parts = Enum.GetValues<RecordPart>().ToDictionary(Word, StringComparer.Ordinal);

    private readonly string? _text;

    private Detail(string text) => _text = text;

    /// <summary>Nothing more to say.</summary>
    public static Detail None => default;

    /// <summary>A part of the record.</summary>
    public static Detail Of(RecordPart part) => new(Word(part));

    /// <summary>One day of the diary.</summary>
    public static Detail Of(LocalDate day) => new(DayWord + LocalDatePattern.Iso.Format(day));

    /// <summary>A role.</summary>
    public static Detail Of(Role role) => new("role " + Word(role));

    /// <summary>What somebody may do.</summary>
    public static Detail Of(May may) => new("may " + Word(may));

    /// <summary>Another account than the actor's.</summary>
    public static Detail Account(Guid id) => new("account " + id.ToString("D"));

    /// <summary>The grant, plan, trial or other thing it was about.</summary>
    public static Detail About(Guid id) => new("about " + id.ToString("D"));

    /// <summary>How many records.</summary>
    /// <param name="count">At least 0.</param>
    public static Detail Records(int count) => new(string.Create(CultureInfo.InvariantCulture, $"records {count}"));

    /// <summary>Both.</summary>
    public Detail And(Detail other) => _text is null ? other : other._text is null ? this : new($"{_text}, {other._text}");

    /// <summary>Finds the part and the day in a detail as it was kept; null where it names none.</summary>
    public static (RecordPart? Part, LocalDate? Day) Read(string kept)
    {
        var (part, day) = ((RecordPart?)null, (LocalDate?)null);
        foreach (var piece in kept.Split(", "))
        {
            if (Parts.TryGetValue(piece, out var named)) part = named;
            if (piece.StartsWith(DayWord, StringComparison.Ordinal) && LocalDatePattern.Iso.Parse(piece[DayWord.Length..]) is { Success: true, Value: var date }) (part, day) = (RecordPart.Day, date);
        }
        return (part, day);
    }

    /// <summary>As it is kept.</summary>
    public override string ToString() => _text ?? "";

    // "ClinicList" is kept as "clinic list".
    private static string Word<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, at) => char.IsUpper(c) ? (at > 0 ? " " : "") + char.ToLowerInvariant(c) : c.ToString()));
}
