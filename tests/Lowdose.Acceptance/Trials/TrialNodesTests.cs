using Lowdose.Acceptance.Records;
using Lowdose.Dosing;
using Lowdose.Records.Trials;
using Lowdose.Tests.Safety;
using Lowdose.Trials;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Trials;

/// <summary>R21: two nodes on one PostgreSQL deal a trial once, and open it as one.</summary>
[Trait("trust", "R21")]
public sealed class TrialNodesTests(ITestOutputHelper output)
{
    private const int AtOnce = 8;

    [Fact]
    public async Task Of_two_nodes_that_seal_one_trial_at_once_one_does_and_there_is_one_allocation()
    {
        const int Trials = 20;
        var store = new ServerStore();
        await using var clinic = await TriedClinic.Start(people: 2, store: store);
        using var archive = store.OpenAnother(clinic.Clock);
        KeptTrials[] nodes = [clinic.Kept, clinic.On(archive)];
        for (var trial = 0; trial < Trials; trial++)
        {
            clinic.Consented(name: $"meadow-{trial}");
            var seen = nodes.Select(node => node.Find(clinic.Id, clinic.Dora.Organisation)!).ToArray();
            var answers = await AllAtOnce(n => nodes[n % 2].Seal(seen[n % 2], clinic.Dora.Id, clinic.Clock.Now));
            answers.Count(a => a is null).ShouldBe(1);
            answers.OfType<Refused>().ShouldAllBe(r => r.What.Contains("meanwhile"));
            store.Ask($"SELECT count(*) FROM sealed_allocations WHERE trial = '{clinic.Id}'").ShouldBe("1");
            // What is kept closed is what was committed to.
            clinic.Kept.Add(clinic.Now, new TrialRecord.Closed(clinic.Dora.Id, clinic.Clock.Now, "enough"), out _).ShouldBeNull();
            nodes[1].Reveal(clinic.Now, new(clinic.Dora.Id, clinic.Clock.Now), out _, out var opening).ShouldBeNull();
            opening!.Opens(clinic.Now.Trial.Records.OfType<TrialRecord.AllocationSealed>().ShouldHaveSingleItem().Commitment).ShouldBeTrue();
        }
        output.WriteLine(new FaultCount("R21", "two nodes on one PostgreSQL seal the same trial at once, eight times each", Trials, Trials, "trials", "each sealed once, with one allocation, the one that was committed to").ToString());
    }

    [Fact]
    public async Task Openings_of_one_person_through_two_nodes_at_once_are_all_kept_and_show_the_same()
    {
        const int Openings = 24;
        var store = new ServerStore();
        await using var clinic = await TriedClinic.Start(people: 2, store: store);
        using var archive = store.OpenAnother(clinic.Clock);
        KeptTrials[] nodes = [clinic.Kept, clinic.On(archive)];
        var seen = await clinic.Sealed();
        var shown = await Task.WhenAll(Enumerable.Range(0, Openings).Select(n => Task.Run(() =>
        {
            nodes[n % 2].Unblind(seen, new(clinic.Dora.Id, clinic.Clock.Now, "P2", clinic.Fia.Id, $"reason {n}"), out var arms).ShouldBeNull();
            return string.Join(' ', arms!.Select(a => $"{a.Subject} {a.Period} {a.Arm}"));
        })));
        shown.Distinct().ShouldHaveSingleItem().ShouldStartWith("P2 1 ");
        clinic.Now.Trial.Records.OfType<TrialRecord.Unblinded>().Select(u => u.Why).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, Openings).Select(n => $"reason {n}").Order(StringComparer.Ordinal));
        clinic.Now.Trial.IsUnblinded("P1").ShouldBeFalse();
        store.Ask("SELECT count(*) FROM audit WHERE act = 'code broken'").ShouldBe($"{Openings}");
        output.WriteLine(new FaultCount("R21", "two nodes on one PostgreSQL open the same person at once", Openings, Openings, "openings", "all show the same, and each is in the trial and in the audit trail").ToString());
    }

    [Fact]
    public async Task Somebody_who_is_given_places_in_two_trials_through_two_nodes_at_once_has_one()
    {
        const int Times = 20;
        var store = new ServerStore();
        await using var clinic = await TriedClinic.Start(store: store);
        using var archive = store.OpenAnother(clinic.Clock);
        KeptTrials[] nodes = [clinic.Kept, clinic.On(archive)];
        for (var time = 0; time < Times; time++)
        {
            var trials = Enumerable.Range(0, 2).Select(n =>
            {
                clinic.Planned(name: $"meadow-{time}-{n}");
                return clinic.Now;
            }).ToArray();
            var person = clinic.Clinic.Somebody(Lowdose.Records.Clinic.Role.Person, $"Person {time}").Record!;
            var answers = await AllAtOnce(n => nodes[n % 2].Enrol(trials[n % 2], new(clinic.Dora.Id, clinic.Clock.Now, new("P1")), person));
            answers.Count(a => a is null).ShouldBe(1);
            store.Ask($"SELECT count(*) FROM trial_places WHERE record = '{person}'").ShouldBe("1");
        }
        output.WriteLine(new FaultCount("R21", "two nodes on one PostgreSQL give one person places in two trials at once", Times, Times, "times", "one place, in one trial").ToString());
    }

    private static Task<Refused?[]> AllAtOnce(Func<int, Refused?> act) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(n => Task.Run(() => act(n))));
}
