using System.CommandLine;
using System.Text.Json;
using Lowdose.Dosing;
using Lowdose.Records;

namespace Lowdose.Cli;

/// <summary>What the commands on records share: where the records are, and how an answer is said.</summary>
internal static class RecordsOptions
{
    /// <summary>What <c>--help</c> adds for all of them.</summary>
    public const string Contract = """
        The records are in the data folder: --data, or lowdose below
        $XDG_DATA_HOME, or ~/.local/share/lowdose. Where Lowdose is running on it,
        the command goes through the running one; restore wants it stopped. Where
        the records are sealed, the passphrase is asked for, or read from the
        first line of the input; backup and restore need none.

        With --database, or LOWDOSE_DATABASE, the records are in PostgreSQL:
        "Host=localhost;Database=lowdose;Username=lowdose". A password belongs
        into LOWDOSE_DATABASE, PGPASSWORD or a password file (PGPASSFILE), not
        into the command line, which others on this computer can read.

        Exit codes: 0 done; 2 the command line is wrong, or the data folder cannot
        be used; 3 the input is wrong; 1 it could not be written.
        """;

    // A command line can be read by others; the environment only by its owner.
    private const string DatabaseVariable = "LOWDOSE_DATABASE";

    /// <summary>A fresh option for one verb.</summary>
    public static Option<string?> Data() => new("--data") { Description = "The data folder.", HelpName = "DIR" };

    /// <summary>A fresh option for one verb.</summary>
    public static Option<string?> Database() => new("--database") { Description = $"The PostgreSQL database, as \"Host=…;Database=…;Username=…\"; with a password better in {DatabaseVariable}. [default: a file in the data folder]", HelpName = "CONNECTION" };

    /// <summary>The PostgreSQL database meant; null: the data folder's own file.</summary>
    public static string? Connection(string? database) => (database ?? Environment.GetEnvironmentVariable(DatabaseVariable)) is { Length: > 0 } connection ? connection : null;

    /// <summary>A fresh option for one verb.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object." };

    /// <summary>The folder meant.</summary>
    public static string Folder(string? data) => data is { Length: > 0 } ? Path.GetFullPath(data) : DataFolder.Usual;

    /// <summary>Says why, and answers with the exit code.</summary>
    public static int Refuse(Refused refused, int exitCode = ExitCode.CommandLine)
    {
        Console.Error.WriteLine($"lowdose: {refused.What}; {refused.Do}");
        return exitCode;
    }

    /// <summary>Says what is wrong with a file, and answers with the exit code.</summary>
    public static int RefuseFile(string file, int line, string what, string @do)
    {
        Console.Error.WriteLine($"lowdose: {file}:{line}: {what}; {@do}");
        return ExitCode.Input;
    }

    /// <summary>One line, or one JSON object.</summary>
    public static int Say(bool json, string line, Action<Utf8JsonWriter> members)
    {
        if (!json)
        {
            Console.Out.WriteLine(line);
            return ExitCode.Done;
        }
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        Console.Out.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
        return ExitCode.Done;
    }
}
