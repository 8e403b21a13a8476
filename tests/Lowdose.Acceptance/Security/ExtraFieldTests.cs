using System.Net;
using System.Net.Http.Json;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Records;
using Lowdose.Records.Clinic;

namespace Lowdose.Acceptance.Security;

/// <summary>S2: what is sent beside what was asked for changes nothing.</summary>
[Trait("trust", "S2")]
public sealed class ExtraFieldTests
{
    [Fact]
    public async Task A_write_says_neither_whose_it_is_nor_who_wrote_it_nor_when_it_came()
    {
        await using var clinic = await OwnClinic.Start();
        var (person, other) = (clinic.Somebody(Role.Person), clinic.Somebody(Role.Person, "Peter Person"));
        using var http = clinic.Visitor(person);
        var write = Some.Past(0, ("pain", "4"));
        using var answer = await http.PostAsJsonAsync("/writes", new
        {
            id = write.Id, subject = write.Subject, changes = new Dictionary<string, string> { ["pain"] = "4" }, writtenAt = "2026-08-01T21:00:00Z", zone = "Europe/Berlin",
            person = other.Record, record = other.Record, actor = other.Id, state = "conflict", sequence = 1, receivedAt = "2001-01-01T00:00:00Z", roles = "Admin",
        });
        clinic.Archive.Read(log => log.Writes.Count, other.Record!).ShouldBe(0);
        var kept = clinic.Archive.Read(log => log.Writes.Select(w => w).ToArray(), person.Record!);
        // Ignored or refused; never taken.
        if (answer.StatusCode == HttpStatusCode.OK) kept.ShouldHaveSingleItem().ShouldSatisfyAllConditions(w => w.Write.Actor.ShouldBe(person.Id), w => w.IsConflict.ShouldBeFalse());
        else kept.ShouldBeEmpty();
        clinic.Accounts.Find(person.Id)!.Roles.ShouldBe([Role.Person]);
    }

    [Fact]
    public async Task No_form_gives_a_role_a_record_or_another_organisation_to_whoever_sends_it()
    {
        await using var clinic = await OwnClinic.Start();
        var elsewhere = clinic.Accounts.Begin("Another Clinic", new(OwnClinic.NewId(), "Bob Admin"), onlyFirst: false)!;
        var accounts = new[] { clinic.Somebody(Role.Person), clinic.Somebody(Role.Carer, "Cara Carer"), clinic.Somebody(Role.Prescriber, "Dora Doctor"), clinic.Somebody(Role.Pharmacist, "Fia Pharmacist"), clinic.Somebody(Role.Researcher, "Rosa Researcher") };
        (string, string)[] wished = [("role", "Admin"), ("roles", "Admin"), ("organisation", elsewhere.Organisation), ("record", accounts[0].Record!), ("account", elsewhere.Id), ("id", elsewhere.Id), ("may", "Own"), ("actor", clinic.Admin.Id), ("isAdmin", "true")];
        foreach (var account in accounts)
            foreach (var address in Address.Of(clinic).Where(a => a.Method == "POST" && a.Rule is not Lowdose.Web.Access.Admission.Anyone))
            {
                using var http = clinic.Visitor(account);
                using var answer = await http.Post(address.Filled(clinic), wished);
                ((int)answer.StatusCode).ShouldBeLessThan(500, $"{account.ShownName}: {address.Path}");
            }
        foreach (var account in accounts)
            clinic.Accounts.Find(account.Id)!.ShouldSatisfyAllConditions(now => now.Roles.ShouldBe(account.Roles), now => now.Organisation.ShouldBe(account.Organisation), now => now.Record.ShouldBe(account.Record));
        clinic.Accounts.Find(elsewhere.Id)!.ShouldSatisfyAllConditions(now => now.ClosedAt.ShouldBeNull(), now => now.Roles.ShouldBe(elsewhere.Roles));
        clinic.Archive.Query(tables => tables.Set<Grant>().Count(g => g.Account == elsewhere.Id)).ShouldBe(0);
    }
}
