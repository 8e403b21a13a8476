using System.Diagnostics;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Day;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Trials;

/// <summary>R14, R15: the same trial with the arms swapped looks the same to everybody who must not know, to the byte, and takes as long.</summary>
[Collection(nameof(Bedside))]
public sealed class TwinTests(ITestOutputHelper output)
{
    private const int Full = 200, FewCalls = 40, AllCalls = 20_000;

    [Fact, Trait("trust", "R14")]
    public Task A_trial_with_its_arms_swapped_is_answered_the_same_to_the_byte() => Swapped(1);

    [Fact, Trait("trust", "R14"), Trait("speed", "slow")]
    public Task Two_hundred_trials_with_their_arms_swapped_are_answered_the_same_to_the_byte() => Swapped(FaultCount.RoundsOf(Full));

    [Fact, Trait("trust", "R14")]
    public async Task What_tells_an_arm_is_found_wherever_it_is_planted()
    {
        await using var grounds = await Grounds.Start();
        var script = Script.Of(1);
        var (one, other) = script.Mirrored(1);
        var found = Differing(await Lived.Through(grounds, script, one, Leak.All), await Lived.Through(grounds, script, other));
        string[] places = ["log: ", "table organisations: ", "table writes: ", "reminders at ", "closed: Person 1 GET /settings/reminders/calendar: ", "closed: Person 1 GET /course/report.pdf: ", "closed: prescriber GET /for/Person 1/course: ", "closed: researcher GET /studies/TRIAL/days: ", "Person 1 POST /settings/export: "];
        foreach (var place in places) found.ShouldContain(f => f.StartsWith(place, StringComparison.Ordinal), place);
    }

    [Fact, Trait("trust", "R15")]
    public Task Answers_of_both_arms_have_the_same_size() => Timed(FewCalls, sizesOnly: true);

    [Fact, Trait("trust", "R15"), Trait("speed", "slow")]
    public Task Answers_of_both_arms_take_as_long() => Timed(FaultCount.RoundsOf(AllCalls), sizesOnly: false);

    private async Task Swapped(int trials)
    {
        await using var grounds = await Grounds.Start();
        var answers = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            var script = Script.Of(trial);
            var (one, other) = script.Mirrored(trial);
            var (first, second) = (await Lived.Through(grounds, script, one), await Lived.Through(grounds, script, other));
            Differing(first, second).ShouldBeEmpty($"trial {trial}");
            second.Sizes.ShouldBe(first.Sizes);
            answers += first.Answers.Count;
        }
        var on = grounds.Site.Archive.IsOnServer ? ", on PostgreSQL" : "";
        output.WriteLine(new FaultCount("R14", "a trial is lived through twice, arms swapped" + on, trials, Full, "trials", FormattableString.Invariant($"{answers:N0} answers, files, calendars, reminders, tables and logs are the same to the byte; a planted leak is found")).ToString());
    }

    private static List<string> Differing(Lived one, Lived other)
    {
        one.Answers.Select(a => a.What).ShouldBe(other.Answers.Select(a => a.What));
        return [.. one.Answers.Zip(other.Answers).Where(p => p.First.Answer != p.Second.Answer).Select(p => $"{p.First.What}: {First(p.First.Answer, p.Second.Answer)}")];
    }

    private static string First(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(p => p.First == p.Second).Count();
        return $"\"{Around(one, at)}\" and \"{Around(other, at)}\"";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 40)];

    // Two clinics whose trials are mirrored, asked in a random order, so that whatever slows the computer slows both.
    private async Task Timed(int calls, bool sizesOnly)
    {
        var (one, other) = new Script("trial-pairs", 1, 2, Script.Turn.Usual).Mirrored(11);
        await using var first = await TriedClinic.Start(secrets: TriedClinic.Secrets(one));
        await using var second = await TriedClinic.Start(secrets: TriedClinic.Secrets(other));
        foreach (var clinic in (TriedClinic[])[first, second])
        {
            await clinic.Sealed(21, 2);
            clinic.Begins();
        }
        var random = new Random(15);
        foreach (var (name, ask) in Endpoints())
        {
            using var to = ask(first);
            using var toOther = ask(second);
            var times = (One: new List<double>(calls), Other: new List<double>(calls));
            var sizes = new HashSet<int>();
            for (var call = 0; call < 2 * calls; call++)
            {
                var isFirst = random.Next(2) == 0;
                var began = Stopwatch.GetTimestamp();
                using var answer = await (isFirst ? to : toOther).Get(Path(name, isFirst ? first : second));
                var body = await answer.Content.ReadAsByteArrayAsync();
                (isFirst ? times.One : times.Other).Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
                sizes.Add(body.Length);
            }
            sizes.Count.ShouldBe(1, name);
            if (sizesOnly) continue;
            var t = Welch(Cropped(times.One, times.Other), Cropped(times.Other, times.One));
            output.WriteLine($"R15 {name}: Welch t {t:0.00} over {times.One.Count} and {times.Other.Count} calls");
            Math.Abs(t).ShouldBeLessThan(4.5, name);
        }
        output.WriteLine(new FaultCount("R15", "both arms are asked for in turn, by chance", calls, AllCalls, "calls an arm and address", sizesOnly ? "sizes are the same" : "sizes are the same, and Welch's t is below 4.5").ToString());
    }

    private static IEnumerable<(string Name, Func<TriedClinic, HttpClient> Ask)> Endpoints() =>
        [("/my-trial", c => c.Clinic.Visitor(c.People[0])), ("/trials/ID", c => c.Clinic.Visitor(c.Dora)), ("/trials/ID/emergency", c => c.Clinic.Visitor(c.Dora)), ("/studies/ID/days", c => c.Clinic.Visitor(c.Rosa))];

    private static string Path(string name, TriedClinic clinic) => name.Replace("ID", clinic.Id, StringComparison.Ordinal);

    // The slowest tenth of both together is the computer's doing; dudect crops it as well.
    private static double[] Cropped(List<double> own, List<double> other)
    {
        var limit = own.Concat(other).Order().ElementAt((own.Count + other.Count) * 9 / 10);
        return [.. own.Where(time => time < limit)];
    }

    private static double Welch(double[] one, double[] other)
    {
        static double Variance(double[] x) => x.Average() is var mean ? x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1) : 0;
        return (one.Average() - other.Average()) / Math.Sqrt((Variance(one) / one.Length) + (Variance(other) / other.Length));
    }
}
