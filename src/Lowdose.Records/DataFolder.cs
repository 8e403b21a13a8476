using System.Globalization;
using Lowdose.Dosing;

namespace Lowdose.Records;

/// <summary>The folder of one person's records, and the lock that makes one process its owner. The lock ends with the process, however that ends.</summary>
public sealed class DataFolder : IDisposable
{
    // What a Unix socket's address can hold on the narrowest system we run on (macOS: 104 bytes with the end mark).
    private const int LongestSocketPath = 103;
    private const string Lock = "lowdose.lock";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>Where records are kept unless somebody says otherwise.</summary>
    public static string Usual => System.IO.Path.Combine(
        Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } home && System.IO.Path.IsPathRooted(home) ? home
        : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share"), "lowdose");

    /// <summary>The socket by which a second command asks the owner of a folder.</summary>
    public static string SocketIn(string folder) => System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), "lowdose.sock");

    internal string Database => DatabaseIn(Path);

    /// <summary>Where a restore puts its records until all is ready; there only while one is made, or was broken off.</summary>
    internal string Restoring => Database + ".restoring";

    /// <summary>There while open records become sealed ones: says that the open backups must go as soon as they are.</summary>
    internal string Sealing => Database + ".sealing";

    internal string Backups => System.IO.Path.Combine(Path, "backups");

    /// <summary>Whether a folder is, or was, somebody's data folder.</summary>
    internal static bool IsOne(string folder) => File.Exists(System.IO.Path.Combine(folder, Lock));

    internal static string DatabaseIn(string folder) => System.IO.Path.Combine(folder, "lowdose.db");

    /// <summary>Makes this process the folder's owner; the folder is made where there is none.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="folder">Null where it cannot be owned.</param>
    /// <returns>Null, or why not.</returns>
    public static Refused? Own(string path, out DataFolder? folder)
    {
        folder = null;
        FileStream? held = null;
        try
        {
            path = System.IO.Path.GetFullPath(path);
            if (System.Text.Encoding.UTF8.GetByteCount(SocketIn(path)) > LongestSocketPath)
                return new($"the folder {path} has too long a name for its socket", "name a shorter one with --data");
            Durable.MakeFolder(path);
            held = new FileStream(System.IO.Path.Combine(path, Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            held.SetLength(0);
            held.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            held.Flush();
            folder = new(path, held);
            return null;
        }
        catch (IOException) when (held is null && Directory.Exists(path))
        {
            return new($"another Lowdose is using {path}", "stop it first, or name another folder with --data");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            held?.Dispose();
            return new($"the folder {path} cannot be used", "name one you may write to with --data");
        }
    }

    /// <summary>Gives the folder up.</summary>
    public void Dispose() => _lock.Dispose();
}
