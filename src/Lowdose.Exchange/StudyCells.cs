using System.Globalization;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Exchange;

/// <summary>Reads the numbers of one study. Each returns what is wrong, or null and the value.</summary>
internal sealed class StudyCells(StudyFormat format, IReadOnlyDictionary<string, int> columns, string[] fields, int line)
{
    private const double MostPeople = 1e12;

    /// <summary>The study's effect, and what its paper reports of either group.</summary>
    public Refusal? Effect(out StudyEffect effect, out (string First, string Second) reported)
    {
        (effect, reported) = (default, ("", ""));
        var wrong = format.Measure switch
        {
            Measure.OR or Measure.RR or Measure.RD => Counts(out effect, out reported),
            Measure.MD or Measure.SMD => Means(out effect, out reported),
            Measure.MC => Pairs(out effect, out reported),
            Measure.GEN => Given(out effect),
            _ => Proportion(out effect, out reported),
        };
        if (wrong is not null) return wrong;
        if (!double.IsFinite(effect.Estimate) || !double.IsFinite(effect.Variance))
            return Wrong("the numbers give no effect", format.Measure == Measure.SMD ? "Hedges' g needs four people and a standard deviation above 0; mend the row or leave the study out" : "mend the row or leave the study out");
        return effect.Variance > 0 ? null : Wrong("the variance of the effect is 0, so the study would outweigh all others", "check its standard deviations, or leave the study out");
    }

