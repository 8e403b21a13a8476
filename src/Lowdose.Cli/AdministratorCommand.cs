using System.CommandLine;

namespace Lowdose.Cli;

/// <summary><c>lowdose administrator</c>: a way in where the last administrator lost everything.</summary>
internal static class AdministratorCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        Prints a code that makes whoever types it in at /invitation one more
        administrator of the clinic: once, within 24 hours. Nobody is asked who
        they are, since whoever may run this here has the records anyway. The
        audit trail says that it was done, and other administrators see the
        invitation on the page People while nobody has used it.

        The new administrator can give the old one a code to come back, or close
        the old account. Nothing of that account is changed by this command.

        Exit codes: 0 done; 2 the command line is wrong, or the records cannot be
        reached; 3 there is no such clinic in them; 1 it could not be written.
        """;

    public static Command Build()
    {
        Option<string?> organisation = new("--organisation") { Description = "What the clinic is called, where the records hold several.", HelpName = "NAME" };
        var (data, database, json) = (RecordsOptions.Data(), RecordsOptions.Database(), RecordsOptions.Json());
        var command = new Command("administrator", "Lets another administrator into a clinic, where the last one cannot come in any more.") { organisation, data, database, json };
        command.SetAction(parsed => Invite(parsed.GetValue(organisation), RecordsOptions.Folder(parsed.GetValue(data)), RecordsOptions.Connection(parsed.GetValue(database)), parsed.GetValue(json)));
        return command;
    }

    private static int Invite(string? named, string folder, string? database, bool json)
    {
        if (Reach.Records(folder, database, out var records, read: false) is { } unreached) return RecordsOptions.Refuse(unreached);
        using (records)
        {
            if (records!.InviteAdministrator(named, out var code, out var organisation) is { } refused) return RecordsOptions.Refuse(refused, ExitCode.Input);
            return RecordsOptions.Say(json, $"""
                This code makes an administrator of {organisation}, once, within 24 hours. Type it in at /invitation:
                    {code}
                """, writer =>
            {
                writer.WriteString("organisation", organisation);
                writer.WriteString("code", code);
                writer.WriteNumber("hours", 24);
            });
        }
    }
}
