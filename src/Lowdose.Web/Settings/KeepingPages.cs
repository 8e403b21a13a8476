using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Exchange;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Lowdose.Web.Reminders;
using Lowdose.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Lowdose.Web.Settings;

/// <summary>What is kept, by whom it can be opened, taking it along and deleting it.</summary>
internal static class KeepingPages
{
    public static void Map(IEndpointRouteBuilder site, IClock clock)
    {
        site.MapGet("/unlock", (HttpRequest request, Archive archive) => archive.IsSealed() ? Unlock(Own(request.Query["then"])) : Results.Redirect(Own(request.Query["then"]))).OnlyPersonal();
        site.MapPost("/unlock", async (HttpRequest request, Archive archive) =>
        {
            var form = await Reply.Form(request).ConfigureAwait(false);
            return Given(form, "passphrase", words => archive.Unseal(words)) is { } refused ? Unlock(Own(form["then"]), refused) : Results.Redirect(Own(form["then"]));
        }).OnlyPersonal();
        site.MapPost("/settings/passphrase", async (HttpRequest request, Archive archive) => Passphrase(archive, await Reply.Form(request).ConfigureAwait(false))).OnlyPersonal();
        site.MapPost("/settings/passphrase/remove", async (HttpRequest request, Archive archive) =>
            Given(await Reply.Form(request).ConfigureAwait(false), "current", words => archive.RemovePassphrase(words)) is { } refused ? Cannot(refused) : Results.Redirect("/settings")).OnlyPersonal();
        // It holds everybody’s records.
        site.MapPost("/settings/backup", (Archive archive) => Backup(archive, clock)).OnlyPersonal();
        site.MapPost("/settings/delete", async (HttpRequest request, RecordInHand record, ReminderBook reminders) => Delete(request.HttpContext, record, reminders, await Reply.Form(request).ConfigureAwait(false))).Needs(May.Own, RecordPart.Everything);
        site.MapPost("/settings/export", (RecordInHand record) => Results.File(record.Read(Everything.Zip), "application/zip", "lowdose-everything.zip")).Needs(May.Own, RecordPart.Everything);
    }

    private static IResult Passphrase(Archive archive, IFormCollection form)
    {
        if (form["passphrase"] != form["again"]) return Cannot(new("the two passphrases are not the same", "go back and type the same one twice"));
        if (!archive.HasPassphrase() && form["known"] != "yes") return Cannot(new("a lost passphrase is lost", "go back and say that you know this"));
        return Given(form, "current", current => archive.SetPassphrase(form["passphrase"].ToString(), current.Length > 0 ? current : null)) is { } refused ? Cannot(refused) : Results.Redirect("/settings");
    }

    // As the page sends it: in one form, whatever the device. Then as it was typed: the diary may have been locked with that.
    private static Refused? Given(IFormCollection form, string field, Func<string, Refused?> open) =>
        open(form[field].ToString()) is { } refused ? form[field + "-typed"].ToString() is { Length: > 0 } typed ? open(typed) : refused : null;

    private static IResult Backup(Archive archive, IClock clock)
    {
        // Beside the other backups, which go with "delete me" and when a passphrase is set.
        var path = Path.Combine(archive.Folder, "backups", $"download-{Guid.CreateVersion7():N}.backup");
        if (archive.BackUp(path) is { } refused) return Cannot(refused);
        // Gone from the folder at once, from the disk with the end of the download, however that ends; Windows does both at the end.
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Delete, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return Results.File(file, "application/octet-stream", $"lowdose-{Reply.Today(clock):uuuu-MM-dd}.backup");
    }

    private static RazorComponentResult<MessagePage> Delete(HttpContext context, RecordInHand record, ReminderBook reminders, IFormCollection form)
    {
        if (form["sure"] != "yes") return Cannot(new("the box is not ticked", "go back, read what is deleted, and tick it if that is what you want"));
        record.Archive.Delete(record.Person);
        reminders.Delete(record.Person);
        if (SignedIn.Of(context) is { } me) context.RequestServices.GetRequiredService<Accounts>().CloseWithRecord(me.Account);
        return Reply.Message(StatusCodes.Status200OK, "Everything is deleted", "Nothing you wrote is left here. Copies you saved yourself are still where you put them.");
    }

    private static RazorComponentResult<UnlockPage> Unlock(string then, Refused? refused = null) =>
        Reply.Page<UnlockPage>(new() { [nameof(UnlockPage.Then)] = then, [nameof(UnlockPage.Refused)] = refused }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static RazorComponentResult<MessagePage> Cannot(Refused refused) =>
        Reply.Message(StatusCodes.Status422UnprocessableEntity, Words.Sentence(refused.What), Words.Sentence(refused.Do));

    // Only back into these pages, never to another site.
    private static string Own(string? then) => then is ['/', not ('/' or '\\'), ..] && !then.Any(char.IsControl) ? then : "/today";
}
