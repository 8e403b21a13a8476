using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Records;

namespace Lowdose.Acceptance.Load;

/// <summary>Many people write and look at a server, each request at its own time whether or not earlier ones have been answered.</summary>
/// <param name="address">The server's.</param>
/// <param name="faces">Who; everybody is as likely as anybody else.</param>
/// <param name="writesASecond">Each about today, eight scores.</param>
/// <param name="readsASecond">Nearly half of them the page of today, nearly half that of an earlier day, a few the page of the account, one in fifty the whole course with its verdict.</param>
internal sealed class Evening(string address, Face[] faces, int writesASecond, int readsASecond) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 64 }) { BaseAddress = new(address), Timeout = TimeSpan.FromSeconds(60) };
    private const string Course = "/course";
    private const int Enough = 64;
    private int refused;

    public Latencies Writes { get; private set; } = new();

    public Latencies Reads { get; private set; } = new();

    /// <summary>Of the whole course with its verdict, which is worked out anew after every write.</summary>
    public Latencies Courses { get; private set; } = new();

    /// <summary>What was answered otherwise than hoped for, and how often.</summary>
    public ConcurrentDictionary<string, int> Errors { get; } = new();

    /// <summary>The writes the server answered for.</summary>
    public ConcurrentBag<Guid> Acknowledged { get; } = [];

    /// <summary>Answers that said to come back: a write is then sent again until it is kept.</summary>
    public int Refused => refused;

    /// <summary>From now on times are counted anew.</summary>
    public void Forget() => (Writes, Reads, Courses) = (new(), new(), new());

    /// <summary>Runs it.</summary>
    /// <param name="time">How long.</param>
    /// <param name="seed">Who comes when.</param>
    public Task Run(TimeSpan time, int seed) => Task.Factory.StartNew(() => Ask(time, seed), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    // In a thread of its own.
    private async Task Ask(TimeSpan time, int seed)
    {
        // With no more threads than cores, some of which the test's own host keeps, answers were seen to lie there unread for most of a second.
        ThreadPool.SetMinThreads(Enough, Enough);
        var (clock, random, running) = (Stopwatch.StartNew(), new Random(seed), new List<Task>());
        var (apart, next, most) = (TimeSpan.FromSeconds(1.0 / (writesASecond + readsASecond)), TimeSpan.Zero, 1_000);
        while (next < time)
        {
            // Not Task.Delay: whoever asks is not to wait for those who read answers.
            if (next - clock.Elapsed is { Ticks: > 0 } early) Thread.Sleep(early);
            for (; next <= clock.Elapsed && next < time; next += apart)
            {
                var (face, due) = (faces[random.Next(faces.Length)], next);
                if (random.Next(writesASecond + readsASecond) >= writesASecond) running.Add(Read(face, Pages(random), clock, due));
                else
                {
                    while (face.Writing) face = faces[random.Next(faces.Length)];
                    running.Add(Write(face, clock, due));
                }
            }
            // Now and then: with thousands that wait, looking at all of them would take the time of those who are to answer.
            if (running.Count > most)
            {
                running.RemoveAll(r => r.IsCompletedSuccessfully);
                most = (2 * running.Count) + 1_000;
            }
        }
        await Task.WhenAll(running);
    }

    private static string Pages(Random random) => random.Next(50) switch
    {
        0 => Course,
        < 24 => "/today",
        < 46 => "/day/" + NodaTime.Text.LocalDatePattern.Iso.Format(Crowd.DaysAgo(random.Next(1, 20))),
        _ => "/account",
    };

    private async Task Write(Face face, Stopwatch clock, TimeSpan due)
    {
        var write = Crowd.Written(Crowd.DaysAgo(0), (int)due.TotalMilliseconds % 11, face.Last, Crowd.Settled);
        for (face.Writing = true; ; )
        {
            var status = await Status(() => new(HttpMethod.Post, "/writes") { Content = Served.Content(write) }, face);
            if (status == HttpStatusCode.OK)
            {
                Writes.Add(clock.Elapsed - due);
                Acknowledged.Add(write.Id);
                (face.Last, face.Writing) = (write.Id, false);
                return;
            }
            if (status is not (null or HttpStatusCode.ServiceUnavailable))
            {
                Errors.AddOrUpdate("a write: " + status, 1, (_, n) => n + 1);
                face.Writing = false;
                return;
            }
            Interlocked.Increment(ref refused);
            await Task.Delay(200);
        }
    }

    private async Task Read(Face face, string page, Stopwatch clock, TimeSpan due)
    {
        var status = await Status(() => new(HttpMethod.Get, page), face);
        if (status == HttpStatusCode.OK) (page == Course ? Courses : Reads).Add(clock.Elapsed - due);
        else if (status is null or HttpStatusCode.ServiceUnavailable) Interlocked.Increment(ref refused);
        else Errors.AddOrUpdate(page + ": " + status, 1, (_, n) => n + 1);
    }

    private async Task<HttpStatusCode?> Status(Func<HttpRequestMessage> request, Face face)
    {
        try
        {
            using var asked = request();
            asked.Headers.Add("Cookie", $"{OwnClinic.Cookie}={face.Session}");
            using var answer = await http.SendAsync(asked);
            await answer.Content.ReadAsByteArrayAsync();
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (TaskCanceledException)
        {
            // A minute without an answer.
            return HttpStatusCode.RequestTimeout;
        }
    }

    public void Dispose() => http.Dispose();
}
