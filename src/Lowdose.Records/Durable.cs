using System.Runtime.InteropServices;

namespace Lowdose.Records;

/// <summary>Files that survive a power cut: their bytes and their names are on the disk before anybody is told.</summary>
internal static class Durable
{
    /// <summary>Puts a folder's names on the disk: which files it holds, and what they are called.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Folder(string path)
    {
        // Windows writes names through by itself and offers no such call.
        if (OperatingSystem.IsWindows()) return;
        var folder = Open(path, 0);
        if (folder < 0) throw new IOException($"cannot open the folder {path} (error {Marshal.GetLastPInvokeError()})");
        var synced = Synchronise(folder);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(folder);
        if (synced != 0) throw new IOException($"cannot write the folder {path} to the disk (error {error})");
    }

    /// <summary>Makes a folder that only its owner may enter, and puts its name on the disk.</summary>
    public static void MakeFolder(string path)
    {
        if (Directory.Exists(path)) return;
        var parent = Path.GetDirectoryName(Path.GetFullPath(path));
        if (parent is not null) MakeFolder(parent);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (parent is not null) Folder(parent);
    }

    /// <summary>Opens a new file that only its owner may read.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronise(int file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);
}
