using System.CommandLine;
using System.Text;
using Lowdose.Evidence;
using Lowdose.Exchange;

namespace Lowdose.Cli;

/// <summary><c>lowdose evidence</c>: the studies, claims and sources that everything here rests on.</summary>
internal static class EvidenceCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        list names everything; show ID opens one study, condition, claim or source;
        synthesise TOPIC pools the studies that answer one question, such as
        fibromyalgia-pain: DL (DerSimonian-Laird), REML-HK (Knapp-Hartung) and
        EE (equal effects); and says which studies stay out and why.
        check says what waits for somebody's care, and which needs are met by what.
        base writes the whole of it, questions and answers too, as one JSON object,
        base --schema its schema.

        Certainty: A measured in people, B extrapolated, C small or uncontrolled
        studies, D cells or animals, E hypothesis or opinion. A number that nobody
        here read in its source says so in brackets.

        Exit codes: 0 done; 2 the command line is wrong, or nothing has this ID or TOPIC;
        1 a defect.
        """;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build() => new("evidence", "What is known: studies with their numbers, conditions, claims for and against, sources.") { List(), Show(), Synthesis(), Check(), Base() };

    private static Command List()
    {
        var (json, target) = (Json(), Target());
        var command = new Command("list", "Names every study, condition and claim.") { json, target };
        command.SetAction(parsed =>
        {
            var knowledge = Knowledge.BuiltIn();
            return Deliver(parsed.GetValue(json) ? EvidenceJson.List(knowledge) : Utf8.GetBytes(EvidenceText.List(knowledge)), parsed.GetValue(json), parsed.GetValue(target));
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> id = new("ID") { Description = "Of a study, condition, claim or source, such as YOUNGER2013, fibromyalgia or final-null." };
        var (json, target) = (Json(), Target());
        var command = new Command("show", "Opens one entry.") { id, json, target };
        command.SetAction(parsed =>
        {
            var knowledge = Knowledge.BuiltIn();
            if (Dossier.Of(knowledge, parsed.GetValue(id)!) is not { } dossier)
                return Program.CommandLineIsWrong($"nothing in the evidence is called \"{parsed.GetValue(id)}\"", "see lowdose evidence list");
            return Deliver(parsed.GetValue(json) ? EvidenceJson.One(dossier) : Utf8.GetBytes(EvidenceText.One(knowledge, dossier)), parsed.GetValue(json), parsed.GetValue(target));
        });
        return command;
    }

    private static Command Synthesis()
    {
        Argument<string> topic = new("TOPIC") { Description = "The question, such as fibromyalgia-pain." };
        var (json, target) = (Json(), Target());
        var command = new Command("synthesise", "Pools the studies that answer one question.") { topic, json, target };
        command.SetAction(parsed =>
        {
            var knowledge = Knowledge.BuiltIn();
            if (TopicSynthesis.Of(knowledge, parsed.GetValue(topic)!) is not { } pooled)
                return Program.CommandLineIsWrong($"no question is called \"{parsed.GetValue(topic)}\"", $"give one of {string.Join(", ", EvidenceTable.Questions(knowledge))}");
            return Deliver(parsed.GetValue(json) ? TopicJson.Of(knowledge, pooled) : Utf8.GetBytes(TopicText.Of(knowledge, pooled)), parsed.GetValue(json), parsed.GetValue(target));
        });
        return command;
    }

    private static Command Check()
    {
        Option<int> months = new("--months") { Description = "After so many months studies should be looked for again. [default: 6]", HelpName = "N", DefaultValueFactory = _ => 6 };
        var command = new Command("check", "Says what waits for care: numbers from memory, old searches, studies without a fact on bias, needs not met.") { months };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(months) is var most and not (>= 0 and <= 1200)) return Program.CommandLineIsWrong($"--months {most} is no number of months", "give 0 to 1200");
            var knowledge = Knowledge.BuiltIn();
            return Deliver(Utf8.GetBytes(UpkeepText.Of(knowledge, Upkeep.Of(knowledge, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().Date), parsed.GetValue(months)), parsed.GetValue(months))), false, null);
        });
        return command;
    }

    private static Command Base()
    {
        Option<bool> schema = new("--schema") { Description = "Write the JSON Schema instead." };
        var target = Target();
        var command = new Command("base", "Writes the whole base as one JSON object.") { schema, target };
        command.SetAction(parsed => Deliver(parsed.GetValue(schema) ? EvidenceJson.Schema() : EvidenceJson.Whole(Knowledge.BuiltIn()), true, parsed.GetValue(target)));
        return command;
    }

    private static int Deliver(byte[] output, bool json, string? target) => MixCommand.Deliver(json ? [.. output, (byte)'\n'] : output, target);

    private static Option<bool> Json() => new("--json") { Description = "Print one JSON object." };

    private static Option<string?> Target() => new("--out") { Description = "Write to this file instead of printing.", HelpName = "FILE" };
}
