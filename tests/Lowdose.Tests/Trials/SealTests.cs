using System.Reflection;
using System.Text.Json;
using Lowdose.Dosing;
using Lowdose.Tests.HouseRules;
using Lowdose.Trials;
using YamlDotNet.Serialization;

namespace Lowdose.Tests.Trials;

public class A_sealed_allocation
{
    private static Allocation Sealed(int seed) => Some.Sealed(Some.Built("trial-pairs"), seed, new TrialSubject("me")).Allocation;

    [Fact]
    public void Prints_nothing_but_that_it_is_sealed()
    {
        $"{Sealed(1)}".ShouldBe("sealed allocation");
        string.Join(' ', typeof(Allocation).GetProperties().Select(p => p.Name)).ShouldBe("Commitment");
    }

    [Fact]
    public void Is_refused_by_serialisers()
    {
        Should.Throw<NotSupportedException>(() => JsonSerializer.Serialize(Sealed(1)));
        Should.Throw<NotSupportedException>(() => JsonSerializer.Serialize(new { Inner = Sealed(1) }));
        Should.Throw<NotSupportedException>(() => JsonSerializer.Serialize<object>(Sealed(1)));
        Should.Throw<NotSupportedException>(() => JsonSerializer.Deserialize<Allocation>("{}"));
        Should.Throw<Exception>(() => new SerializerBuilder().Build().Serialize(Sealed(1))).ToString().ShouldContain("never written");
    }

    [Fact]
    public void Is_equal_to_itself_only() => Sealed(1).Equals((object)Sealed(1)).ShouldBeFalse();

    [Fact]
    public void Is_opened_in_four_places_and_no_other()
    {
        var opener = typeof(Allocation).GetMethod("Opened", BindingFlags.NonPublic | BindingFlags.Instance)!;
        // Other assemblies cannot call it at all: it is internal.
        var users = typeof(Allocation).Assembly.GetTypes().SelectMany(CompiledUses.Of).Where(u => u.Used is MethodBase m && m == opener).Select(u => u.From.Name);
        users.Distinct().Order(StringComparer.Ordinal).ShouldBe(["PharmacySheet", "Reveal", "SealedAllocation", "Unblinding"]);
    }

    [Fact]
    public void Leaves_no_arm_in_any_type_a_blinded_person_reads()
    {
        // From a trial, its records, its periods and its kits no path of public members leads to an arm.
        Type[] arms = [typeof(Opening), typeof(OpenedPeriod), typeof(PharmacySheet), typeof(SheetLine), typeof(Allocation), typeof(SealedAllocation)];
        var seen = new HashSet<Type>();
        foreach (var type in typeof(TrialRecord).GetNestedTypes().Append(typeof(Trial)).Append(typeof(KitList)).Append(typeof(Commitment)).Append(typeof(LegalSequences))) Walk(type);
        seen.ShouldContain(typeof(Kit));
        seen.Intersect(arms).ShouldBeEmpty();

        void Walk(Type type)
        {
            foreach (var inner in type.GetGenericArguments()) Walk(inner);
            if (type.Assembly != typeof(Trial).Assembly || !seen.Add(type)) return;
            foreach (var property in type.GetProperties()) Walk(property.PropertyType);
        }
    }

    [Fact]
    public void Opens_with_its_key_only_and_with_no_bit_changed()
    {
        var allocation = Sealed(5);
        var closed = SealedAllocation.Of(allocation, Some.Bytes(9), Some.Bytes(1).AsSpan(0, 12));
        closed.Open(Some.Bytes(9), out var again).ShouldBeNull();
        again!.Commitment.ShouldBe(allocation.Commitment);
        closed.Open(Some.Bytes(8), out var none)!.What.ShouldContain("the key is another");
        none.ShouldBeNull();
        foreach (var at in new[] { 0, 100, closed.Closed.Count - 1 })
        {
            byte[] bytes = [.. closed.Closed];
            bytes[at] ^= 1;
            (closed with { Closed = bytes }).Open(Some.Bytes(9), out _).ShouldNotBeNull();
        }
        (closed with { Commitment = new("other", closed.Commitment.Hash) }).Open(Some.Bytes(9), out _).ShouldNotBeNull();
        (closed with { Closed = [] }).Open(Some.Bytes(9), out _)!.What.ShouldContain("damaged");
    }

    [Fact]
    public void Has_the_same_length_whichever_arms_it_holds() =>
        Enumerable.Range(0, 20).Select(s => SealedAllocation.Of(Some.Sealed(Some.Built("trial-parallel"), s, Some.People(7)).Allocation, Some.Bytes(9), Some.Bytes(s).AsSpan(0, 12)).Closed.Count).Distinct().Count().ShouldBe(1);
}

public class Unblinding_one_person
{
    private static readonly TrialRecord.Unblinded Emergency = new("Dr Bo", Some.Noon, "S2", "Dr Cy", "an operation today");

    [Fact]
    public void Is_kept_before_anything_is_shown_and_shows_nobody_else()
    {
        var (trial, allocation) = Some.Sealed(Some.Built("trial-crossover"), 1, Some.People(4));
        Trial? kept = null;
        Unblinding.Open(trial, allocation, Emergency, (record, next) => { record.ShouldBe(Emergency); kept = next; return null; }, out var arms).ShouldBeNull();
        arms!.Select(a => (a.Subject, a.Period)).ShouldBe([("S2", 1), ("S2", 2)]);
        (kept!.IsUnblinded("S2"), kept.IsUnblinded("S1")).ShouldBe((true, false));
    }

    [Fact]
    public void Shows_nothing_where_the_record_is_not_kept()
    {
        var (trial, allocation) = Some.Sealed(Some.Built("trial-crossover"), 1, Some.People(4));
        Unblinding.Open(trial, allocation, Emergency, (_, _) => new Refused("the disk is full", "make room"), out var arms)!.What.ShouldBe("the disk is full");
        arms.ShouldBeNull();
        Should.Throw<IOException>(() => Unblinding.Open(trial, allocation, Emergency, (_, _) => throw new IOException(), out arms));
        arms.ShouldBeNull();
    }

    [Theory]
    [InlineData("", "Dr Cy", "S2", "no reason")]
    [InlineData("pain", " ", "S2", "no second person")]
    [InlineData("pain", "dr bo", "S2", "the same as the first")]
    [InlineData("pain", "Dr Cy", "S9", "not in the trial")]
    public void Needs_a_reason_a_second_person_and_one_subject(string why, string second, string subject, string what)
    {
        var (trial, allocation) = Some.Sealed(Some.Built("trial-crossover"), 1, Some.People(4));
        Unblinding.Open(trial, allocation, Emergency with { Why = why, SecondPerson = second, Subject = subject }, (_, _) => throw new InvalidOperationException("kept"), out var arms)!.What.ShouldContain(what);
        arms.ShouldBeNull();
    }

    [Fact]
    public void Does_not_open_another_trials_allocation()
    {
        var (trial, _) = Some.Sealed(Some.Built("trial-crossover"), 1, Some.People(4));
        var (_, other) = Some.Sealed(Some.Built("trial-crossover"), 2, Some.People(4));
        Unblinding.Open(trial, other, Emergency, (_, _) => null, out _)!.What.ShouldContain("another trial");
    }
}
