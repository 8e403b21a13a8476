using System.CommandLine;
using System.Globalization;
using System.Text;
using Lowdose.Dosing;
using Lowdose.Quantities;
using Lowdose.Trials;

namespace Lowdose.Cli;

/// <summary><c>lowdose trial kits</c>: the pharmacy sheet and the labels.</summary>
internal static class TrialKits
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build()
    {
        var (file, to, actor) = (TrialCommand.File(), TrialCommand.Sealed(), TrialCommand.Actor());
        var (liquid, cold, pack, spare, shelf) = (DiaryOptions.Text("--liquid", "VOLUME", "Bottles, of which this is drawn each day (1mL), instead of capsules; made with antioxidant and preservative."), DiaryOptions.Flag("--refrigerator", "Bottles stand at 4 °C."),
            DiaryOptions.Text("--pack-days", "N", "Days a bottle or pack lasts at most. [default: 28]"), DiaryOptions.Text("--spare-days", "N", "Doses more in each. [default: 3]"), DiaryOptions.Text("--shelf-life", "N", "Days a kit keeps, where the pharmacist knows."));
        var (friend, sheet, labels) = (DiaryOptions.Flag("--friend", "The sheet is for a friend who fills bottles from two stocks."), DiaryOptions.Text("--out", "FILE", "The sheet, instead of the screen."), DiaryOptions.Text("--labels", "FILE", "The labels, which say nothing about what is inside."));
        var command = new Command("kits", "Writes the pharmacy sheet: what each numbered kit holds. For the pharmacist or the friend only.") { file, to, actor, liquid, cold, pack, spare, shelf, friend, sheet, labels };
        command.SetAction(parsed =>
        {
            if (Order(parsed.GetValue(liquid), parsed.GetValue(cold), parsed.GetValue(pack), parsed.GetValue(spare), parsed.GetValue(shelf), out var order) is { } wrong) return Program.CommandLineIsWrong(wrong.What, wrong.Do);
            foreach (var (option, target) in new[] { ("--out", parsed.GetValue(sheet)), ("--labels", parsed.GetValue(labels)) })
                if (DiaryOptions.Writable(option, target, [parsed.GetValue(file)!, parsed.GetValue(to) ?? ""]) is { } no) return Program.CommandLineIsWrong(no.What, no.Do);
            if (TrialCommand.Open(parsed.GetValue(file)!, parsed.GetValue(to), out var trial, out var allocation) is { } code) return code;
            var after = trial;
            if (PharmacySheet.Open(trial!, allocation!, new(parsed.GetValue(actor) ?? "", TrialCommand.Now, order!), (_, next) => TrialCommand.Keep(parsed.GetValue(file)!, after = next), out var opened) is { } refused) return RecordsOptions.Refuse(refused, ExitCode.Refused);
            if (after!.Kits is null && after.Add(new TrialRecord.KitsMade(parsed.GetValue(actor) ?? "", TrialCommand.Now, opened!.Kits), out var made) is null && TrialCommand.Keep(parsed.GetValue(file)!, made!) is { } notKept) return RecordsOptions.Refuse(notKept);
            if (parsed.GetValue(labels) is { } on && AtomicFile.Write(on, Utf8.GetBytes(Labels(trial!, opened!))) is { } why) return Program.CommandLineIsWrong($"--labels {on}: {why}", "name a file in a folder you may write to");
            return MixCommand.Deliver(Utf8.GetBytes(opened!.Print(parsed.GetValue(friend))), parsed.GetValue(sheet));
        });
        return command;
    }

    /// <summary><c>lowdose trial spare</c>: which spare to take for a kit that is gone.</summary>
    public static Command Spare()
    {
        var (file, to, actor, kit) = (TrialCommand.File(), TrialCommand.Sealed(), TrialCommand.Actor(), DiaryOptions.Text("--kit", "NUMBER", "The kit that is lost or broken."));
        var command = new Command("spare", "Names the spare that holds what a lost or broken kit holds, and writes it down.") { file, to, actor, kit };
        command.SetAction(parsed =>
        {
            var (path, who, now) = (parsed.GetValue(file)!, parsed.GetValue(actor) ?? "", TrialCommand.Now);
            if (!int.TryParse(parsed.GetValue(kit), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Program.CommandLineIsWrong("no kit is named", "give --kit and the six digits on its label");
            if (TrialCommand.Open(path, parsed.GetValue(to), out var trial, out var allocation) is { } code) return code;
            var order = trial!.Records.OfType<TrialRecord.SheetOpened>().FirstOrDefault()?.Order;
            if (order is null) return RecordsOptions.Refuse(new("the kits are not made yet", "make them first, with lowdose trial kits"), ExitCode.Refused);
            var after = trial;
            if (PharmacySheet.Open(trial, allocation!, new(who, now, order), (_, next) => TrialCommand.Keep(path, after = next), out var sheet) is { } refused) return RecordsOptions.Refuse(refused, ExitCode.Refused);
            if ((sheet!.SpareFor(after, number, out var spare) ?? after.Add(new TrialRecord.SpareGiven(who, now, number, spare!.Number), out after)) is { } none) return RecordsOptions.Refuse(none, ExitCode.Refused);
            if (TrialCommand.Keep(path, after!) is { } notKept) return RecordsOptions.Refuse(notKept);
            Console.Out.WriteLine($"spare {spare!.Number}");
            return ExitCode.Done;
        });
        return command;
    }

    private static string Labels(Trial trial, PharmacySheet sheet) => string.Join('\n', sheet.Kits.All.Select(k => string.Join('\n', k.Label(trial.Id, sheet.Kits.Order)) + "\n"));

    private static Misuse? Order(string? liquid, bool cold, string? pack, string? spare, string? shelf, out KitOrder? order)
    {
        order = null;
        KitForm form = new KitForm.Capsules();
        if (liquid is not null)
        {
            if (Written.Volume(liquid, out var volume) is { } unread) return new($"--liquid \"{liquid}\": {unread.What}", unread.Do);
            form = new KitForm.Liquid(volume, Vehicle.Preserved, cold ? Storage.Refrigerator : Storage.Room);
        }
        else if (cold) return new("--refrigerator is for bottles", "give --liquid too, or leave it out");
        var days = new int?[3];
        foreach (var (i, (option, text)) in new[] { ("--pack-days", pack), ("--spare-days", spare), ("--shelf-life", shelf) }.Index())
        {
            if (text is null) continue;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 10_000) return new($"{option} \"{text}\" is not a number of days", "give a whole number");
            days[i] = number;
        }
        order = new(form, days[0] ?? 28, days[1] ?? 3, StatedShelfLifeDays: days[2]);
        return null;
    }
}
