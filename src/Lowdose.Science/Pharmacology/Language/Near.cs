namespace Lowdose.Science.Pharmacology.Language;

/// <summary>The name somebody probably meant.</summary>
internal static class Near
{
    /// <summary>What to do about an unknown name: the nearest known one, where one is near.</summary>
    public static string Advice(string unknown, IEnumerable<string> known, string otherwise)
    {
        var best = known.Select(k => (Name: k, Far: Distance(unknown, k))).OrderBy(k => k.Far).ThenByDescending(k => k.Name.AsSpan().CommonPrefixLength(unknown)).ThenBy(k => k.Name, StringComparer.Ordinal).FirstOrDefault();
        return best.Name is not null && best.Far <= Math.Max(1, unknown.Length / 3) ? $"did you mean {best.Name}?" : otherwise;
    }

    /// <summary>How many letters differ; capitals hardly count.</summary>
    private static double Distance(string a, string b)
    {
        var row = new double[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0.1 : 1;
                var best = Math.Min(corner + change, Math.Min(row[j], row[j - 1]) + 1);
                (corner, row[j]) = (row[j], best);
            }
        }
        return row[^1];
    }
}
