using System.Globalization;
using System.Security.Cryptography;
using Lowdose.Dosing;
using Lowdose.Quantities;
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

/// <summary>The pharmacist's addresses: what each numbered kit holds. Nobody else has them, and every opening is a record. Source: docs/methods/trials.md §6.</summary>
internal static class KitPages
{
    private const string Room = "/kits";

    public static void Map(IEndpointRouteBuilder site, TrialRoom room)
    {
        site.MapGet(Room, (HttpContext context) => Reply.Page<KitTrialsPage>(new() { [nameof(KitTrialsPage.All)] = room.Kept.In(context.Features.Get<Who>()!.Organisation).Where(t => t.Trial.Commitment is not null || t.Trial is { IsSearch: true, Subjects.Count: > 0 }).ToArray() })).ForRole(Role.Pharmacist);
        site.MapGet(Room + "/{trial}", (HttpContext context, string trial) => room.About(context, trial, (kept, _) => Shown(kept, null, null))).ForRole(Role.Pharmacist);
        site.MapPost(Room + "/{trial}", async (HttpContext context, string trial) =>
        {
            var form = await Reply.Form(context.Request).ConfigureAwait(false);
            return room.About(context, trial, (kept, who) =>
            {
                if (kept.Trial.IsSearch)
                    return (UpAndDown.Next(kept.Trial, out var whose, out _) ?? room.Kept.Add(kept, new TrialRecord.KitMade(who.Account, room.Now, whose!, Drawn(kept.Trial)), out kept!)) is { } notMade ? Shown(room.Kept.Find(trial, who.Organisation)!, notMade, null) : Shown(kept, null, null);
                var order = kept.Trial.Records.OfType<TrialRecord.SheetOpened>().FirstOrDefault()?.Order;
                if (order is null && Order(form, out order) is { } wrong) return Shown(kept, wrong, null);
                if (form["kit"].ToString() is { Length: > 0 } gone && int.TryParse(gone, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    return room.Kept.GiveSpare(kept, new(who.Account, room.Now, order!), number, out var given, out var open) is { } none ? Shown(given ?? kept, none, open) : Shown(given!, null, open, given!.Trial.SparesGiven[^1]);
                return room.Kept.OpenSheet(kept, new(who.Account, room.Now, order!), out var next, out var sheet) is { } refused ? Shown(kept, refused, null) : Shown(next!, null, sheet);
            });
        }).ForRole(Role.Pharmacist);
    }

    // Six digits that no kit of the search has.
    private static int Drawn(Trial trial)
    {
        int number;
        do number = RandomNumberGenerator.GetInt32(100_000, 1_000_000); while (trial.KitsOfSearch.Any(k => k.Number == number));
        return number;
    }

    private static RazorComponentResult<KitsPage> Shown(KeptTrial kept, Refused? refused, PharmacySheet? sheet, TrialRecord.SpareGiven? given = null) => Reply.Page<KitsPage>(new()
    {
        [nameof(KitsPage.Kept)] = kept, [nameof(KitsPage.Refused)] = refused, [nameof(KitsPage.Sheet)] = sheet, [nameof(KitsPage.Given)] = given,
    }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    /// <summary>How kits are made up, as it was typed.</summary>
    public static Refused? Order(IFormCollection form, out KitOrder? order)
    {
        order = null;
        KitForm made = new KitForm.Capsules();
        if (form["form"] == "liquid")
        {
            if (Written.Volume(form["volume"].ToString().Trim() + " mL", out var volume) is { } unread) return new($"the volume cannot be read: {unread.What}", "give the mL drawn each day, such as 1");
            made = new KitForm.Liquid(volume, Vehicle.Preserved, form["cold"] == "yes" ? Storage.Refrigerator : Storage.Room);
        }
        if (Days("pack") is not { } pack || Days("spare") is not { } spare || Days("spares") is not { } spares) return new("a number is missing", "give whole numbers");
        order = new(made, pack, spare, spares, form["shelf"].ToString().Trim().Length == 0 ? null : Days("shelf"));
        return order.Wrong;

        int? Days(string field) => int.TryParse(form[field], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 1000 ? days : null;
    }
}
