namespace Lowdose.Exchange;

/// <summary>Where each field of a record stands, and which columns override which parameter.</summary>
internal sealed record EventColumns(IReadOnlyDictionary<string, int> Fields, IReadOnlyList<(int Column, int Parameter)> Overrides, IReadOnlyList<string> Left, int Count)
{
    private static readonly string[] Names = ["ID", "TIME", "EVID", "AMT", "CMT", "RATE", "II", "ADDL", "SS"];

    public static Refusal? Find(string[] header, int line, ModelFile model, out EventColumns? columns)
    {
        columns = null;
        var fields = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var overrides = new List<(int, int)>();
        var left = new List<string>();
        for (var i = 0; i < header.Length; i++)
        {
            var name = header[i].Trim();
            if (name.Length == 0) return new(line, $"column {i + 1} has no name", "name every column in the header");
            if (!seen.Add(name)) return new(line, $"the column \"{DiaryCells.Shown(name)}\" stands twice (upper and lower case do not count)", "take one away");
            var parameter = model.Model.Parameters.Index().FirstOrDefault(p => p.Item.Name.Equals(name, StringComparison.OrdinalIgnoreCase), (-1, null!)).Index;
            if (Names.Contains(name, StringComparer.OrdinalIgnoreCase)) fields[name] = i;
            else if (parameter >= 0) overrides.Add((i, parameter));
            else left.Add(DiaryCells.Shown(name));
        }
        if (!fields.ContainsKey("TIME")) return new(line, "there is no column TIME", "add it: the time of each record, in hours");
        columns = new(fields, overrides, left, header.Length);
        return null;
    }
}
