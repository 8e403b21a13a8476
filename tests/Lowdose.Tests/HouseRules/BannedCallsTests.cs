using System.Reflection;
using Lowdose.Quantities;
using Lowdose.Science.Inference;

namespace Lowdose.Tests.HouseRules;

/// <summary>The clock and the random stream are arguments; numbers and the domain know nothing of files, consoles or wires.</summary>
public sealed class BannedCallsTests
{
    private static readonly Dictionary<string, string[]> Banned = new()
    {
        ["System.DateTime"] = ["get_Now", "get_UtcNow", "get_Today"],
        ["System.DateTimeOffset"] = ["get_Now", "get_UtcNow"],
        ["System.TimeProvider"] = ["get_System"],
        ["NodaTime.SystemClock"] = [],
        ["System.Random"] = [],
        ["System.Guid"] = ["NewGuid", "CreateVersion7"],
        ["System.Environment"] = ["get_TickCount", "get_TickCount64", "GetEnvironmentVariable"],
        ["System.Console"] = [],
        ["System.IO.File"] = [],
        ["System.IO.FileInfo"] = [],
        ["System.IO.FileStream"] = [],
        ["System.IO.Directory"] = [],
        ["System.Net.Http.HttpClient"] = [],
    };

    [Fact]
    public void Science_reads_no_clock_no_file_and_no_ambient_randomness() =>
        Calls(typeof(Course).Assembly.GetTypes()).ShouldBeEmpty();

    [Fact]
    public void The_domain_reads_no_clock_no_file_and_no_ambient_randomness() =>
        Calls(typeof(Mass).Assembly.GetTypes()).ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_the_clock_a_random_number_and_a_new_identity() =>
        Calls([typeof(Ambient)]).ShouldBe(["BannedCallsTests calls System.DateTime.get_UtcNow", "BannedCallsTests calls System.Random..ctor", "BannedCallsTests calls System.Random.Next",
            "BannedCallsTests calls System.Guid.NewGuid", "BannedCallsTests calls System.IO.File.ReadAllText"], ignoreOrder: true);

    private static IEnumerable<string> Calls(IEnumerable<Type> types) =>
        from type in types
        from use in CompiledUses.Of(type)
        where use.Used is MethodBase or FieldInfo
        let owner = use.Used.DeclaringType!.FullName
        where owner is not null && Banned.TryGetValue(owner, out var members) && (members.Length == 0 || members.Contains(use.Used.Name))
        select $"{use.From.Name} calls {owner}.{use.Used.Name}";

    /// <summary>Breaks the rule on purpose.</summary>
    private static class Ambient
    {
#pragma warning disable CA5394 // the point is that the rule sees it
        public static string Everything() => $"{DateTime.UtcNow:o} {new Random(1).Next()} {Guid.NewGuid()} {File.ReadAllText("x")}";
#pragma warning restore CA5394
    }
}
