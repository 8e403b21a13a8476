using System.Text.Unicode;
using Lowdose.Safety;
using NodaTime;

namespace Lowdose.Exchange;

/// <summary>What came of reading a profile: one of the two.</summary>
/// <param name="Profile">The person's answers.</param>
/// <param name="Refusal">Why there are none.</param>
public sealed record ProfileReading(Profile? Profile, Refusal? Refusal);

/// <summary>
/// Reads <c>PROFILE.json</c>: a person's medicines, conditions, operations, laboratory values. A missing member is unknown; a member we do not know is refused,
/// because a misspelt key must not read as "nothing to report".
/// </summary>
public static class ProfileJson
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="today">The day of the screen where the profile does not say.</param>
    public static ProfileReading ReadFile(string path, LocalDate today)
    {
        try
        {
            return Read(File.ReadAllBytes(path), today);
        }
        catch (Exception wrong) when (wrong is FileNotFoundException or DirectoryNotFoundException)
        {
            return Refused(1, "there is no such file", "check the name and the folder");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return Refused(1, "the file cannot be read", "check that it is a file and that you may read it");
        }
    }

    /// <summary>Reads the bytes of a profile.</summary>
    /// <param name="bytes">UTF-8, with or without byte order mark.</param>
    /// <param name="today">The day of the screen where the profile does not say.</param>
    public static ProfileReading Read(ReadOnlySpan<byte> bytes, LocalDate today)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (!Utf8.IsValid(bytes)) return Refused(1, "the file is not UTF-8 text", "save it as JSON in UTF-8");
        var (root, wrong) = JsonAt.Parse(bytes);
        if (root is null) return new(null, wrong);
        var cells = new ProfileCells();
        var profile = cells.Profile(root, today);
        return cells.Wrong is { } refusal ? new(null, refusal) : new(profile, null);
    }

    private static ProfileReading Refused(int line, string what, string @do) => new(null, new(line, what, @do));
}
