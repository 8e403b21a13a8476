using System.Globalization;
using Lowdose.Quantities;
using Lowdose.Science.Inference;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Exchange;

/// <summary>What a row says of its day; the day of a date counts from <see cref="DiaryCells.Epoch"/>.</summary>
internal readonly record struct DayCells(int Day, double? Score, Mass? Dose, Arm? Arm, int? Period);

/// <summary>Reads the cells of one row. Each returns what is wrong, or null and the value; an empty cell is null, never 0.</summary>
internal sealed record DiaryCells(DiaryFormat Format, int Line)
{
    /// <summary>Day numbers of dates count from here, so that both kinds of day are one number.</summary>
    public static readonly LocalDate Epoch = new(1, 1, 1);

    private const decimal LargestDoseMg = 1000;

    /// <summary>Far beyond any diary's day number, and well inside an int.</summary>
    private const int HighestNumber = 100_000_000;

    /// <summary>A column's cell without the spaces around it; empty where there is no such column.</summary>
    public static string Cell(string[] fields, int column) => column < 0 ? "" : fields[column].Trim();

    /// <summary>The day of a row, its score, dose, arm and period.</summary>
    public Refusal? Day(string[] fields, DiaryColumns columns, out DayCells day)
    {
        day = default;
        int number;
        if (columns.Date >= 0)
        {
            if (Date(Cell(fields, columns.Date), out var date) is { } badDate) return badDate;
            number = Period.DaysBetween(Epoch, date);
        }
        else if (WholeNumber(Cell(fields, columns.Day), "day", out number) is { } badDay) return badDay;
        if (Dose(Cell(fields, columns.Dose), out var dose) is { } badDose) return badDose;
        if (Assigned(Cell(fields, columns.Arm), dose, out var arm) is { } badArm) return badArm;
        if (Score(Cell(fields, columns.Score), out var score) is { } badScore) return badScore;
        int? period = null;
        if (Cell(fields, columns.Period) is { Length: > 0 } block)
        {
            if (WholeNumber(block, "period", out var n) is { } badPeriod) return badPeriod;
            period = n;
        }
        day = new(number, score, dose, arm, period);
        return null;
    }

    public Refusal? Date(string cell, out LocalDate date)
    {
        var parsed = LocalDatePattern.Iso.Parse(cell);
        date = parsed.Success ? parsed.Value : default;
        if (parsed.Success) return null;
        return Wrong(cell.Length == 0 ? "the date is empty" : $"\"{Shown(cell)}\" is not a date", "write it as year-month-day, such as 2026-03-01");
    }

    public Refusal? WholeNumber(string cell, string what, out int number) =>
        int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= HighestNumber ? null
            : Wrong(cell.Length == 0 ? $"the {what} is empty" : $"the {what} \"{Shown(cell)}\" is not a whole number from 1", $"write the {what} as 1, 2, 3, …"
                + (what == "day" && cell.Contains('-', StringComparison.Ordinal) ? " (for dates give --date-column)" : ""));

    public Refusal? Dose(string cell, out Mass? dose)
    {
        dose = null;
        if (cell.Length == 0) return null;
        if (WrongDecimal("dose", cell) is { } separator) return separator;
        if (!decimal.TryParse(cell.Replace(Format.DecimalMark, '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var mg))
            return Wrong($"the dose \"{Shown(cell)}\" is not a plain number", cell.Any(char.IsLetter) && char.IsDigit(cell[0])
                ? "write the amount in mg without a unit, such as 4.5" : "write the amount in mg, such as 4.5; leave the cell empty where it is not known");
        if (mg is < 0 or > LargestDoseMg) return Wrong($"the dose {Shown(cell)} is not between 0 and 1000 mg", "write the amount in mg");
        if (!Mass.TryFromMilligrams(mg, out var mass)) return Wrong($"the dose {Shown(cell)} is finer than a nanogram", "write the amount in mg with at most 6 decimals");
        dose = mass;
        return null;
    }

    public Refusal? Score(string cell, out double? score)
    {
        score = null;
        if (cell.Length == 0) return null;
        var outcome = Format.Outcome;
        if (WrongDecimal($"{outcome.Name} score", cell) is { } separator) return separator;
        if (!double.TryParse(cell.Replace(Format.DecimalMark, '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            return Wrong($"the {outcome.Name} score \"{Shown(cell)}\" is not a number", "write a number, or leave the cell empty where there was no score");
        if (value < outcome.ScaleMin || value > outcome.ScaleMax)
            return Wrong($"the {outcome.Name} score {Shown(cell)} is off the scale {Plain(outcome.ScaleMin)}..{Plain(outcome.ScaleMax)}", "mend the score, or give the scale with --scale MIN..MAX");
        score = value;
        return null;
    }

    public Refusal? Assigned(string cell, Mass? dose, out Arm? arm)
    {
        arm = cell.ToLowerInvariant() switch { "none" => Arm.None, "placebo" => Arm.Placebo, "ldn" => Arm.Ldn, _ => null };
        if (cell.Length == 0) return null;
        if (arm is null) return Wrong($"the arm \"{Shown(cell)}\" is not known", "write none, placebo or ldn, or leave the cell empty");
        return arm != Arm.Ldn && dose > Mass.Zero
            ? Wrong($"the arm is {cell} but the dose is {dose}", "write arm ldn where drug was taken, or dose 0 where none was")
            : null;
    }

    public Refusal Wrong(string what, string @do) => new(Line, what, @do);

    /// <summary>A decimal comma where a point is expected, or the other way round.</summary>
    private Refusal? WrongDecimal(string what, string cell)
    {
        var other = Format.DecimalMark == '.' ? ',' : '.';
        return cell.Contains(other, StringComparison.Ordinal) && cell.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-' or '+')
            ? Wrong($"the {what} \"{Shown(cell)}\" has {(other == ',' ? "a comma" : "a point")} where {(other == ',' ? "a decimal point" : "a decimal comma")} is expected",
                $"give --decimal \"{other}\" where the file uses it throughout, or mend the number")
            : null;
    }

    private static string Plain(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>A cell as it can be shown in one line of a terminal.</summary>
    public static string Shown(string cell)
    {
        var line = new string([.. cell.Take(40).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]);
        return cell.Length > 40 ? line + "…" : line;
    }
}
