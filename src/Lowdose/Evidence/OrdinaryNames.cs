namespace Lowdose.Evidence;

/// <summary>Names that are not opioids and are never read as misspelt ones. They are not passed either: what no substance file knows is asked about.</summary>
internal static class OrdinaryNames
{
    /// <summary>The list this program was built with.</summary>
    public static IEnumerable<string> BuiltIn()
    {
        using var text = new StreamReader(typeof(Knowledge).Assembly.GetManifestResourceStream("knowledge/ordinary/names.txt")!);
        while (text.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#') yield return line;
    }
}
