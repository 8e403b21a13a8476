namespace Lowdose.Web.Pairing;

/// <summary>A file that only its owner may read, from its first byte on.</summary>
internal static class OwnFile
{
    /// <summary>Writes it whole, in place of what was there.</summary>
    public static void Write(string path, byte[] content)
    {
        var beside = path + ".new";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(beside, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }
}
