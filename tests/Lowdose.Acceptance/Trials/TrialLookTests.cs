using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Day;
using Lowdose.Acceptance.Web;
using Lowdose.Records.Clinic;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Trials;

/// <summary>Every page of a trial at every stage: axe with 7:1, 320 px, 48 px, and for whoever takes part the sixth grade; the sheet, the labels and the emergency on paper.</summary>
[Collection(nameof(Bedside))]
public sealed class TrialLookTests(Bedside bedside)
{
    [Fact]
    public async Task Before_it_begins()
    {
        await using var clinic = await TriedClinic.Start(people: 2);
        await Right(clinic, clinic.Dora, "/trials", "/trials/new", "/trials/new?design=trial-parallel", "/trials/new?design=trial-crossover", "/trials/new?design=trial-up-and-down");
        await Right(clinic, clinic.Fia, "/kits");
        await Right(clinic, clinic.Rosa, "/studies");
        using (var dora = clinic.Clinic.Visitor(clinic.Dora))
        {
            await dora.Post("/trials/new", ("design", "trial-parallel"), ("people", "2"), ("outcome", "pain"), ("change", "1"), ("decision", "Go on if it works."), ("name", "meadow-1"), ("factors", "sex: woman, man"));
            var id = clinic.Kept.In(clinic.Dora.Organisation).Single().Id;
            await Right(clinic, clinic.Dora, "/trials", "/trials/" + id);
            foreach (var person in clinic.People) await dora.Post($"/trials/{id}/enrol", ("record", person.Record!), ("level-0", "woman"));
            await Right(clinic, clinic.Dora, "/trials/" + id);
            await Plain(clinic, clinic.People[0], "/my-trial");
            foreach (var person in clinic.People)
                using (var http = clinic.Clinic.Visitor(person)) await http.Post("/my-trial/consent", ("agreed", "yes"));
            await Plain(clinic, clinic.People[0], "/my-trial");
            await Right(clinic, clinic.Dora, "/trials/" + id);
            await dora.Post($"/trials/{id}/seal");
            await Right(clinic, clinic.Dora, "/trials/" + id);
            await Right(clinic, clinic.Fia, "/kits", "/kits/" + id);
            await Right(clinic, clinic.Rosa, "/studies", "/studies/" + id);
        }
    }

    [Fact]
    public async Task While_it_runs_and_when_something_is_wrong()
    {
        await using var clinic = await TriedClinic.Start();
        await clinic.Sealed();
        clinic.Begins();
        var me = clinic.People[0];
        await Plain(clinic, me, "/my-trial");
        await Right(clinic, clinic.Dora, "/trials/" + clinic.Id, $"/trials/{clinic.Id}/emergency");
        await Sheet(clinic);
        await Plain(clinic, me, "/my-trial");
        clinic.Clock.Now = TriedClinic.At(3);
        clinic.Writes(TriedClinic.First.PlusDays(3), ("effect/headache", "severe"), ("treatment/tramadol", "started"));
        await Plain(clinic, me, "/my-trial");
        await Right(clinic, clinic.Dora, "/trials/" + clinic.Id);
        using (var http = clinic.Clinic.Visitor(me)) await http.Post("/my-trial/stop", ("why", "side-effect-ask: Headache"));
        await Plain(clinic, me, "/my-trial");
        await Right(clinic, clinic.Dora, "/trials/" + clinic.Id);
        await Right(clinic, clinic.Fia, "/kits/" + clinic.Id);
        await Right(clinic, clinic.Rosa, "/studies/" + clinic.Id);
        await Emergency(clinic);
        clinic.Clock.Now = TriedClinic.At(21);
        await Plain(clinic, me, "/my-trial");
        clinic.Clock.Now = TriedClinic.At(42);
        await Right(clinic, clinic.Dora, "/trials/" + clinic.Id);
        await Plain(clinic, me, "/my-trial");
    }

    [Fact]
    public async Task When_it_is_over()
    {
        await using var clinic = await TriedClinic.Start();
        await clinic.Sealed();
        clinic.Begins();
        for (var day = 0; day < 42; day++) clinic.Writes(TriedClinic.First.PlusDays(day), ("pain", $"{4 + (day % 3)}"));
        clinic.Clock.Now = TriedClinic.At(43);
        using var dora = clinic.Clinic.Visitor(clinic.Dora);
        await dora.Post($"/trials/{clinic.Id}/close");
        await Right(clinic, clinic.Dora, "/trials/" + clinic.Id);
        await Plain(clinic, clinic.People[0], "/my-trial");
        await dora.Post($"/trials/{clinic.Id}/reveal");
        await Right(clinic, clinic.Dora, "/trials/" + clinic.Id, $"/trials/{clinic.Id}/answer");
        await Right(clinic, clinic.Rosa, $"/studies/{clinic.Id}/answer");
        await Plain(clinic, clinic.People[0], "/my-trial", "/my-trial/answer");
    }

