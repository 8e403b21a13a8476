using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lowdose.Diary;
using Lowdose.Records;
using NodaTime;

namespace Lowdose.Acceptance.Day;

/// <summary>R5 from end to end: what <c>POST /writes</c> answers, and that no order of arrival matters.</summary>
public sealed class DeliveryTests
{
    private const int Seeds = 20, WritesADelivery = 120, LongestDelivery = 4000;

    [Fact]
    public async Task Any_order_repetition_and_loss_of_answers_ends_in_the_state_of_one_clean_sending()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var random = new Random(seed);
            var writes = Queue(random);
            var clean = new DiaryLog();
            foreach (var write in writes) clean.Append(write).ShouldBeOfType<Appended.Accepted>();
            await using var diary = await OwnDiary.Start(primary: null);
            await Deliver(diary, writes, random);
            diary.State.ShouldBe(clean.WrittenSubjects.Order(StringComparer.Ordinal).SelectMany(s => clean.Now(s).Select(f => $"{s} {f.Key} = {f.Value.Value}")), $"seed {seed}");
            diary.DayWrites.Count.ShouldBe(writes.Count, $"seed {seed}");
            diary.DayWrites.ShouldAllBe(w => !w.IsConflict, $"seed {seed}");
        }
    }

    [Fact]
    public async Task Every_answer_has_its_status()
    {
        await using var diary = await OwnDiary.Start();
        using var http = new HttpClient();
        var (id, other, subject) = (Guid.NewGuid(), Guid.NewGuid(), Subjects.Day(OwnDiary.Today));
        async Task<(int, JsonNode)> Post(object body)
        {
            using var answer = await http.PostAsJsonAsync(new Uri(diary.Address + "/writes"), body);
            return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
        }
        object Write(Guid write, Guid? @base, string pain) => new { id = write, subject, @base, changes = new { pain }, writtenAt = "2026-12-01T20:00:00.123Z", zone = "Europe/Berlin" };

        var (status, said) = await Post(Write(id, null, "5"));
        (status, (string?)said["state"], (string?)said["head"]).ShouldBe((200, "accepted", id.ToString()));
        (status, said) = await Post(Write(id, null, "5"));
        (status, (string?)said["state"]).ShouldBe((200, "replayed"));
        (status, said) = await Post(Write(id, null, "6"));
        (status, (string?)said["state"]).ShouldBe((409, "other-content"));
        (status, said) = await Post(Write(other, Guid.NewGuid(), "6"));
        (status, (string?)said["state"]).ShouldBe((425, "base-unknown"));
        (status, said) = await Post(Write(other, null, "6"));
        (status, (string?)said["state"], (string?)said["ours"]!["pain"], (string?)said["theirs"]!["pain"]).ShouldBe((409, "conflict", "6", "5"));
        (status, said) = await Post(Write(Guid.NewGuid(), id, "11"));
        (status, (string?)said["do"]).ShouldBe((422, "write a whole number from 0 to 10"));
        (status, said) = await Post(new object[] { Write(id, null, "5"), 3, Write(Guid.NewGuid(), null, "7") });
        status.ShouldBe(200);
        said.AsArray().Select(a => (int)a!["status"]!).ShouldBe([200, 422, 409]);
    }

    [Fact]
    public async Task A_day_that_has_not_come_is_refused_with_what_to_do_and_tomorrow_is_not()
    {
        await using var diary = await OwnDiary.Start(dose: "taken 1 mg");
        using var http = new HttpClient();
        async Task<(int, JsonNode)> Post(int daysAhead)
        {
            using var answer = await http.PostAsJsonAsync(new Uri(diary.Address + "/writes"),
                new { id = Guid.NewGuid(), subject = Subjects.Day(OwnDiary.Today.PlusDays(daysAhead)), @base = (Guid?)null, changes = new { pain = "5" }, writtenAt = "2026-12-01T20:00:00.123Z", zone = "UTC" });
            return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
        }
        (await Post(1)).Item1.ShouldBe(200, "a phone further east is a day ahead");
        foreach (var ahead in (int[])[2, 30, 20_000])
        {
            var (status, said) = await Post(ahead);
            status.ShouldBe(422);
            ((string?)said["what"])!.ShouldContain("has not come yet");
            ((string?)said["do"])!.ShouldContain("clock");
        }
        using var form = await http.PostAsync(new Uri($"{diary.Address}/day/{Phone.Iso(OwnDiary.Today.PlusDays(2))}"), new FormUrlEncodedContent([new("pain", "5")]));
        ((int)form.StatusCode).ShouldBe(404);
        diary.DayWrites.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_kept_is_answered_as_before_though_the_clock_of_the_computer_was_put_back()
    {
        var clock = new Reminders.SetClock(SystemClock.Instance.GetCurrentInstant());
        await using var diary = await OwnDiary.Start(clock: clock);
        using var http = new HttpClient();
        var write = new { id = Guid.NewGuid(), subject = Subjects.Day(OwnDiary.Today), @base = (Guid?)null, changes = new { pain = "5" }, writtenAt = "2026-12-01T20:00:00.123Z", zone = "UTC" };
        (await http.PostAsJsonAsync(new Uri(diary.Address + "/writes"), write)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        clock.Now -= Duration.FromDays(400);
        (await http.PostAsJsonAsync(new Uri(diary.Address + "/writes"), write)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await http.PostAsJsonAsync(new Uri(diary.Address + "/writes"), write with { id = Guid.NewGuid() })).StatusCode.ShouldBe(System.Net.HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("", 422), InlineData("{", 422), InlineData("3", 422), InlineData("{}", 422), InlineData("[]", 200), InlineData("[[[[[[[[[[]]]]]]]]]]", 422), InlineData("{\"id\":7}", 422)]
    [InlineData("""{"id":"01900000-0000-7000-8000-000000000001","subject":"day/2026-11-01","changes":{"note":"half \ud83d"},"writtenAt":"2026-11-01T20:00:00Z","zone":"UTC"}""", 422)]
    [InlineData("""{"id":"01900000-0000-7000-8000-000000000001","subject":"day/2026-11-01","changes":{"\ud83d":"x"},"writtenAt":"2026-11-01T20:00:00Z","zone":"UTC"}""", 422)]
    [InlineData("""{"id":"01900000-0000-7000-8000-000000000001","subject":"\ud83d","changes":{"note":"x"},"writtenAt":"2026-11-01T20:00:00Z","zone":"UTC"}""", 422)]
    public async Task What_is_no_write_is_said_and_never_a_defect(string body, int status)
    {
        await using var diary = await OwnDiary.Start();
        using var http = new HttpClient();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(diary.Address + "/writes"), content);
        ((int)answer.StatusCode).ShouldBe(status);
        diary.DayWrites.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_from_elsewhere_cannot_write()
    {
        await using var diary = await OwnDiary.Start();
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("pain", "3")]);
        ((int)(await http.PostAsync(new Uri(diary.Address + "/writes"), form)).StatusCode).ShouldBe(415);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, diary.Address + "/writes") { Content = JsonContent.Create(new[] { 1 }) };
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        ((int)(await http.SendAsync(foreign)).StatusCode).ShouldBe(403);
    }

    // A device's queue: each write builds on the device's last one about the same day.
    private static List<DiaryWrite> Queue(Random random)
    {
        var last = new Dictionary<string, Guid>();
        var writes = new List<DiaryWrite>();
        for (var n = 0; n < WritesADelivery; n++)
        {
            var subject = Subjects.Day(new LocalDate(2026, 11, 1).PlusDays(random.Next(6)));
            var id = Bytes(random);
            var value = random.Next(5) == 0 ? null : random.Next(11).ToString(System.Globalization.CultureInfo.InvariantCulture);
            writes.Add(new(id, subject, last.TryGetValue(subject, out var @base) ? @base : null, [new(DayFields.Scores[random.Next(DayFields.Scores.Count)], value)],
                Instant.FromUnixTimeSeconds(1_790_000_000 + n), "Europe/Berlin", Archive.Me));
            last[subject] = id;
        }
        return writes;
    }

    private static Guid Bytes(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }

    private static async Task Deliver(OwnDiary diary, List<DiaryWrite> writes, Random random)
    {
        using var http = new HttpClient();
        var waiting = new List<DiaryWrite>(writes);
        for (var sent = 0; waiting.Count > 0; sent++)
        {
            sent.ShouldBeLessThan(LongestDelivery);
            // Any of them, in any order, some twice.
            var batch = waiting.OrderBy(_ => random.Next()).Take(1 + random.Next(40)).SelectMany(w => Enumerable.Repeat(w, random.Next(4) == 0 ? 2 : 1)).ToList();
            using var answer = await http.PostAsJsonAsync(new Uri(diary.Address + "/writes"), batch.Select(w => new
            {
                id = w.Id, subject = w.Subject, @base = w.Base, changes = w.Changes.ToDictionary(c => c.Field, c => c.Value), writtenAt = w.WrittenAt.ToString(), zone = w.Zone,
            }));
            var answers = (await answer.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().Select(a => a.GetProperty("status").GetInt32()).ToArray();
            answers.ShouldAllBe(status => status == 200 || status == 425);
            // The answer is lost on its way back: the device knows nothing and sends again.
            if (random.Next(3) == 0) continue;
            for (var i = 0; i < batch.Count; i++)
                if (answers[i] == 200) waiting.Remove(batch[i]);
        }
    }
}
