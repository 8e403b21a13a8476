using System.CommandLine;
using System.Globalization;
using System.Text;
using Lowdose.Records.Clinic;

namespace Lowdose.Cli;

/// <summary><c>lowdose audit verify</c> and <c>lowdose audit anchor</c>.</summary>
internal static class AuditCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        verify walks along all entries, the first first, and stops at the first
        thing that is wrong. anchor writes one line: the number and the hash of
        the last entry, and the time. Kept where nobody can change it who can
        change the database, it shows when entries before it were cut off or all
        written anew; without one, that cannot be seen.

        Exit codes: 0 the trail is whole; 4 it was meddled with; 3 the anchor file
        is wrong; 2 the command line is wrong, or the records cannot be reached.
        """;

    public static Command Build() => new("audit", "The audit trail: who did what, who looked, and whether anybody changed it.") { Verify(), Anchor() };

    private static Command Verify()
    {
        Option<string?> anchor = new("--anchor") { Description = "A file of anchors to compare with.", HelpName = "FILE" };
        var (data, database, json) = (RecordsOptions.Data(), RecordsOptions.Database(), RecordsOptions.Json());
        var command = new Command("verify", "Finds whether the trail was changed, shortened or swapped.") { anchor, data, database, json };
        command.SetAction(parsed => Verify(parsed.GetValue(anchor), RecordsOptions.Folder(parsed.GetValue(data)), RecordsOptions.Connection(parsed.GetValue(database)), parsed.GetValue(json)));
        return command;
    }

    private static Command Anchor()
    {
        Option<string?> target = new("--out") { Description = "Add the line to this file instead of printing it.", HelpName = "FILE" };
        var (data, database) = (RecordsOptions.Data(), RecordsOptions.Database());
        var command = new Command("anchor", "Gives out the end of the trail, to be kept elsewhere.") { target, data, database };
        command.SetAction(parsed => Anchor(parsed.GetValue(target), RecordsOptions.Folder(parsed.GetValue(data)), RecordsOptions.Connection(parsed.GetValue(database))));
        return command;
    }

    private static int Verify(string? file, string folder, string? database, bool json)
    {
        IReadOnlyList<AuditAnchor>? anchors = [];
        if (file is not null)
        {
            if (Text(file, out var text) is { } unread) return RecordsOptions.RefuseFile(file, 1, unread, "give the file as lowdose audit anchor wrote it");
            if (AuditAnchor.Read(text, out anchors, out var line) is { } wrong) return RecordsOptions.RefuseFile(file, line, wrong.What, wrong.Do);
        }
        if (Reach.Records(folder, database, out var records, read: false) is { } unreached) return RecordsOptions.Refuse(unreached);
        AuditFinding? finding;
        using (records)
            if (records!.Audit(anchors!, out finding) is { } refused) return RecordsOptions.Refuse(refused);
        if (json || finding!.Fault is null) RecordsOptions.Say(json, Whole(finding!), writer => AuditJson.Write(writer, finding!));
        if (finding!.Fault is not { } fault) return ExitCode.Done;
        Console.Error.WriteLine($"lowdose: the audit trail was meddled with: {fault.What}; keep the database as it is, and compare it with its backups");
        return ExitCode.Refused;
    }

    private static string Whole(AuditFinding finding)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"The audit trail is whole: {Entries(finding.Entries)}, numbered without a gap, each following the one before.");
        if (finding.Anchors == 0) text.Append(" There was no anchor to compare with, so entries cut off its end could not be seen.");
        else text.Append(CultureInfo.InvariantCulture, $" It agrees with {(finding.Anchors == 1 ? "the anchor" : $"all {finding.Anchors} anchors")}; {Entries(finding.Unanchored)} came after.");
        return text.ToString();
    }

    private static string Entries(long count) => count == 1 ? "1 entry" : string.Create(CultureInfo.InvariantCulture, $"{count} entries");

    private static int Anchor(string? target, string folder, string? database)
    {
        if (target is { Length: 0 }) return Program.CommandLineIsWrong("the name of the anchor file is empty", "name a file");
        var before = "";
        // More is only added to a file that holds nothing but anchors.
        if (target is not null && File.Exists(target))
        {
            if (Text(target, out before) is { } unread) return RecordsOptions.RefuseFile(target, 1, unread, "name another file with --out");
            if (before.Trim().Length > 0 && AuditAnchor.Read(before, out _, out var line) is { } wrong) return RecordsOptions.RefuseFile(target, line, wrong.What, "name another file with --out");
        }
        if (Reach.Records(folder, database, out var records, read: false) is { } unreached) return RecordsOptions.Refuse(unreached);
        AuditAnchor? head;
        using (records)
            if (records!.AuditHead(out head) is { } refused) return RecordsOptions.Refuse(refused);
        if (target is null)
        {
            Console.Out.WriteLine(head);
            return ExitCode.Done;
        }
        var text = (before.Length == 0 || before.EndsWith('\n') ? before : before + "\n") + head + "\n";
        if (AtomicFile.Write(target, Encoding.ASCII.GetBytes(text)) is { } notWritten) return Program.CommandLineIsWrong($"{target}: {notWritten}", "name another file with --out");
        Console.Error.WriteLine($"lowdose: added to {target}");
        return ExitCode.Done;
    }

    private static string? Text(string file, out string text)
    {
        text = "";
        try
        {
            text = File.ReadAllText(file);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : "the file cannot be read";
        }
    }
}
