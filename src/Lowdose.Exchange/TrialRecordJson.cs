using System.Text.Json;
using Lowdose.Dosing;
using Lowdose.Quantities;
using Lowdose.Trials;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Exchange;

/// <summary>One record of a trial as JSON: what, who, when, and what it says.</summary>
internal static class TrialRecordJson
{
    public static void Write(Utf8JsonWriter json, TrialRecord record)
    {
        json.WriteStartObject();
        json.WriteString("what", Kind(record));
        json.WriteString("actor", record.Actor);
        json.WriteString("at", InstantPattern.ExtendedIso.Format(record.At));
        Says(json, record);
        json.WriteEndObject();
    }

    private static string Kind(TrialRecord record) => record switch
    {
        TrialRecord.Enrolled => "enrolled",
        TrialRecord.Consented => "consented",
        TrialRecord.PlanLocked => "plan-locked",
        TrialRecord.AllocationSealed => "allocation-sealed",
        TrialRecord.SheetOpened => "sheet-opened",
        TrialRecord.KitsMade => "kits-made",
        TrialRecord.SpareGiven => "spare-given",
        TrialRecord.KitMade => "kit-made",
        TrialRecord.Answered => "answered",
        TrialRecord.Started => "started",
        TrialRecord.PeriodStopped => "period-stopped",
        TrialRecord.Guessed => "guessed",
        TrialRecord.Withdrawn => "withdrawn",
        TrialRecord.Unblinded => "unblinded",
        TrialRecord.Closed => "closed",
        _ => "revealed",
    };

    private static void Says(Utf8JsonWriter json, TrialRecord record)
    {
        switch (record)
        {
            case TrialRecord.Enrolled enrolled:
                json.WriteString("subject", enrolled.Subject.Id);
                json.WriteStartArray("levels");
                foreach (var level in enrolled.Subject.Levels) json.WriteStringValue(level);
                json.WriteEndArray();
                break;
            case TrialRecord.Consented consented: Strings(json, ("subject", consented.Subject), ("text", consented.TextHash)); break;
            case TrialRecord.PlanLocked locked: Plan(json, locked.Plan); break;
            case TrialRecord.AllocationSealed @sealed: Strings(json, ("commitment", @sealed.Commitment.Hash), ("trial", @sealed.Commitment.Trial)); break;
            case TrialRecord.SheetOpened opened: Order(json, opened.Order); break;
            case TrialRecord.KitsMade made: Kits(json, made.Kits); break;
            case TrialRecord.SpareGiven given: json.Numbers(("kit", given.Kit), ("spare", given.Spare)); break;
            case TrialRecord.KitMade made:
                json.WriteString("subject", made.Subject);
                json.WriteNumber("kit", made.Number);
                break;
            case TrialRecord.Answered answered:
                json.WriteString("subject", answered.Subject);
                json.WriteBoolean("helped", answered.Helped);
                break;
            case TrialRecord.Started started: Strings(json, ("subject", started.Subject), ("first", Day(started.First))); break;
            case TrialRecord.PeriodStopped stopped:
                Strings(json, ("subject", stopped.Subject), ("day", Day(stopped.Day)), ("finding", stopped.Finding));
                json.WriteNumber("period", stopped.Period);
                break;
            case TrialRecord.Guessed guessed:
                Strings(json, ("subject", guessed.Subject), ("guess", Words[guessed.Guess]));
                json.WriteNumber("period", guessed.Period);
                break;
            case TrialRecord.Withdrawn left: Strings(json, ("subject", left.Subject), ("day", Day(left.Day)), ("why", left.Why)); break;
            case TrialRecord.Unblinded opened: Strings(json, ("subject", opened.Subject), ("secondPerson", opened.SecondPerson), ("why", opened.Why)); break;
            case TrialRecord.Closed closed: Strings(json, ("stoppedEarly", closed.StoppedEarly)); break;
        }
    }

    private static readonly Dictionary<ArmGuess, string> Words = new() { [ArmGuess.Drug] = "drug", [ArmGuess.Placebo] = "placebo", [ArmGuess.DoNotKnow] = "do-not-know" };

    private static string Day(LocalDate day) => LocalDatePattern.Iso.Format(day);

    private static void Strings(Utf8JsonWriter json, params ReadOnlySpan<(string Name, string? Value)> members)
    {
        foreach (var (name, value) in members) json.Text(name, value);
    }

    private static void Plan(Utf8JsonWriter json, AnalysisPlan plan)
    {
        json.WriteStartObject("plan");
        Strings(json, ("outcome", plan.Outcome), ("decisionRule", plan.DecisionRule), ("missing", plan.Missing), ("stoppingRule", plan.StoppingRule), ("guesses", plan.Guesses));
        json.Numbers(("low", plan.Low), ("high", plan.High), ("minimalImportant", plan.MinimalImportant), ("analyticWashoutDays", plan.AnalyticWashoutDays));
        json.WriteBoolean("higherIsBetter", plan.HigherIsBetter);
        json.WriteNumber("permutationSeed", plan.PermutationSeed);
        json.WriteEndObject();
    }

