using System.Reflection;
using Lowdose.Quantities;
using Lowdose.Science.Inference;

namespace Lowdose.Tests.HouseRules;

/// <summary>What sits lower never asks upward; held in compiled signatures and calls, not in <c>using</c> lines.</summary>
public sealed class StaircaseTests
{
    private static readonly Dictionary<string, string[]> Workshop = new()
    {
        ["Numerics"] = [],
        ["Inference"] = ["Numerics"],
        ["Pharmacology"] = ["Numerics"],
    };

    private static readonly Dictionary<string, string[]> House = new()
    {
        ["Quantities"] = [],
        ["Evidence"] = ["Quantities"],
        ["Dosing"] = ["Quantities", "Evidence"],
        ["Diary"] = ["Quantities", "Evidence", "Dosing"],
        ["Safety"] = ["Quantities", "Evidence", "Dosing", "Diary"],
        ["Trials"] = ["Quantities", "Evidence", "Dosing", "Diary", "Safety"],
    };

    /// <summary>The verbs of Science each room may call.</summary>
    private static readonly Dictionary<string, string[]> Verbs = new()
    {
        ["Quantities"] = [],
        ["Evidence"] = ["Synthesise"],
        ["Dosing"] = ["Simulate"],
        ["Diary"] = ["Judge", "Pool", "Compare", "Power"],
        ["Safety"] = ["Simulate"],
        ["Trials"] = ["Judge", "Pool", "Compare", "Power", "Simulate"],
    };

    private static Type[] Science => typeof(Course).Assembly.GetTypes();

    [Fact]
    public void Inference_and_Pharmacology_use_Numerics_and_never_each_other() =>
        Upward(Science, "Lowdose.Science", Workshop).ShouldBeEmpty();

    [Fact]
    public void The_rooms_of_the_house_form_one_staircase() =>
        Upward(typeof(Mass).Assembly.GetTypes(), "Lowdose", House).ShouldBeEmpty();

    [Fact]
    public void The_house_calls_Science_through_its_verbs() =>
        SideDoors(typeof(Mass).Assembly.GetTypes(), "Lowdose", "Lowdose.Science").ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_a_call_a_local_and_a_field_that_ask_upward()
    {
        var found = Upward(SyntheticTypes(), SyntheticRoot, Workshop).ToArray();
        found.ShouldContain("Inference.AsksInACall uses Pharmacology.Clearance");
        found.ShouldContain("Inference.AsksInAField uses Pharmacology.Clearance");
        found.ShouldContain("Inference.AsksInALambda uses Pharmacology.Clearance");
        found.ShouldContain("Numerics.AsksInASignature uses Inference.AsksInACall");
        found.ShouldNotContain(line => line.StartsWith("Pharmacology.Clearance", StringComparison.Ordinal));
    }

    [Fact]
    public void The_rule_sees_a_type_outside_every_room() =>
        Upward(SyntheticTypes(), SyntheticRoot, Workshop).ShouldContain("Attic.Forgotten is in no room");

    [Fact]
    public void The_rule_sees_a_call_that_is_not_to_a_verb() =>
        SideDoors(SyntheticTypes(), SyntheticRoot + ".House", SyntheticRoot).ShouldBe(["Diary.EntersByTheWindow calls Numerics.Digits.Sum"]);

    private const string SyntheticRoot = "Lowdose.Tests.HouseRules.Synthetic";

    private static IEnumerable<Type> SyntheticTypes() => Assembly.GetExecutingAssembly().GetTypes()
        .Where(t => t.Namespace?.StartsWith(SyntheticRoot, StringComparison.Ordinal) == true);

    /// <summary>Every use, within <paramref name="root"/>, of a room that the staircase does not allow.</summary>
    private static IEnumerable<string> Upward(IEnumerable<Type> types, string root, Dictionary<string, string[]> allowed)
    {
        foreach (var use in types.Where(t => Room(t, root) is not null).SelectMany(CompiledUses.Of).Select(u => (u.From, To: u.Used as Type)).Distinct())
        {
            var from = Room(use.From, root)!;
            if (!allowed.TryGetValue(from, out var lower))
            {
                if (from != "House") yield return $"{Name(use.From, root)} is in no room";
            }
            else if (use.To is not null && use.To.Assembly == use.From.Assembly && Room(use.To, root) is { } to && to != from && !lower.Contains(to))
                yield return $"{Name(use.From, root)} uses {Name(CompiledUses.Outermost(use.To), root)}";
        }
    }

    /// <summary>Calls from a room of the house to a static class of Science that is not one of the room's verbs.</summary>
    private static IEnumerable<string> SideDoors(IEnumerable<Type> types, string house, string science) =>
        from type in types
        where Room(type, house) is { } room && Verbs.ContainsKey(room)
        from use in CompiledUses.Of(type)
        where use.Used is MethodBase
        let target = CompiledUses.Outermost(use.Used.DeclaringType!)
        where target is { IsAbstract: true, IsSealed: true } && Room(target, science) is not null && Room(target, house) is null
        where !Verbs[Room(type, house)!].Contains(target.Name)
        select $"{Name(use.From, house)} calls {Name(target, science)}.{use.Used.Name}";

    /// <summary>The first folder below the root namespace; null outside it.</summary>
    private static string? Room(Type type, string root) =>
        CompiledUses.Outermost(type).Namespace is { } place && (place + ".").StartsWith(root + ".", StringComparison.Ordinal)
            ? place.Length == root.Length ? "" : place[(root.Length + 1)..].Split('.')[0]
            : null;

    private static string Name(Type type, string root) => type.FullName![(root.Length + 1)..];
}
