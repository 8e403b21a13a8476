using System.Collections.Concurrent;
using System.Text;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Records;
using Lowdose.Records.Clinic;
using Lowdose.Tests.Safety;
using Lowdose.Trials;
using NodaTime;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Trials;

/// <summary>R17: a <c>lowdose serve</c> killed in the middle of opening people has kept whatever it had begun to show.</summary>
[Trait("trust", "R17")]
public sealed class KilledOpeningTests(ITestOutputHelper output)
{
    private const int Clients = 4, RoundsAFolder = 10, Full = 100;

    [Fact]
    public Task What_was_shown_before_a_server_was_killed_is_on_the_record() => Killed(1);

    [Fact, Trait("speed", "slow")]
    public Task What_was_shown_before_a_server_was_killed_again_and_again_is_on_the_record() => Killed(FaultCount.RoundsOf(Full));

    private async Task Killed(int rounds)
    {
        var (shown, unshown, on) = (0, 0, "");
        for (var begun = 0; begun < rounds; begun += RoundsAFolder)
        {
            using var store = Store.Usual();
            on = store.On;
            var clinic = await TriedClinic.Start(people: Clients + 1, store: store);
            await clinic.Sealed();
            // From now on it is another program's, with this computer's clock.
            clinic.Clock.Now = SystemClock.Instance.GetCurrentInstant();
            var cookie = clinic.Clinic.Sessions.Begin(clinic.Dora, "A test", Way.Passkey);
            await clinic.Clinic.Leave();
            var seen = new ConcurrentDictionary<string, string>();
            for (var round = begun; round < Math.Min(rounds, begun + RoundsAFolder); round++)
            {
                await UntilKilled(store, clinic, cookie, 1 + (int)(round * 2_654_435_761L % 300), $"round {round}", seen);
                using var archive = store.Open(clinic.Clock);
                var trial = clinic.On(archive).Find(clinic.Id, clinic.Dora.Organisation)!.Trial;
                var kept = trial.Records.OfType<TrialRecord.Unblinded>().ToDictionary(u => u.Why, u => u.Subject);
                foreach (var (why, place) in seen) kept.GetValueOrDefault(why).ShouldBe(place, why);
                trial.IsUnblinded($"P{Clients + 1}").ShouldBeFalse();
                archive.Query(tables => tables.Set<AuditRow>().Count(row => row.Act == "code broken")).ShouldBe(kept.Count);
                unshown += round == Math.Min(rounds, begun + RoundsAFolder) - 1 ? kept.Count - seen.Count : 0;
            }
            shown += seen.Count;
        }
        shown.ShouldBeGreaterThan(rounds);
        output.WriteLine(new FaultCount("R17", "`lowdose serve` killed while four open one person each, again and again" + on, rounds, Full, "kills",
            FormattableString.Invariant($"{shown:N0} openings shown, wholly or in part, and all of them kept, in the trial and in the audit trail; {unshown:N0} kept whose answer was lost; the fifth person stayed sealed")).ToString());
    }

    private static async Task UntilKilled(Store store, TriedClinic clinic, string cookie, int milliseconds, string round, ConcurrentDictionary<string, string> seen)
    {
        using var server = Served.StartClinic(store.Folder.Path, store.Connection);
        var first = Enumerable.Range(0, Clients).Select(_ => new TaskCompletionSource()).ToArray();
        var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(server.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)) };
            http.DefaultRequestHeaders.Add("Cookie", $"{OwnClinic.Cookie}={cookie}");
            for (var n = 0; ; n++)
            {
                var (place, why) = ($"P{client + 1}", $"{round}, {client}, {n}");
                var text = await Answered(http, clinic, place, why);
                if (text.Contains("What " + place + " has", StringComparison.Ordinal)) seen[why] = place;
                first[client].TrySetResult();
                if (!text.TrimEnd().EndsWith("</html>", StringComparison.Ordinal)) break;
            }
        })).ToArray();
        await Task.WhenAll(first.Select(f => f.Task)).WaitAsync(TimeSpan.FromSeconds(60));
        await Task.Delay(milliseconds);
        server.Kill();
        await Task.WhenAll(clients);
    }

    /// <summary>As much of the answer as came.</summary>
    private static async Task<string> Answered(HttpClient http, TriedClinic clinic, string place, string why)
    {
        var text = new StringBuilder();
        try
        {
            using var form = new FormUrlEncodedContent([new("place", place), new("second", clinic.Fia.Id), new("why", why)]);
            using var post = new HttpRequestMessage(HttpMethod.Post, $"/trials/{clinic.Id}/emergency") { Content = form };
            using var answer = await http.SendAsync(post, HttpCompletionOption.ResponseHeadersRead);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
            var some = new char[256];
            for (int read; (read = await reader.ReadAsync(some)) > 0;) text.Append(some, 0, read);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Killed.
        }
        return text.ToString();
    }
}
