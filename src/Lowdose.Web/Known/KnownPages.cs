using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Web.Layout;
using Lowdose.Web.Screens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.Known;

/// <summary>The addresses of what is known. They show nobody's record, and are the same for everybody.</summary>
internal static class KnownPages
{
    private static readonly Lazy<SearchIndex> Index = new(() => SearchIndex.Of(Loaded.Knowledge));

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/known", () => Reply.Page<KnownPage>(new()));
        site.MapGet("/known/timeline", () => Reply.Page<TimelinePage>(new()));
        site.MapGet("/known/all", () => Results.File(EvidenceJson.Whole(Loaded.Knowledge), "application/json", "lowdose-evidence.json"));
        site.MapGet("/known/schema", () => Results.File(EvidenceJson.Schema(), "application/schema+json", "lowdose-evidence.schema.json"));
        site.MapGet("/known/{code}", (string code) => One(code));
        site.MapGet("/beside", () => Reply.Page<BesidePage>(new()));
        site.MapGet("/search", (string? q) => Search(q ?? ""));
    }

    /// <summary>Reads what the first question would otherwise wait for.</summary>
    public static void Warm() => Index.Value.Find("sleep");

    private static RazorComponentResult<SearchPage> Search(string asked, int status = StatusCodes.Status200OK) => Reply.Page<SearchPage>(new()
    {
        [nameof(SearchPage.Asked)] = asked, [nameof(SearchPage.Found)] = asked.Trim().Length > 0 ? Index.Value.Find(asked) : null, [nameof(SearchPage.Missing)] = status == StatusCodes.Status404NotFound,
    }, status);

    private static IResult One(string code) => KnownAddress.Entry(code) is not { } entry ? Search("", StatusCodes.Status404NotFound) : entry.Kind switch
    {
        EntryKind.Answer => Reply.Page<AnswerPage>(new() { [nameof(AnswerPage.Answer)] = Loaded.Knowledge.Answers[entry.Id] }),
        EntryKind.Study => Reply.Page<StudyPage>(new() { [nameof(StudyPage.Study)] = Loaded.Knowledge.Studies[entry.Id] }),
        EntryKind.Claim => Reply.Page<ClaimPage>(new() { [nameof(ClaimPage.Claim)] = Loaded.Knowledge.Claims[entry.Id] }),
        EntryKind.Source => Reply.Page<SourcePage>(new() { [nameof(SourcePage.Source)] = Loaded.Knowledge.Sources[entry.Id] }),
        EntryKind.Condition => Reply.Page<ConditionPage>(new() { [nameof(ConditionPage.Condition)] = Loaded.Knowledge.Conditions[entry.Id] }),
        EntryKind.Substance => Reply.Page<SubstancePage>(new() { [nameof(SubstancePage.Substance)] = Loaded.Knowledge.Substances[entry.Id] }),
        EntryKind.Protocol => Reply.Page<ProtocolPage>(new() { [nameof(ProtocolPage.Protocol)] = Loaded.Knowledge.Protocols[entry.Id] }),
        EntryKind.Instrument => Reply.Page<InstrumentPage>(new() { [nameof(InstrumentPage.Instrument)] = Loaded.Knowledge.Instruments[entry.Id] }),
        _ => Results.Redirect(KnownAddress.Of(entry.Kind, entry.Id)),
    };
}
