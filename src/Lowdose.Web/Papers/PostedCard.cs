using Lowdose.Quantities;
using Lowdose.Web.Prepare;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Papers;

/// <summary>What stands on a wallet card, as typed. What is left out becomes a line to write on by hand. It is kept nowhere.</summary>
/// <param name="Typed">The fields by name.</param>
/// <param name="Stopped">LDN was taken and has been stopped.</param>
/// <param name="Dose">A day's dose; null where it was not given.</param>
/// <param name="LastDose">The day of the last dose; null where it was not given.</param>
/// <param name="Wrong">What cannot be used.</param>
public sealed record PostedCard(IReadOnlyDictionary<string, string> Typed, bool Stopped, Mass? Dose, LocalDate? LastDose, IReadOnlyList<WrongField> Wrong)
{
    private static readonly string[] Names = ["dose", "taking", "last", "name", "contact", "prescriber"];
    private const int LongestLine = 60;
    private static readonly Mass Highest = Mass.FromMilligrams(12);

    /// <summary>Nothing typed.</summary>
    public static PostedCard Empty { get; } = new(new Dictionary<string, string>(), false, null, null, []);

    /// <summary>One field, on one line that fits the card.</summary>
    public string this[string field] => Typed.TryGetValue(field, out var text) ? Short(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))) : "";

    /// <summary>Reads what a form holds.</summary>
    /// <param name="form">As posted.</param>
    /// <param name="today">The last dose cannot be later.</param>
    public static PostedCard From(IFormCollection form, LocalDate today)
    {
        var typed = Empty with { Typed = Names.Where(form.ContainsKey).ToDictionary(n => n, n => form[n].ToString(), StringComparer.Ordinal) };
        List<WrongField> wrong = [];
        Mass? dose = typed["dose"].Length == 0 ? null : TypedAmount.Dose(typed["dose"], "dose", wrong, null);
        if (dose > Highest) wrong.Add(new("dose", $"This is above {Highest}, the highest low dose anybody has reported. Check the number and its unit."));
        LocalDate? last = null;
        if (typed["last"].Length > 0)
        {
            var read = LocalDatePattern.Iso.Parse(typed["last"]);
            if (!read.Success) wrong.Add(new("last", "This is not a day. Write it as year-month-day, like 2026-12-01."));
            else if (read.Value > today) wrong.Add(new("last", "This day is still to come. Give the day of the last dose, or leave it out."));
            else last = read.Value;
        }
        return typed with { Stopped = typed["taking"] == "no", Dose = dose, LastDose = last, Wrong = wrong };
    }

    private static string Short(string text) => text.Length <= LongestLine ? text : text[..(LongestLine - 1)] + "…";
}
