using System.Text;
using Lowdose.Records.Clinic;
using Lowdose.Records.Trials;
using Lowdose.Trials;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.Trials;

/// <summary>What a trial answered, and the opened allocation to check, for everybody of it once it was revealed.</summary>
internal static class AnswerPages
{
    /// <summary>For a role, by the trial's id.</summary>
    public static void Map(IEndpointRouteBuilder site, TrialRoom room, string prefix, Role role)
    {
        site.MapGet(prefix + "/{trial}/answer", (HttpContext context, string trial) => room.About(context, trial, (kept, who) => Answer(room, kept, who, null, $"{prefix}/{kept.Id}"))).ForRole(role);
        site.MapGet(prefix + "/{trial}/opened", (HttpContext context, string trial) => room.About(context, trial, (kept, who) => Opened(room, kept, who))).ForRole(role);
    }

    /// <summary>The answer.</summary>
    /// <param name="room">The room.</param>
    /// <param name="kept">The trial.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="place">Whose rows only; null: everybody's.</param>
    /// <param name="prefix">What stands before the file's address.</param>
    public static IResult Answer(TrialRoom room, KeptTrial kept, Who who, string? place, string prefix)
    {
        if (!kept.Trial.HasAnswer) return NotYet();
        if (kept.Trial is { IsSearch: true } search) return Reply.Page<SearchAnswerPage>(new() { [nameof(SearchAnswerPage.Search)] = search, [nameof(SearchAnswerPage.Only)] = place });
        if (room.Kept.Reveal(kept, new(who.Account, room.Now), out _, out var opening) is { } refused) return Reply.Message(StatusCodes.Status422UnprocessableEntity, "It cannot be opened", TrialWords.Of(refused));
        room.NoteLook(kept, who);
        var none = TrialAnalysis.Of(kept.Trial, opening!, room.Diaries.Of(kept, room.Today), out var analysis);
        return Reply.Page<AnswerPage>(new()
        {
            [nameof(AnswerPage.Kept)] = kept, [nameof(AnswerPage.Opening)] = opening, [nameof(AnswerPage.Analysis)] = analysis, [nameof(AnswerPage.None)] = none, [nameof(AnswerPage.Only)] = place, [nameof(AnswerPage.File)] = prefix + "/opened",
            [nameof(AnswerPage.Called)] = (Func<string, string>)(room.Called),
        });
    }

    /// <summary>The opened allocation, byte for byte what was hashed.</summary>
    public static IResult Opened(TrialRoom room, KeptTrial kept, Who who)
    {
        if (kept.Trial.Stage != TrialStage.Revealed) return NotYet();
        return room.Kept.Reveal(kept, new(who.Account, room.Now), out _, out var opening) is { } refused
            ? Reply.Message(StatusCodes.Status422UnprocessableEntity, "It cannot be opened", TrialWords.Of(refused)) : Results.File(Encoding.ASCII.GetBytes(opening!.Text), "text/plain; charset=us-ascii", "lowdose-opened.txt");
    }

    private static RazorComponentResult<MessagePage> NotYet() => Reply.Message(StatusCodes.Status409Conflict, "It is still sealed", "The answer is there when the trial is over and was opened.");
}
