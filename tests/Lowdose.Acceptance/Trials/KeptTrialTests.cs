using Lowdose.Records.Clinic;
using Lowdose.Tests.Safety;
using Lowdose.Trials;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Trials;

/// <summary>R17: what is kept of a trial, and that an opening is on the disk before anything is opened.</summary>
[Trait("trust", "R17")]
public sealed class KeptTrialTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_trial_is_read_as_it_was_kept_and_a_stolen_database_holds_no_arm()
    {
        await using var clinic = await TriedClinic.Start(people: 2);
        await clinic.Sealed();
        clinic.Begins();
        var now = clinic.Now;
        now.Trial.Stage.ShouldBe(TrialStage.Running);
        now.Trial.Subjects.Select(s => s.Id).ShouldBe(["P1", "P2"]);
        now.PlaceOf(clinic.People[1].Record!).ShouldBe("P2");
        now.Trial.Kits!.All.Count.ShouldBe(6);
        clinic.Kept.Of(clinic.People[0].Record!)!.Id.ShouldBe(now.Id);
        var stolen = clinic.Clinic.Stolen();
        stolen.ShouldContain(now.Trial.Commitment!.Hash);
        stolen.ShouldNotContain("ldn-4.5mg");
        stolen.ShouldNotContain("lowdose allocation 1");
    }

    [Fact]
    public async Task What_happened_and_what_was_sealed_are_never_changed_or_deleted()
    {
        await using var clinic = await TriedClinic.Start();
        await clinic.Sealed();
        foreach (var change in (string[])["DELETE FROM trial_records", "UPDATE trial_records SET content = content", "INSERT INTO trial_records SELECT trial, number + 9, content FROM trial_records WHERE number = 3", "DELETE FROM sealed_allocations", "UPDATE sealed_allocations SET nonce = nonce"])
            Should.Throw<Exception>(() => clinic.Clinic.Archive.Change(tables => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRaw(tables.Database, change)), change);
        clinic.Now.Trial.Stage.ShouldBe(TrialStage.Sealed);
    }

    [Fact]
    public async Task Of_two_who_read_the_same_trial_the_second_is_told_to_look_again()
    {
        await using var clinic = await TriedClinic.Start();
        var seen = await clinic.Sealed();
        clinic.Kept.Add(seen, new TrialRecord.Closed(clinic.Dora.Id, clinic.Clock.Now, "enough"), out _).ShouldBeNull();
        clinic.Kept.Add(seen, new TrialRecord.Withdrawn(clinic.People[0].Id, clinic.Clock.Now, "P1", TriedClinic.First, ""), out _)!.What.ShouldContain("meanwhile");
    }

    [Fact]
    public async Task An_opening_is_in_the_trial_and_in_the_audit_trail_and_shows_one_person()
    {
        await using var clinic = await TriedClinic.Start(people: 2);
        await clinic.Sealed();
        clinic.Kept.Unblind(clinic.Now, new(clinic.Dora.Id, clinic.Clock.Now, "P2", clinic.Fia.Id, "surgery"), out var arms).ShouldBeNull();
        arms!.ShouldAllBe(a => a.Subject == "P2");
        arms!.Select(a => a.Arm).Order().ShouldBe(["ldn-4.5mg", "placebo"]);
        clinic.Now.Trial.Records[^1].ShouldBeOfType<TrialRecord.Unblinded>().Why.ShouldBe("surgery");
        clinic.Now.Trial.IsUnblinded("P1").ShouldBeFalse();
        var person = clinic.People[1];
        new AuditTrail(clinic.Clinic.Archive, clinic.Clock).Of(person.Record!, person.Id, byOthers: true, null, 10).ShouldContain(e => e.Act == Act.CodeBroken && e.Actor == clinic.Dora.Id);
    }

    [Fact]
    public async Task What_cannot_be_noted_is_not_opened()
    {
        await using var clinic = await TriedClinic.Start();
        var seen = await clinic.Sealed();
        // The trail takes ids only: the entry fails inside the transaction, after the trial's own record.
        IReadOnlyList<OpenedPeriod>? arms = null;
        Should.Throw<ArgumentException>(() => clinic.Kept.Unblind(seen, new("somebody without an id", clinic.Clock.Now, "P1", clinic.Fia.Id, "surgery"), out arms));
        arms.ShouldBeNull();
        clinic.Now.Trial.Records.Count.ShouldBe(seen.Trial.Records.Count);
        foreach (var (second, why) in ((string, string)[])[("", "surgery"), (clinic.Fia.Id, ""), (clinic.Dora.Id, "surgery")])
        {
            clinic.Kept.Unblind(seen, new(clinic.Dora.Id, clinic.Clock.Now, "P1", second, why), out arms).ShouldNotBeNull();
            arms.ShouldBeNull();
        }
        clinic.Now.Trial.Records.Count.ShouldBe(seen.Trial.Records.Count);
    }

    [Fact]
    public async Task Twelve_at_once_open_one_person_each_and_every_one_is_kept()
    {
        await using var clinic = await TriedClinic.Start(people: 3);
        var seen = await clinic.Sealed();
        var opened = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() =>
        {
            clinic.Kept.Unblind(seen, new(clinic.Dora.Id, clinic.Clock.Now, $"P{n % 3 + 1}", clinic.Fia.Id, $"reason {n}"), out var arms).ShouldBeNull();
            arms!.ShouldAllBe(a => a.Subject == $"P{n % 3 + 1}");
            return arms!.Count;
        })));
        opened.ShouldAllBe(count => count == 2);
        clinic.Now.Trial.Records.OfType<TrialRecord.Unblinded>().Select(u => u.Why).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 12).Select(n => $"reason {n}").Order(StringComparer.Ordinal));
        output.WriteLine(new FaultCount("R17", "twelve emergencies at once in one trial of three people", 12, 12, "openings", "each shows one person, and each is kept before it is shown").ToString());
    }
}
