using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lowdose.Records;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Cli;

/// <summary><c>lowdose backup FILE</c> and <c>lowdose restore FILE</c>.</summary>
internal static class BackupCommand
{
    public static Command Build()
    {
        Argument<string> file = new("FILE") { Description = "The backup to write. One that is there is replaced." };
        var (data, database, json) = (RecordsOptions.Data(), RecordsOptions.Database(), RecordsOptions.Json());
        var command = new Command("backup", "Writes everything to one file, also while Lowdose is running.") { file, data, database, json };
        command.SetAction(parsed => BackUp(parsed.GetValue(file)!, RecordsOptions.Folder(parsed.GetValue(data)), RecordsOptions.Connection(parsed.GetValue(database)), parsed.GetValue(json)));
        return command;
    }

    public static Command BuildRestore()
    {
        Argument<string> file = new("FILE") { Description = "The backup." };
        var (data, database, json) = (RecordsOptions.Data(), RecordsOptions.Database(), RecordsOptions.Json());
        var command = new Command("restore", "Puts a backup into the data folder, after checking every bit of it. What was there is moved aside, not deleted.") { file, data, database, json };
        command.SetAction(parsed => Restore(parsed.GetValue(file)!, RecordsOptions.Folder(parsed.GetValue(data)), RecordsOptions.Connection(parsed.GetValue(database)), parsed.GetValue(json)));
        return command;
    }

    private static int BackUp(string file, string folder, string? database, bool json)
    {
        if (database is not null) return RecordsOptions.Refuse(Archive.ByTheServer);
        if (file.Length == 0) return Program.CommandLineIsWrong("the name of the backup is empty", "name a file");
        var path = Path.GetFullPath(file);
        if (Reach.Records(folder, null, out var records, read: false) is { } unreached) return RecordsOptions.Refuse(unreached);
        using (records)
            if (records!.BackUp(path) is { } refused) return RecordsOptions.Refuse(refused, ExitCode.Defect);
        return BackupFile.Check(path, out var facts) is { } damaged
            ? RecordsOptions.Refuse(damaged, ExitCode.Defect)
            : Say(json, "Backed up to", path, facts!);
    }

    private static int Restore(string file, string folder, string? database, bool json)
    {
        if (database is not null) return RecordsOptions.Refuse(Archive.ByTheServer);
        if (BackupFile.Check(file, out _) is { } damaged) return RecordsOptions.RefuseFile(file, 1, damaged.What, damaged.Do);
        return BackupFile.Restore(file, folder, SystemClock.Instance, out var facts) is { } refused
            ? RecordsOptions.Refuse(refused)
            : Say(json, "Restored into", folder, facts!);
    }

    private static int Say(bool json, string done, string place, BackupFacts facts) =>
        RecordsOptions.Say(json, string.Create(CultureInfo.InvariantCulture, $"{done} {place}: {facts.Writes} entries, as they were at {InstantPattern.General.Format(facts.TakenAt)}"), writer => Facts(writer, place, facts));

    private static void Facts(Utf8JsonWriter json, string place, BackupFacts facts)
    {
        json.WriteString("path", place);
        json.WriteNumber("writes", facts.Writes);
        json.WriteNumber("schema", facts.Schema);
        json.WriteString("takenAt", InstantPattern.ExtendedIso.Format(facts.TakenAt));
    }
}
