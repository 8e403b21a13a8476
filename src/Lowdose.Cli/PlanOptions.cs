using System.CommandLine;
using System.Globalization;
using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Quantities;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Cli;

/// <summary>What the command line asks of a plan, checked.</summary>
internal sealed record PlanRequest(Regimen Regimen, Protocol? Protocol, int? Days, bool Json, string? Out, string? Ics, string? Profile);

/// <summary>The options of <c>lowdose plan</c>, and what they may be.</summary>
internal sealed class PlanOptions
{
    private readonly Option<string> _profile = Text("--profile", "PROFILE.json", "The answers of the safety screen; without them the plan is provisional.");
    private readonly Option<string> _protocol = Text("--protocol", "ID", "A protocol of the knowledge base, as P10. [default: the prudent one]");
    private readonly Option<string> _from = Text("--from", "MASS", "Your own plan: the first daily dose, as 0.5mg; with --by, --every and --ceiling.");
    private readonly Option<string> _by = Text("--by", "MASS", "Your own plan: what each step adds.");
    private readonly Option<string> _every = Text("--every", "DAYS", "Days each step is held at least; where a protocol says so, no fewer than it says.");
    private readonly Option<string> _ceiling = Text("--ceiling", "MASS", "The highest daily dose; no higher than the protocol's.");
    private readonly Option<string> _start = new("--start") { HelpName = "DATE", Description = "The first day, as 2026-12-01.", Required = true };
    private readonly Option<string> _time = Text("--time", "HH:MM", "When in the day. [default: 22:00, or the protocol's]");
    private readonly Option<string> _product = Text("--product", "liquid|capsule", "What is taken. [default: liquid]");
    private readonly Option<string> _tablet = Text("--tablet", "MASS", "For a liquid: what the tablet holds. [default: 50mg]");
    private readonly Option<string> _volume = Text("--volume", "VOLUME", "For a liquid: the finished volume. [default: 50mL]");
    private readonly Option<string> _days = Text("--days", "N", "How many days to write out. [default: up to the stop review]");
    private readonly Option<string> _ics = Text("--ics", "FILE", "Write a calendar of neutral reminders to FILE as well.");
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object and nothing else." };
    private readonly Option<string> _out = Text("--out", "FILE", "Write to FILE instead of the screen.");

    public IEnumerable<Option> All => [_profile, _protocol, _from, _by, _every, _ceiling, _start, _time, _product, _tablet, _volume, _days, _ics, _json, _out];

    /// <summary>The request, or what is wrong with the command line.</summary>
    public (PlanRequest? Request, Misuse? Wrong) Read(ParseResult parsed)
    {
        if (Titration(parsed, out var titration, out var protocol) is { } noTitration) return (null, noTitration);
        if (MixCommand.Day(parsed.GetValue(_start)!, "--start", out var start) is { } noStart) return (null, noStart);
        if (Time(parsed.GetValue(_time), protocol, out var time) is { } noTime) return (null, noTime);
        if (Product(parsed, out var product) is { } noProduct) return (null, noProduct);
        if (Whole(parsed, _days, Regimen.MostDays, out var days) is { } noDays) return (null, noDays);
        var (target, ics) = (parsed.GetValue(_out), parsed.GetValue(_ics));
        if (target?.Length == 0 || ics?.Length == 0) return (null, new("the name of the file to write is empty", "name a file after --out or --ics"));
        var profile = parsed.GetValue(_profile);
        if (profile is { Length: > 0 } && new[] { target, ics }.OfType<string>().Any(f => Path.GetFullPath(f) == Path.GetFullPath(profile)))
            return (null, new("the output would overwrite the profile", "name another file"));
        if (target is not null && ics is not null && Path.GetFullPath(target) == Path.GetFullPath(ics)) return (null, new("--out and --ics name the same file", "name two files"));
        return (new(new Regimen(titration!, start, time, product!, Clearance: null), protocol, days, parsed.GetValue(_json), target, ics, profile), null);
    }

