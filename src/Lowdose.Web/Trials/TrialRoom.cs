using Lowdose.Exchange;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Records.Trials;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Lowdose.Web.Trials;

/// <summary>What every address of a trial works with.</summary>
/// <param name="Kept">The trials.</param>
/// <param name="Diaries">What their people wrote.</param>
/// <param name="Accounts">All accounts.</param>
/// <param name="Grants">Who let whom in.</param>
/// <param name="Trail">The audit trail.</param>
/// <param name="Clock">Says what time it is.</param>
internal sealed record TrialRoom(KeptTrials Kept, TrialDiaries Diaries, Accounts Accounts, Grants Grants, AuditTrail Trail, IClock Clock)
{
    /// <summary>The trials of a clinic.</summary>
    public static KeptTrials Trials(Archive archive, ClinicKey key, Func<int, byte[]> secrets) =>
        new(archive, key, new(TrialPieces.Write, TrialPieces.ReadDesign, TrialPieces.Write, TrialPieces.ReadRecord), secrets);

    /// <summary>The addresses.</summary>
    public static void Map(IEndpointRouteBuilder site, Archive archive, IClock clock)
    {
        T Of<T>() where T : notnull => site.ServiceProvider.GetRequiredService<T>();
        var room = new TrialRoom(Of<KeptTrials>(), new(archive), Of<Accounts>(), Of<Grants>(), Of<AuditTrail>(), clock);
        TrialPages.Map(site, room);
        KitPages.Map(site, room);
        StudyPages.Map(site, room);
        MyTrialPages.Map(site, new(record => room.Kept.Of(record.Person), (_, kept, happened) => room.Kept.Add(kept, happened, out var _), room.Diaries, clock, Alone: false));
        MyTrialPages.MapAnswer(site, room);
    }

    /// <summary>Now.</summary>
    public Instant Now => Clock.GetCurrentInstant();

    /// <summary>Today.</summary>
    public LocalDate Today => Reply.Today(Clock);

    /// <summary>A page about one trial of the organisation of whoever asks; another page where there is none.</summary>
    public IResult About(HttpContext context, string trial, Func<KeptTrial, Who, IResult> page) =>
        context.Features.Get<Who>()! is var who && Kept.Find(trial, who.Organisation) is { } kept ? page(kept, who) : NoSuchTrial();

    /// <summary>There is no such trial, or it is another clinic's.</summary>
    public static IResult NoSuchTrial() => Reply.Message(StatusCodes.Status404NotFound, "There is no such trial here", "Go back to the list and choose one.");

    /// <summary>What a place's person is called by whoever they let in to prescribe; to others they are the place.</summary>
    public string Named(KeptTrial kept, string place, Who who) =>
        kept.Places.GetValueOrDefault(place) is { } record && Grants.Allowed(record, who.Account, who.Organisation, Now).Contains(May.Prescribe) && Accounts.OfRecord(record) is { } person ? $"{person.ShownName} ({place})" : place;

    /// <summary>What an account is called.</summary>
    public string Called(string account) => Accounts.Find(account)?.ShownName ?? "somebody";

    /// <summary>Notes that the diaries of a trial were looked at, before anything of them is shown.</summary>
    public void NoteLook(KeptTrial kept, Who who) => Trail.NoteTogether(
        [.. kept.Places.Values.OfType<string>().Where(record => record != who.Record).Select(record => new Deed(Act.RecordSeen, who.Account, who.Organisation, record, Detail.Of(RecordPart.Course).And(Detail.About(Guid.Parse(kept.Id)))))]);
}
