using Lowdose.Acceptance.Clinic;
using Lowdose.Diary;
using Lowdose.Records.Clinic;

namespace Lowdose.Acceptance.Security;

/// <summary>S24: what is pressed many times at once happens once. Invitations and passwords: InvitationTests.</summary>
[Trait("trust", "S24")]
public sealed class DoubleSubmitTests
{
    private const int AtOnce = 20;

    [Fact]
    public async Task Consent_given_twenty_times_at_once_is_one_grant_and_taken_back_once_it_is_gone()
    {
        await using var clinic = await OwnClinic.Start();
        var (person, doctor) = (clinic.Somebody(Role.Person), clinic.Somebody(Role.Prescriber, "Dora Doctor"));
        using var http = clinic.Visitor(person);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => http.Post("/rights/give", ("account", doctor.Id), ("may", "Prescribe"))));
        clinic.Archive.Query(tables => tables.Set<Grant>().Count(g => g.Account == doctor.Id)).ShouldBe(1);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => http.Post("/rights/withdraw", ("account", doctor.Id))));
        clinic.Archive.Query(tables => tables.Set<Grant>().Count(g => g.Account == doctor.Id && g.WithdrawnAt == null)).ShouldBe(0);
        var trail = new AuditTrail(clinic.Archive, clinic.Clock).Of(person.Record!, person.Id, byOthers: false, null, 100);
        trail.Count(e => e.Act == Act.ConsentGiven).ShouldBe(1);
        trail.Count(e => e.Act == Act.ConsentWithdrawn).ShouldBe(1);
    }

    [Fact]
    public async Task A_plan_approved_twenty_times_at_once_is_approved_and_noted_once()
    {
        await using var cared = await Cared.Start();
        var person = cared.Person("Paula Person");
        using var http = cared.Clinic.Visitor(cared.Dora);
        // One page, whose button is pressed again and again.
        var (id, seen) = (Guid.NewGuid().ToString(), cared.Clinic.Archive.Read(log => log.Head(Subjects.Plan), person.Record!).ToString()!);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => http.Post($"/for/{person.Record}/prescribe/approve", ("id", id), ("base", seen))));
        cared.Trail(person).Count(e => e.Act == Act.PlanApproved).ShouldBe(1);
    }
}