    /// <summary>A cell as a number.</summary>
    public Refusal? Number(string column, out double value)
    {
        value = double.NaN;
        var cell = Cell(column);
        if (cell.Length == 0) return Wrong($"{Named(column)} is empty", "write the number, or leave the study out");
        var other = format.DecimalMark == '.' ? ',' : '.';
        if (cell.Contains(other, StringComparison.Ordinal) && cell.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-' or '+'))
            return Wrong($"{Named(column)} \"{DiaryCells.Shown(cell)}\" has {(other == ',' ? "a comma" : "a point")} where {(other == ',' ? "a decimal point" : "a decimal comma")} is expected",
                $"give --decimal \"{other}\" where the file uses it throughout, or mend the number");
        return Parsed(cell, out value) ? null : Wrong($"{Named(column)} \"{DiaryCells.Shown(cell)}\" is not a number", "write a plain number without a unit, or leave the study out");
    }

    /// <summary>A cell without the spaces around it.</summary>
    public string Cell(string column) => fields[columns[column]].Trim();

    /// <summary>A number by the file's decimal mark.</summary>
    public bool Parsed(string cell, out double value) =>
        double.TryParse(cell.Replace(format.DecimalMark, '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public Refusal Wrong(string what, string @do) => new(line, what, @do);

    private bool Has(string column) => columns.ContainsKey(column);

    private string Named(string column) => format.NameOf(column);

    private Refusal? Counts(out StudyEffect effect, out (string, string) reported)
    {
        (effect, reported) = (default, ("", ""));
        double c = 0, d = 0;
        if ((Group("ai", "bi", "n1i", out var a, out var b) ?? Group("ci", "di", "n2i", out c, out d)) is { } wrong) return wrong;
        (effect, reported) = (EffectSizes.OfCounts(format.Measure, a, b, c, d), ($"{Plain(a)}/{Plain(a + b)}", $"{Plain(c)}/{Plain(c + d)}"));
        return null;
    }

    /// <summary>One group of a two-by-two table: with the event, and without it or in all.</summary>
    private Refusal? Group(string with, string without, string all, out double a, out double b)
    {
        b = 0;
        if (People(with, out a) is { } wrongEvents) return wrongEvents;
        if (Has(without) && People(without, out b) is { } wrongRest) return wrongRest;
        if (Has(all))
        {
            if (People(all, out var n) is { } wrongAll) return wrongAll;
            if (a > n) return Wrong($"{Named(with)} is {Plain(a)}, more than the {Plain(n)} people of {Named(all)}", "mend one of the two");
            if (Has(without) && a + b != n) return Wrong($"{Named(with)} and {Named(without)} add up to {Plain(a + b)}, but {Named(all)} is {Plain(n)}", "mend one of the three, or leave the column out");
            b = n - a;
        }
        return a + b > 0 ? null : Wrong($"there is nobody in the group of {Named(with)}", "mend the row or leave the study out");
    }

    private Refusal? Means(out StudyEffect effect, out (string, string) reported)
    {
        (effect, reported) = (default, ("", ""));
        double sd1 = 0, n1 = 0, m2 = 0, sd2 = 0, n2 = 0;
        if ((Number("m1i", out var m1) ?? Spread("sd1i", out sd1) ?? Size("n1i", out n1) ?? Number("m2i", out m2) ?? Spread("sd2i", out sd2) ?? Size("n2i", out n2)) is { } wrong) return wrong;
        (effect, reported) = (EffectSizes.OfMeans(format.Measure, m1, sd1, n1, m2, sd2, n2), ($"{Plain(m1)} ({Plain(sd1)}), {Plain(n1)}", $"{Plain(m2)} ({Plain(sd2)}), {Plain(n2)}"));
        return null;
    }

    private Refusal? Pairs(out StudyEffect effect, out (string, string) reported)
    {
        (effect, reported) = (default, ("", ""));
        var r = format.Correlation ?? double.NaN;
        double sd1 = 0, m2 = 0, sd2 = 0, n = 0;
        if ((Number("m1i", out var m1) ?? Spread("sd1i", out sd1) ?? Number("m2i", out m2) ?? Spread("sd2i", out sd2) ?? Size("ni", out n) ?? (Has("ri") ? Number("ri", out r) : null)) is { } wrong) return wrong;
        if (!(Math.Abs(r) <= 1)) return Wrong($"the correlation {Named("ri")} is {Plain(r)}", "write a number from -1 to 1");
        (effect, reported) = (EffectSizes.OfPairs(m1, sd1, m2, sd2, n, r), ($"{Plain(m1)} ({Plain(sd1)}), {Plain(n)}", $"{Plain(m2)} ({Plain(sd2)})"));
        return null;
    }

    private Refusal? Proportion(out StudyEffect effect, out (string, string) reported)
    {
        (effect, reported) = (default, ("", ""));
        double n = 0;
        if ((People("xi", out var x) ?? Size("ni", out n)) is { } wrong) return wrong;
        if (x > n) return Wrong($"{Named("xi")} is {Plain(x)}, more than the {Plain(n)} people of {Named("ni")}", "mend one of the two");
        (effect, reported) = (EffectSizes.OfProportion(format.Measure, x, n), ($"{Plain(x)}/{Plain(n)}", ""));
        return null;
    }

    private Refusal? Given(out StudyEffect effect)
    {
        effect = default;
        var column = Has("vi") ? "vi" : "sei";
        double spread = 0;
        if ((Number("yi", out var y) ?? Number(column, out spread)) is { } wrong) return wrong;
        if (!(spread > 0)) return Wrong($"the {(column == "vi" ? "variance" : "standard error")} {Named(column)} is {Plain(spread)}", "write a number above 0, or leave the study out");
        effect = new(y, column == "vi" ? spread : spread * spread);
        return null;
    }

    private Refusal? Spread(string column, out double value) => Number(column, out value) ?? (value >= 0 ? null : Wrong($"the standard deviation {Named(column)} is {Plain(value)}", "write a number above 0"));

    /// <summary>A count of people, 0 or more.</summary>
    private Refusal? People(string column, out double value) => Number(column, out value)
        ?? (value < 0 || value > MostPeople ? Wrong($"{Named(column)} is {Plain(value)}, which is no count of people", "write 0, 1, 2, …")
            : value != Math.Floor(value) ? Wrong($"{Named(column)} is {Plain(value)}, not a whole number of people", "write the people themselves, not a share or a percentage") : null);

    /// <summary>A count of people, 1 or more.</summary>
    private Refusal? Size(string column, out double value) => People(column, out value) ?? (value > 0 ? null : Wrong($"{Named(column)} is 0: there is nobody in the group", "mend the row or leave the study out"));

    private static string Plain(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
