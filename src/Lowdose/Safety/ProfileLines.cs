using System.Globalization;
using Lowdose.Diary;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Safety;

/// <summary>
/// A <see cref="Profile"/> as the lines of the diary's profile fields, and back, exactly. A part of a line beside the first has its name before it
/// ("codeine | last 2026-11-01"). Reading loses nothing that could matter: a line that is no such line is the text of a medicine, and values that cannot be
/// read are not answered. Source: docs/methods/course.md.
/// </summary>
public static class ProfileLines
{
    private const string None = "none", Unknown = "day not known";

    /// <summary>Every field; null where it was not answered.</summary>
    public static IReadOnlyList<Change> Of(Profile profile) =>
    [
        new(ProfileFields.Medicines, Lines(profile.Medicines, m => [Escaped.Of(m.Text), Named("atc", m.Atc), Named("rxnorm", m.RxNorm), Named("last", Iso(m.LastTaken)), Named("form", m.Form)])),
        new(ProfileFields.Conditions, Lines(profile.Conditions, c => [Escaped.Of(c)])),
        new(ProfileFields.Surgeries, Lines(profile.Surgeries, s => [Iso(s.Date) ?? Unknown, Named("opioids", s.OpioidsExpected switch { true => "yes", false => "no", null => null })])),
        new(ProfileFields.Pregnancy, profile.Pregnancy?.ToString().ToLowerInvariant()),
        new(ProfileFields.Age, profile.Age?.ToString(CultureInfo.InvariantCulture)),
        new(ProfileFields.Labs, Lines(profile.Labs, l => [Escaped.Of(l.Loinc), l.Value.ToString(CultureInfo.InvariantCulture), Named("unit", l.Unit), Named("date", Iso(l.Date))])),
        new(ProfileFields.Allergies, Lines(profile.Allergies, a => [Escaped.Of(a)])),
        new(ProfileFields.Tried, Lines(profile.Tried, t => [Escaped.Of(t)])),
        new(ProfileFields.AsOf, Iso(profile.AsOf)),
    ];

    /// <summary>The profile that fields hold.</summary>
    /// <param name="fields">Of the subject <see cref="Subjects.Profile"/>, as they stand.</param>
    /// <returns>Null where nothing was answered, or not for which day.</returns>
    public static Profile? Read(IReadOnlyDictionary<string, string> fields)
    {
        if (Day(fields.GetValueOrDefault(ProfileFields.AsOf)) is not { } asOf) return null;
        return new(All(fields, ProfileFields.Medicines, MedicineOf), All(fields, ProfileFields.Conditions, Escaped.Read), All(fields, ProfileFields.Surgeries, SurgeryOf),
            Enum.TryParse<Pregnancy>(fields.GetValueOrDefault(ProfileFields.Pregnancy), ignoreCase: true, out var pregnancy) ? pregnancy : null,
            int.TryParse(fields.GetValueOrDefault(ProfileFields.Age), NumberStyles.None, CultureInfo.InvariantCulture, out var age) ? age : null,
            All(fields, ProfileFields.Labs, LabOf) is { } labs && labs.All(l => l is not null) ? [.. labs.OfType<LabValue>()] : null,
            All(fields, ProfileFields.Allergies, Escaped.Read), asOf) { Tried = All(fields, ProfileFields.Tried, Escaped.Read) };
    }

    private static Medicine MedicineOf(string line)
    {
        var (first, named) = Parts(line);
        var known = named.Count(p => p.Name is "atc" or "rxnorm" or "last" or "form") == named.Count && named.DistinctBy(p => p.Name).Count() == named.Count;
        var last = Of(named, "last");
        // What is not understood stays readable by the screen as one text.
        if (!known || (last is not null && Day(last) is null)) return new(Escaped.Read(line));
        return new(Escaped.Read(first), Of(named, "atc"), Of(named, "rxnorm"), Day(last), Of(named, "form"));
    }

    private static Surgery SurgeryOf(string line)
    {
        var (first, named) = Parts(line);
        return new(Day(first), Of(named, "opioids") switch { "yes" => true, "no" => false, _ => null });
    }

    private static LabValue? LabOf(string line)
    {
        if (line.Split(Escaped.Between) is not [var loinc, var number, .. var rest] || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return null;
        var named = Named(rest);
        return new(Escaped.Read(loinc), value, Of(named, "unit"), Day(Of(named, "date")));
    }

    private static string? Lines<T>(IReadOnlyList<T>? items, Func<T, string?[]> parts) => items is null ? null : items.Count == 0 ? None
        : string.Join('\n', items.Select(i => string.Join(Escaped.Between, parts(i).OfType<string>())).Select(l => Escaped.Folded(l == None ? Escaped.Nothing + l : l)));

    private static List<T>? All<T>(IReadOnlyDictionary<string, string> fields, string field, Func<string, T> read) => fields.GetValueOrDefault(field) switch
    {
        null => null,
        None => [],
        var text => [.. Escaped.Unfolded(text).Select(read)],
    };

    private static (string First, List<(string Name, string Value)> Named) Parts(string line) => line.Split(Escaped.Between) is var parts ? (parts[0], Named(parts[1..])) : default;

    private static List<(string Name, string Value)> Named(string[] parts) =>
        [.. parts.Select(p => p.Split(' ', 2)).Select(p => (p[0], p.Length > 1 ? Escaped.Read(p[1]) : ""))];

    private static string? Named(string name, string? value) => value is null ? null : name + " " + Escaped.Of(value);

    private static string? Of(List<(string Name, string Value)> named, string name) => named.Where(p => p.Name == name).Select(p => p.Value).FirstOrDefault();

    private static string? Iso(LocalDate? day) => day is { } d ? LocalDatePattern.Iso.Format(d) : null;

    private static LocalDate? Day(string? text) => text is not null && LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day : null;
}
