namespace Lowdose.Web.Layout;

/// <summary>The files inside the assembly.</summary>
internal static class Resource
{
    /// <summary>The bytes of one; null where it was not there when Lowdose was built.</summary>
    public static byte[]? Bytes(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream(name);
        if (stream is null) return null;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>The names of those in a folder.</summary>
    public static IEnumerable<string> In(string folder) =>
        typeof(Resource).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder + "/", StringComparison.Ordinal));
}
