using Lowdose.Acceptance.Records;
using Lowdose.Acceptance.Web;
using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Web;
using Lowdose.Web.Pairing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using NodaTime;

namespace Lowdose.Acceptance.Day;

/// <summary>The browser of the diary's tests.</summary>
public sealed class Bedside : IAsyncLifetime
{
    private IPlaywright? playwright;

    public IBrowser Browser { get; private set; } = null!;

    public IBrowserType Chromium => playwright!.Chromium;

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(new() { ExecutablePath = FrontDoor.Chromium, Args = FrontDoor.ChromiumArguments });
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright?.Dispose();
    }
}

[CollectionDefinition(nameof(Bedside))]
public sealed class OneBedside : ICollectionFixture<Bedside>;

/// <summary>One person's Lowdose with a folder of its own, on a port that stays the same when it is stopped and started again.</summary>
internal sealed class OwnDiary : IAsyncDisposable
{
    private Store store = null!;
    private NodaTime.IClock clock = SystemClock.Instance;
    private WebApplication? app;

    /// <summary>Where it is, without a slash at the end.</summary>
    public string Address { get; private set; } = "http://127.0.0.1:0";

    public Archive Archive { get; private set; } = null!;

    public static LocalDate Today => SystemClock.Instance.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb.GetSystemDefault()).Date;

    /// <summary>Runs it; the course is about pain unless another is named, or none.</summary>
    public static async Task<OwnDiary> Start(string? primary = "pain", string? dose = null, NodaTime.IClock? clock = null, Store? store = null)
    {
        var diary = new OwnDiary { clock = clock ?? SystemClock.Instance, store = store ?? Store.Usual() };
        await diary.Run();
        if (primary is not null) diary.Write(Subjects.Course, (CourseFields.Primary, primary));
        if (dose is not null) diary.Write(Subjects.Day(Today.PlusDays(-20)), (DayFields.Dose, dose));
        return diary;
    }

    /// <summary>Starts it, again too.</summary>
    public async Task Run()
    {
        Archive = store.Open(clock);
        app = Site.Build(Listening.At(new Uri(Address)), Archive, clock);
        await app.StartAsync();
        Address = app.Urls.Single(u => u.StartsWith("http://127.", StringComparison.Ordinal));
    }

    /// <summary>Stops it; what is kept stays.</summary>
    public async Task Stop()
    {
        if (app is null) return;
        await app.StopAsync();
        await app.DisposeAsync();
        Archive.Dispose();
        app = null;
    }

    /// <summary>A write by somebody else.</summary>
    public void Write(string subject, params (string Field, string? Value)[] changes) =>
        Archive.Append(new DiaryWrite(Guid.NewGuid(), subject, Archive.Read(log => log.Head(subject)), [.. changes.Select(c => new Change(c.Field, c.Value))],
            clock.GetCurrentInstant(), "UTC", Archive.Me)).ShouldBeOfType<Appended.Accepted>();

    /// <summary>What a field of a day says; null: missing.</summary>
    public string? Value(LocalDate day, string field) => Archive.Read(log => log.Now(Subjects.Day(day)).GetValueOrDefault(field)?.Value);

    /// <summary>All that holds, a line a field; the clock time of a dose aside.</summary>
    public IReadOnlyList<string> State => Archive.Read(log => log.WrittenSubjects.Order(StringComparer.Ordinal).SelectMany(s => log.Now(s).Select(f => $"{s} {f.Key} = {f.Value.Value}")).ToArray());

    /// <summary>Writes about days.</summary>
    public IReadOnlyList<LoggedWrite> DayWrites => Archive.Read(log => log.Writes.Where(w => Subjects.Date(w.Write.Subject) is not null).ToArray());

    public async ValueTask DisposeAsync()
    {
        await Stop();
        store.Dispose();
    }
}
