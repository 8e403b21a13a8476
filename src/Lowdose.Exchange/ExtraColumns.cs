using System.Globalization;

namespace Lowdose.Exchange;

/// <summary>Columns a pool or a crossover has beside a diary's; −1 where an optional one is absent.</summary>
internal sealed record ExtraColumns(int Sequence, int[] Covariates, IReadOnlyList<string> Names, char DecimalMark)
{
    public static (ExtraColumns? Columns, Refusal? Refusal) Find(string[] header, int line, PeopleFormat format)
    {
        string[] names = [.. header.Select(h => h.Trim())];
        var list = string.Join(", ", names.Take(20).Select(DiaryCells.Shown)) + (names.Length > 20 ? ", …" : "");
        Refusal Missing(string column, string option) => new(line, $"there is no column \"{column}\" (there are: {list})", $"name the column with {option}");
        var sequence = IndexOf(names, format.SequenceColumn ?? "sequence");
        if (sequence < 0 && format.SequenceColumn is { } told) return (null, Missing(told, "--sequence-column"));
        int[] covariates = [.. format.Covariates.Select(c => IndexOf(names, c))];
        var absent = Array.IndexOf(covariates, -1);
        return absent >= 0 ? (null, Missing(format.Covariates[absent], "--covariate or --predictor"))
            : (new(sequence, covariates, format.Covariates, format.Diary.DecimalMark), null);
    }

    /// <summary>A covariate's number; NaN where the cell is empty.</summary>
    public Refusal? Number(string[] fields, int covariate, DiaryCells cells, out double value)
    {
        value = double.NaN;
        var cell = fields[Covariates[covariate]].Trim();
        if (cell.Length == 0) return null;
        if (double.TryParse(cell.Replace(DecimalMark, '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value)) return null;
        return cells.Wrong($"the {Names[covariate]} \"{DiaryCells.Shown(cell)}\" is not a number", "write a number; code a group as 0 and 1, or leave the cell empty where it is not known");
    }

    /// <summary>The column of that name; one that differs only in upper and lower case will do where it is the only one.</summary>
    private static int IndexOf(string[] names, string name)
    {
        var exact = Array.IndexOf(names, name);
        if (exact >= 0) return exact;
        int[] alike = [.. Enumerable.Range(0, names.Length).Where(i => names[i].Equals(name, StringComparison.OrdinalIgnoreCase))];
        return alike.Length == 1 ? alike[0] : -1;
    }
}