    private Misuse? Titration(ParseResult parsed, out Titration? titration, out Protocol? protocol)
    {
        (titration, protocol) = (null, null);
        if (Whole(parsed, _every, 365, out var every) is { } noEvery) return noEvery;
        if (Amount(parsed, _ceiling, out var ceiling) is { } noCeiling) return noCeiling;
        if (Amount(parsed, _from, out var from) is { } noFrom) return noFrom;
        if (Amount(parsed, _by, out var by) is { } noBy) return noBy;
        if (from is not null && parsed.GetValue(_protocol) is not null) return new("--from and --protocol cannot both be given", "leave one out");
        if (from is null && by is not null) return new("--by needs --from", "give the first daily dose, as --from 0.5mg");
        if (from is null && Protocol(parsed.GetValue(_protocol), out protocol) is { } noProtocol) return noProtocol;
        if (ceiling > from && (by is null || every is null)) return new("a plan that rises needs --by and --every", "give them, as --by 0.5mg --every 14");
        return new ChosenRise(protocol, from, by, every, ceiling).Titration(out titration) is { } refused ? As(refused) : null;
    }

    /// <summary>A refusal, with the option it is about.</summary>
    private static Misuse As(Refused refused) => new(refused.What, refused.Knob is { } knob ? $"{refused.Do} (--{knob.ToString().ToLowerInvariant()})" : refused.Do);

    /// <summary>Read once, when it is first asked for.</summary>
    public Lazy<Knowledge> Known { get; } = new(Knowledge.BuiltIn);

    private Misuse? Protocol(string? id, out Protocol? protocol)
    {
        var protocols = Known.Value.Protocols.Values;
        protocol = protocols.FirstOrDefault(p => id is null ? p.IsPrudent : p.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
        if (protocol is not null) return null;
        return id is null
            ? new("there is no default protocol in this version", "give your own plan with --from, --by, --every and --ceiling")
            : new($"there is no protocol \"{id}\"", $"give one of {string.Join(", ", protocols.Select(p => p.Id).OrderBy(p => p.Length).ThenBy(p => p, StringComparer.Ordinal))}");
    }

    private static Misuse? Time(string? text, Protocol? protocol, out LocalTime time)
    {
        time = protocol?.Time() ?? new LocalTime(22, 0);
        if (text is null) return null;
        var read = LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text);
        if (!read.Success) return new($"--time \"{text}\" is not a time of day", "write hours and minutes, as 22:00");
        time = read.Value;
        return null;
    }

    private Misuse? Product(ParseResult parsed, out Product? product)
    {
        product = null;
        var (tablet, volume) = (parsed.GetValue(_tablet), parsed.GetValue(_volume));
        switch (parsed.GetValue(_product) ?? "liquid")
        {
            case "capsule":
                product = new Product.Capsules();
                return tablet is null && volume is null ? null : new("capsules have no --tablet and no --volume", "leave them out, or give --product liquid");
            case "liquid":
                if ((tablet is null) != (volume is null)) return new("--tablet and --volume belong together", "give both, as --tablet 50mg --volume 50mL");
                var mix = Dilution.Usual;
                if (tablet is not null && MixOptions.Mix(tablet, volume!, out mix!) is { } wrong) return wrong;
                product = new Product.Liquid(mix.Strength);
                return null;
            case var other:
                return new($"--product \"{other}\" is not known", "give liquid or capsule");
        }
    }

    private static Misuse? Amount(ParseResult parsed, Option<string> option, out Mass? amount)
    {
        amount = null;
        if (parsed.GetValue(option) is not { } text) return null;
        if (Written.Mass(text, out var mass) is { } unread) return MixOptions.As(option.Name, text, unread);
        amount = mass;
        return null;
    }

    private static Misuse? Whole(ParseResult parsed, Option<string> option, int most, out int? number)
    {
        number = null;
        if (parsed.GetValue(option) is not { } text) return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days < 1 || days > most)
            return new($"{option.Name} \"{text}\" is not a number of days", $"give a whole number from 1 to {most}");
        number = days;
        return null;
    }

    private static Option<string> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };
}