    private static void Order(Utf8JsonWriter json, KitOrder order)
    {
        json.WriteStartObject("order");
        json.WriteString("form", order.Form is KitForm.Liquid ? "liquid" : "capsules");
        if (order.Form is KitForm.Liquid liquid)
        {
            json.WriteNumber("doseMl", liquid.Dose.Millilitres);
            json.WriteBoolean("preserved", liquid.Vehicle == Vehicle.Preserved);
            json.WriteBoolean("refrigerator", liquid.Storage == Storage.Refrigerator);
        }
        else json.WriteBoolean("avicel", ((KitForm.Capsules)order.Form).Avicel);
        json.Numbers(("packDays", order.PackDays), ("spareDays", order.SpareDays), ("sparesPerArm", order.SparesPerArm), ("statedShelfLifeDays", order.StatedShelfLifeDays));
        json.WriteEndObject();
    }

    private static void Kits(Utf8JsonWriter json, KitList kits)
    {
        json.WriteString("trial", kits.Trial);
        Order(json, kits.Order);
        json.WriteStartArray("kits");
        foreach (var kit in kits.All)
        {
            json.WriteStartObject();
            json.WriteNumber("number", kit.Number);
            json.Text("subject", kit.Subject);
            json.Numbers(("period", kit.Period), ("firstDay", kit.FirstDay), ("lastDay", kit.LastDay));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It says what cannot be read; other pieces throw as JsonElement does.</exception>
    public static TrialRecord Read(JsonElement json)
    {
        var (actor, at) = (Text("actor"), InstantPattern.ExtendedIso.Parse(Text("at")).GetValueOrThrow());
        return Text("what") switch
        {
            "enrolled" => new TrialRecord.Enrolled(actor, at, new(Text("subject"), [.. json.GetProperty("levels").EnumerateArray().Select(l => l.GetString()!)])),
            "consented" => new TrialRecord.Consented(actor, at, Text("subject"), Text("text")),
            "plan-locked" => new TrialRecord.PlanLocked(actor, at, Plan(json.GetProperty("plan"))),
            "allocation-sealed" => new TrialRecord.AllocationSealed(actor, at, new(Text("trial"), Text("commitment"))),
            "sheet-opened" => new TrialRecord.SheetOpened(actor, at, Order(json.GetProperty("order"))),
            "kits-made" => new TrialRecord.KitsMade(actor, at, new(Text("trial"), Order(json.GetProperty("order")), [.. json.GetProperty("kits").EnumerateArray().Select(Kit)])),
            "spare-given" => new TrialRecord.SpareGiven(actor, at, Whole("kit"), Whole("spare")),
            "kit-made" => new TrialRecord.KitMade(actor, at, Text("subject"), Whole("kit")),
            "answered" => new TrialRecord.Answered(actor, at, Text("subject"), json.GetProperty("helped").GetBoolean()),
            "started" => new TrialRecord.Started(actor, at, Text("subject"), Date("first")),
            "period-stopped" => new TrialRecord.PeriodStopped(actor, at, Text("subject"), Whole("period"), Date("day"), Text("finding")),
            "guessed" => new TrialRecord.Guessed(actor, at, Text("subject"), Whole("period"), Words.Single(w => w.Value == Text("guess")).Key),
            "withdrawn" => new TrialRecord.Withdrawn(actor, at, Text("subject"), Date("day"), Text("why")),
            "unblinded" => new TrialRecord.Unblinded(actor, at, Text("subject"), Text("secondPerson"), Text("why")),
            "closed" => new TrialRecord.Closed(actor, at, json.GetProperty("stoppedEarly").GetString()),
            "revealed" => new TrialRecord.Revealed(actor, at),
            var other => throw new FormatException($"there is no record \"{other}\""),
        };

        string Text(string name) => json.GetProperty(name).GetString() ?? throw new FormatException(name + " is missing");
        int Whole(string name) => json.GetProperty(name).GetInt32();
        LocalDate Date(string name) => LocalDatePattern.Iso.Parse(Text(name)).GetValueOrThrow();
    }

    private static AnalysisPlan Plan(JsonElement json) => new()
    {
        Outcome = json.GetProperty("outcome").GetString()!, DecisionRule = json.GetProperty("decisionRule").GetString()!, Missing = json.GetProperty("missing").GetString()!,
        StoppingRule = json.GetProperty("stoppingRule").GetString()!, Guesses = json.GetProperty("guesses").GetString()!, Low = json.GetProperty("low").GetDouble(), High = json.GetProperty("high").GetDouble(),
        MinimalImportant = json.GetProperty("minimalImportant").GetDouble(), AnalyticWashoutDays = json.GetProperty("analyticWashoutDays").GetInt32(),
        HigherIsBetter = json.GetProperty("higherIsBetter").GetBoolean(), PermutationSeed = json.GetProperty("permutationSeed").GetUInt64(),
    };

    private static KitOrder Order(JsonElement json) => new(
        json.GetProperty("form").GetString() == "liquid"
            ? new KitForm.Liquid(Volume.FromMillilitres(json.GetProperty("doseMl").GetDecimal()), json.GetProperty("preserved").GetBoolean() ? Vehicle.Preserved : Vehicle.PlainWater, json.GetProperty("refrigerator").GetBoolean() ? Storage.Refrigerator : Storage.Room)
            : new KitForm.Capsules(json.GetProperty("avicel").GetBoolean()),
        json.GetProperty("packDays").GetInt32(), json.GetProperty("spareDays").GetInt32(), json.GetProperty("sparesPerArm").GetInt32(), Whole(json, "statedShelfLifeDays"));

    private static Kit Kit(JsonElement json) => new(json.GetProperty("number").GetInt32(), json.GetProperty("subject").GetString(), Whole(json, "period"), Whole(json, "firstDay"), Whole(json, "lastDay"));

    private static int? Whole(JsonElement json, string name) => json.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;
}
