using Lowdose.Evidence;
using Lowdose.Web.Prepare;
using Lowdose.Web.Screens;

namespace Lowdose.Web.Plans;

/// <summary>Sentences about a protocol.</summary>
internal static class ProtocolWords
{
    /// <summary>The doses, in order, with the days where the source gives them.</summary>
    public static string Steps(Protocol protocol) => protocol.Steps.Count == 0 ? "It names no doses." : DoseWords.Kept(string.Join(", then ",
        protocol.Steps.Select(s => $"{s.PerDay}{(s.TimesPerDay > 1 ? $" a day in {s.TimesPerDay} parts" : "")}{(s.MinimumDays is { } days ? $" for {DoseWords.Days(days)}" : "")}")) + ".");

    /// <summary>Who proposed it, for whom, and when.</summary>
    public static string Proposed(Protocol protocol) => $"Proposed by {protocol.ProposedBy}{(Year(protocol) is { } year ? $" ({year})" : "")}, for {protocol.For}.";

    /// <summary>How far it can be trusted.</summary>
    public static string Certainty(Protocol protocol) => $"Certainty {protocol.Certainty}: {Basis.Words(protocol.Certainty)}.{(protocol.Mark.IsVerified ? "" : " Not verified by us.")}";

    /// <summary>What the source leaves open and a person must give.</summary>
    public static string? Asks(Protocol protocol) => (protocol.IsComplete, protocol.Ceiling is null) switch
    {
        (false, true) => "You must give the days of each step and the highest dose.",
        (false, false) => "You must give the days of each step.",
        (true, true) => "You must give the highest dose.",
        _ => null,
    };

    /// <summary>Whether a schedule can be made of it at all.</summary>
    public static bool IsUsable(Protocol protocol) => protocol.Steps.Count > 0 && protocol.MgPerKg is null;

    private static int? Year(Protocol protocol) => protocol.Mark.Sources.Select(s => Loaded.Knowledge.Sources.GetValueOrDefault(s)?.Year).FirstOrDefault(y => y is not null);
}
