using Lowdose.Records.Clinic;
using Lowdose.Records.Trials;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.Trials;

/// <summary>The researcher's addresses of a trial: blinded days and how complete they are, without a name.</summary>
internal static class StudyPages
{
    private const string Room = "/studies";

    public static void Map(IEndpointRouteBuilder site, TrialRoom room)
    {
        site.MapGet(Room, (HttpContext context) => Reply.Page<StudiesPage>(new() { [nameof(StudiesPage.All)] = room.Kept.In(context.Features.Get<Who>()!.Organisation) })).ForRole(Role.Researcher);
        site.MapGet(Room + "/{trial}", (HttpContext context, string trial) => room.About(context, trial, (kept, who) =>
        {
            Note(room, kept, who, Act.CohortSeen);
            return Reply.Page<StudyPage>(new() { [nameof(StudyPage.Kept)] = kept, [nameof(StudyPage.Days)] = room.Diaries.Of(kept, room.Today), [nameof(StudyPage.Today)] = room.Today });
        })).ForRole(Role.Researcher);
        site.MapGet(Room + "/{trial}/days", (HttpContext context, string trial) => room.About(context, trial, (kept, who) =>
        {
            Note(room, kept, who, Act.CohortExported);
            return Results.File(room.Diaries.Csv(kept, room.Today), "text/csv; charset=utf-8", "lowdose-days.csv");
        })).ForRole(Role.Researcher);
        AnswerPages.Map(site, room, Room, Role.Researcher);
    }

    // Kept before anything is shown, with how many people.
    private static void Note(TrialRoom room, KeptTrial kept, Who who, Act act) =>
        room.Trail.Note(new(act, who.Account, who.Organisation, null, Detail.About(Guid.Parse(kept.Id)).And(Detail.Records(kept.Trial.Subjects.Count))));
}