    [Fact]
    public async Task Of_an_up_and_down_search()
    {
        await using var clinic = await TriedClinic.Start();
        using var dora = clinic.Clinic.Visitor(clinic.Dora);
        using var fia = clinic.Clinic.Visitor(clinic.Fia);
        using var me = clinic.Clinic.Visitor(clinic.People[0]);
        await dora.Post("/trials/new", ("design", "trial-up-and-down"), ("people", "27"), ("outcome", "pain"), ("change", "1"), ("decision", "It helped where pain fell by 2."), ("name", "search"));
        var id = clinic.Kept.In(clinic.Dora.Organisation).Single().Id;
        await dora.Post($"/trials/{id}/enrol", ("record", clinic.People[0].Record!));
        await Plain(clinic, clinic.People[0], "/my-trial");
        await me.Post("/my-trial/consent", ("agreed", "yes"));
        await Right(clinic, clinic.Fia, "/kits", "/kits/" + id);
        await fia.Post("/kits/" + id);
        await Right(clinic, clinic.Fia, "/kits/" + id);
        await me.Post("/my-trial/start", ("day", "2026-12-01"));
        clinic.Clock.Now = TriedClinic.At(8);
        await Plain(clinic, clinic.People[0], "/my-trial");
        clinic.Clock.Now = TriedClinic.At(30);
        await Right(clinic, clinic.Dora, "/trials/" + id);
        using var later = clinic.Clinic.Visitor(clinic.Dora);
        await later.Post($"/trials/{id}/answered", ("place", "P1"), ("helped", "yes"));
        await later.Post($"/trials/{id}/close", ("why", "enough"));
        await Right(clinic, clinic.Dora, "/trials/" + id, $"/trials/{id}/answer");
        await Plain(clinic, clinic.People[0], "/my-trial", "/my-trial/answer");
    }

    /// <summary>The pharmacist's sheet and the spare it names; on paper the table is whole, and no label is cut in two.</summary>
    private async Task Sheet(TriedClinic clinic)
    {
        var page = await clinic.Clinic.Page(bedside.Browser, clinic.Fia);
        await using var visit = new Visit(page.Context, page, clinic.Clinic.Address);
        await page.GotoAsync("/kits/" + clinic.Id);
        await Phone.Leave(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Open the sheet again" }).ClickAsync());
        await CareLooks.AreRight(visit);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        (await page.Locator(".label").First.EvaluateAsync<string>("e => getComputedStyle(e).breakInside")).ShouldBe("avoid");
        (await page.Locator(".scroll").First.EvaluateAsync<string>("e => getComputedStyle(e).maxHeight")).ShouldBe("none", "on paper nothing is scrolled away");
        (await page.Locator("tbody tr").Last.IsVisibleAsync()).ShouldBeTrue();
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await Phone.Leave(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Find its spare" }).ClickAsync());
        await CareLooks.AreRight(visit);
    }

    private async Task Emergency(TriedClinic clinic)
    {
        var page = await clinic.Clinic.Page(bedside.Browser, clinic.Dora);
        await using var visit = new Visit(page.Context, page, clinic.Clinic.Address);
        await page.GotoAsync($"/trials/{clinic.Id}/emergency");
        await page.SelectOptionAsync("#second", clinic.Fia.Id);
        await page.FillAsync("#why", "an operation");
        await Phone.Leave(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Write it down and open" }).ClickAsync());
        await CareLooks.AreRight(visit);
        await CareLooks.PrintsOnOneSheet(visit);
    }

    private Task Right(TriedClinic clinic, Account who, params string[] places) => Looks(clinic, who, false, places);

    private Task Plain(TriedClinic clinic, Account who, params string[] places) => Looks(clinic, who, true, places);

    private async Task Looks(TriedClinic clinic, Account who, bool plain, string[] places)
    {
        var page = await clinic.Clinic.Page(bedside.Browser, who);
        await using var visit = new Visit(page.Context, page, clinic.Clinic.Address);
        foreach (var place in places)
        {
            (await page.GotoAsync(place))!.Status.ShouldBe(200, place);
            if (plain) (await CareLooks.Grade(visit)).ShouldBeInRange(-2, 6, await visit.Sentence);
            await CareLooks.AreRight(visit);
        }
    }
}
