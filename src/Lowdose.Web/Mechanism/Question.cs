using System.Globalization;
using System.Text.RegularExpressions;
using Lowdose.Web.Prepare;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Mechanism;

/// <summary>What is asked of the models.</summary>
/// <param name="DoseMg">Each dose, labelled mg.</param>
/// <param name="AtMinutes">When it is taken, minutes after midnight.</param>
/// <param name="Days">How many days the course has.</param>
/// <param name="Missed">Days without a dose, 1 the first.</param>
/// <param name="View">The view of the block that stands first.</param>
/// <param name="Tone">The model of the tone.</param>
/// <param name="Preset">The set of values.</param>
/// <param name="Liver">A word of the model for the liver.</param>
/// <param name="KidneyMlPerMin">Creatinine clearance, mL/min.</param>
public sealed record Question(double DoseMg, int AtMinutes, int Days, IReadOnlySet<int> Missed, string View, string Tone, string Preset, string Liver, double KidneyMlPerMin);

/// <summary>What the address says: texts, and the question they make, or what is wrong with them.</summary>
public sealed partial class AskedQuestion
{
    private static readonly Dictionary<string, string> Usual = new(StringComparer.Ordinal)
    {
        ["dose"] = "4.5", ["at"] = "21:00", ["days"] = "28", ["missed"] = "", ["view"] = Views.All[0].Word, ["tone"] = Runs.Tones[0].Word, ["preset"] = "meyer", ["liver"] = "none", ["kidney"] = "120",
    };

    private const double LeastMg = 0.1, MostMg = 50, LeastKidney = 5, MostKidney = 200;
    private const int MostDays = 84;

    private readonly IQueryCollection _said;
    private readonly List<WrongField> _wrong = [];

    /// <summary>Reads an address.</summary>
    public AskedQuestion(IQueryCollection said)
    {
        _said = said;
        var dose = Number("dose", LeastMg, MostMg, $"Write the dose in mg, from {LeastMg.ToString(CultureInfo.InvariantCulture)} to {MostMg}.");
        var days = Whole("days", MostDays, $"Write a whole number of days, from 1 to {MostDays}.");
        var kidney = Number("kidney", LeastKidney, MostKidney, $"Write a number from {LeastKidney} to {MostKidney}. Leave 120 if you do not know.");
        var missed = Missed(days);
        var at = At();
        foreach (var (field, words) in new[] { ("view", Views.All.Select(v => v.Word)), ("tone", Runs.Tones.Select(t => t.Word)), ("preset", Presets.Select(p => p.Word)), ("liver", Livers.Select(l => l.Word)) })
            if (!words.Contains(this[field])) _wrong.Add(new(field, "Choose one of the list."));
        Question = _wrong.Count > 0 ? null : new(dose, at, days, missed, this["view"], this["tone"], this["preset"], this["liver"], kidney);
    }

    /// <summary>The sets of values.</summary>
    public static IReadOnlyList<(string Word, string Label)> Presets { get; } = [("meyer", "As Meyer measured (usual)"), ("bertolotti", "As Bertolotti measured (higher)")];

    /// <summary>What may be said of the liver.</summary>
    public static IReadOnlyList<(string Word, string Label)> Livers { get; } = [("none", "No cirrhosis"), ("compensated", "Mild cirrhosis (a guess)"), ("severe", "Severe cirrhosis")];

    /// <summary>Where the slider of each number stops: doses closer together where they are low.</summary>
    public static string DoseStops { get; } = "0.1 0.2 0.3 0.5 0.75 1 1.5 2 2.5 3 3.5 4 4.5 5 5.5 6 7 8 9 10 12 15 20 25 30 40 50";

    /// <inheritdoc cref="DoseStops"/>
    public static string DayStops { get; } = string.Join(' ', Enumerable.Range(1, MostDays));

    /// <inheritdoc cref="DoseStops"/>
    public static string KidneyStops { get; } = string.Join(' ', Enumerable.Range(1, (int)(MostKidney / LeastKidney)).Select(i => i * (int)LeastKidney));

    /// <summary>What it comes to; null where something is wrong.</summary>
    public Question? Question { get; }

    /// <summary>What is wrong, a sentence a field.</summary>
    public IReadOnlyList<WrongField> Wrong => _wrong;

    /// <summary>A field as it was written, or its usual value.</summary>
    public string this[string field] => _said.TryGetValue(field, out var said) ? said.ToString().Trim() : Usual[field];

    /// <summary>What is wrong with a field; null where nothing.</summary>
    public string? WrongWith(string field) => _wrong.FirstOrDefault(w => w.Field == field)?.Text;

    private double Number(string field, double low, double high, string wrong)
    {
        if (double.TryParse(this[field].Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high) return value;
        _wrong.Add(new(field, wrong));
        return double.NaN;
    }

    private int Whole(string field, int most, string wrong)
    {
        if (int.TryParse(this[field], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= most) return value;
        _wrong.Add(new(field, wrong));
        return 0;
    }

    private int At()
    {
        if (TimeOnly.TryParseExact(this["at"], ["H:mm", "HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time.Hour * 60 + time.Minute;
        _wrong.Add(new("at", "Write the time as 21:00."));
        return 0;
    }

    private HashSet<int> Missed(int days)
    {
        var missed = new HashSet<int>();
        if (_wrong.Any(w => w.Field == "days")) return missed;
        var said = this["missed"];
        if (Every().Match(said) is { Success: true } every)
        {
            if (int.TryParse(every.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var n) && n > 1) missed.UnionWith(Enumerable.Range(1, days / n).Select(i => i * n));
            else _wrong.Add(new("missed", "Every 2nd is the most that can be missed."));
            return missed;
        }
        foreach (var part in said.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Range().IsMatch(part)) return Not("Write days, as 3, 7 or 10-12, or write every 7th.");
            int[] ends = [.. part.Replace('–', '-').Split('-').Select(p => int.Parse(p, CultureInfo.InvariantCulture))];
            if (ends[0] < 1 || ends[^1] < ends[0]) return Not("Write days, as 3, 7 or 10-12, or write every 7th.");
            if (ends[^1] > days) return Not($"Day {ends[^1]} is after the last day, {days}.");
            missed.UnionWith(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
        }
        return missed.Count == days ? Not("Then no dose is left. Leave at least one.") : missed;

        HashSet<int> Not(string text)
        {
            _wrong.Add(new("missed", text));
            return [];
        }
    }

    [GeneratedRegex(@"^every\s+([0-9]{1,3})\s*(?:st|nd|rd|th)?(?:\s+(?:day|dose))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Every();

    [GeneratedRegex(@"^[0-9]{1,3}(?:[-–][0-9]{1,3})?$")]
    private static partial Regex Range();
}
