using Lowdose.Web.Courses;

namespace Lowdose.Acceptance.Web;

/// <summary>The memory of verdicts: bounded, and never emptied as a whole.</summary>
public sealed class RecentTests
{
    [Fact]
    public void Beyond_its_size_only_what_nobody_asked_for_the_longest_is_let_go()
    {
        var recent = new Recent<int, string>(3);
        foreach (var key in (int[])[1, 2, 3]) recent.Keep(key, $"{key}");
        recent.Knows(1, out var first).ShouldBeTrue();
        first.ShouldBe("1");
        recent.Keep(4, "4");
        recent.Knows(2, out _).ShouldBeFalse();
        ((int[])[1, 3, 4]).ShouldAllBe(key => recent.Knows(key, out first));
        recent.Keep(4, "four");
        recent.Count.ShouldBe(3);
        recent.Of(4, () => "again").ShouldBe("four");
        recent.Of(5, () => "5").ShouldBe("5");
        recent.Knows(1, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Many_at_once_get_one_and_the_same()
    {
        var (recent, made) = (new Recent<int, Lazy<object>>(64), 0);
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Enumerable.Range(0, 2_000).Select(n => (Key: n % 50, recent.Of(n % 50, () => new(() =>
        {
            Interlocked.Increment(ref made);
            return new();
        })).Value)).ToArray())));
        made.ShouldBe(50);
        all.SelectMany(a => a).GroupBy(a => a.Key).ShouldAllBe(same => same.Select(s => s.Value).Distinct().Count() == 1);
    }
}
