using System.CommandLine;
using System.Globalization;
using Lowdose.Diary;
using Lowdose.Exchange;
using NodaTime;

namespace Lowdose.Cli;

/// <summary><c>lowdose import FORMAT FILE</c>: a diary from elsewhere into the records. The same file twice adds nothing.</summary>
internal static class ImportCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        FORMAT is one of
          csv   a diary, as lowdose verdict reads it, with dates. Every column
                named as a score (overall, pain, highest-pain, fatigue, sleep,
                mood, stress, concentration, function) is taken, or the one that
                --outcome names. Scores are whole numbers from 0 to 10.
          json  what lowdose export json wrote
        A file is taken whole or not at all. A day that the diary already tells
        otherwise is kept beside it, and you decide.

        """;

    public static Command Build()
    {
        Argument<string> format = new("FORMAT") { Description = "csv or json." }, file = new("FILE") { Description = "The file." };
        Option<string?> outcome = Text("--outcome", "NAME", "The score to take; needs --outcome-column where the column has another name."), column = Text("--outcome-column", "COL", "The column that holds it."),
            date = Text("--date-column", "COL", "The column of dates. [default: date]"), dose = Text("--dose-column", "COL", "The column of doses in mg. [default: dose_mg]"),
            person = Text("--person", "NAME", "Whose rows to take, where the file has more than one person."),
            delimiter = Text("--delimiter", "CHAR", "Between fields; \"tab\" for a tab. [default: ,]"), mark = Text("--decimal", "CHAR", "The decimal mark, . or a comma. [default: .]");
        var (data, database, json) = (RecordsOptions.Data(), RecordsOptions.Database(), RecordsOptions.Json());
        var command = new Command("import", "Takes a diary from elsewhere. The same file twice adds nothing.") { format, file, data, database, json, outcome, column, date, dose, person, delimiter, mark };
        command.SetAction(parsed =>
        {
            var between = parsed.GetValue(delimiter) switch { null => ",", "tab" => "\t", var given => given };
            if (between.Length != 1) return Program.CommandLineIsWrong($"--delimiter \"{between}\" cannot separate fields", "give one of , ; | tab");
            if ((parsed.GetValue(mark) ?? ".") is not [('.' or ',') and var point]) return Program.CommandLineIsWrong("--decimal is not a decimal mark", "give . or ,");
            var name = parsed.GetValue(outcome);
            var layout = new DiaryFormat
            {
                Delimiter = between[0], DecimalMark = point, DateColumn = parsed.GetValue(date), DoseColumn = parsed.GetValue(dose), Person = parsed.GetValue(person),
                Outcome = new Outcome(name ?? "pain"), OutcomeColumn = parsed.GetValue(column) ?? name,
            };
            return Run(parsed.GetValue(format)!, parsed.GetValue(file)!, layout, RecordsOptions.Folder(parsed.GetValue(data)), RecordsOptions.Connection(parsed.GetValue(database)), parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(string format, string file, DiaryFormat layout, string folder, string? database, bool json)
    {
        if (format is not ("csv" or "json")) return Program.CommandLineIsWrong($"there is no format \"{format}\" to import", "give csv or json");
        if (Bytes(file, out var bytes) is { } unopened) return RecordsOptions.RefuseFile(file, 1, unopened.What, unopened.Do);
        var refusal = format == "json" ? WritesJson.Read(bytes, out var writes)
            : DiaryWrites.Read(bytes, layout, SystemClock.Instance.GetCurrentInstant(), DateTimeZoneProviders.Tzdb.GetSystemDefault().Id, "import", out writes);
        if (refusal is not null) return RecordsOptions.RefuseFile(file, refusal.Line, refusal.What, refusal.Do);
        if (Reach.Records(folder, database, out var records) is { } unreached) return RecordsOptions.Refuse(unreached);
        using (records)
        {
            if (records!.Import(writes!, out var imported) is { } refused) return RecordsOptions.RefuseFile(file, 1, refused.What, refused.Do);
            var line = string.Create(CultureInfo.InvariantCulture, $"{imported!.Added} entries added, {imported.Known} were there already")
                + (imported.Conflicts > 0 ? string.Create(CultureInfo.InvariantCulture, $", {imported.Conflicts} say other than the diary and wait for you to decide") : "");
            return RecordsOptions.Say(json, line, writer =>
            {
                writer.WriteNumber("added", imported.Added);
                writer.WriteNumber("known", imported.Known);
                writer.WriteNumber("conflicts", imported.Conflicts);
            });
        }
    }

    private static Refusal? Bytes(string file, out byte[] bytes)
    {
        bytes = [];
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > DiaryCsv.LargestFileBytes }) return new(1, $"the file is larger than {DiaryCsv.LargestFileBytes >> 20} MiB", "give it in parts");
            bytes = File.ReadAllBytes(file);
            return null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(1, "there is no such file", "check the path");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new(1, "the file cannot be opened", "check that it is a file and that you may read it");
        }
    }

    private static Option<string?> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };
}
