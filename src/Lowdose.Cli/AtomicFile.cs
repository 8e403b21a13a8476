namespace Lowdose.Cli;

/// <summary>A file that is there whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the target, then moves over it.</summary>
    /// <returns>Null where it is written; else why not.</returns>
    public static string? Write(string path, byte[] content) => Write(path, to => to.Write(content));

    /// <summary>The same of what is too large to hold.</summary>
    public static string? Write(string path, Action<Stream> write)
    {
        string? draft = null;
        try
        {
            var target = Path.GetFullPath(path);
            draft = Path.Combine(Path.GetDirectoryName(target) ?? ".", $".{Path.GetFileName(target)}.{Environment.ProcessId}.part");
            using (var to = File.Create(draft)) write(to);
            File.Move(draft, target, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            if (draft is not null && File.Exists(draft)) File.Delete(draft);
            return e is DirectoryNotFoundException ? "its folder does not exist" : "it cannot be written there";
        }
    }
}
