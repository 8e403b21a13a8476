using System.Text.Json;
using Lowdose.Diary;
using Lowdose.Web.Pairing;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Reminders;

/// <summary>
/// When to remind and which browsers asked for it: a file of its own beside the records, for its owner's eyes. It holds nothing of the diary, so that a reminder
/// comes too while the diary is locked. Safe for many threads at once.
/// </summary>
public sealed class ReminderFile
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly JsonSerializerOptions Whole = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };
    private readonly Lock gate = new();
    private readonly string path;
    private readonly List<Browser> browsers = [];

    private ReminderFile(string path) => this.path = path;

    /// <summary>The times chosen; off until somebody chose.</summary>
    public Reminder Reminder { get; private set; } = Reminder.Off;

    /// <summary>How many browsers asked.</summary>
    public int Browsers
    {
        get
        {
            lock (gate) return browsers.Count;
        }
    }

    /// <summary>The book of the loop.</summary>
    public ReminderBook Book => new(All, (id, given) => Change(id, b => b with { Given = given }), id => Remove(b => b.Id == id));

    /// <summary>Reads the file; reminders are off where there is none, or where it is none of ours.</summary>
    /// <param name="path">The file.</param>
    public static ReminderFile Open(string path)
    {
        var file = new ReminderFile(path);
        try
        {
            if (File.Exists(path) && JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(path), Whole) is { } kept) file.Take(kept);
        }
        catch (Exception unread) when (unread is JsonException or IOException or UnauthorizedAccessException or UnparsableValueException)
        {
            // Off is what everybody starts with; the page shows that it is off.
        }
        return file;
    }

    /// <summary>Chooses other times; what is past is not reminded of.</summary>
    /// <exception cref="IOException">It could not be kept.</exception>
    public void Choose(Reminder reminder, Instant now)
    {
        lock (gate)
        {
            Reminder = reminder;
            for (var i = 0; i < browsers.Count; i++) browsers[i] = browsers[i] with { Given = reminder.Begin(browsers[i].Given, now.InZone(browsers[i].Zone)) };
            Save();
        }
    }

    /// <summary>Takes a browser in, in place of what it said before.</summary>
    /// <param name="said">What its <c>PushSubscription.toJSON()</c> held.</param>
    /// <param name="zone">Where it is.</param>
    /// <param name="now">From when on.</param>
    /// <returns>Why it is refused; null where it is not.</returns>
    /// <exception cref="IOException">It could not be kept.</exception>
    public ReminderRefusal? Add(Subscribed said, DateTimeZone zone, Instant now)
    {
        if (PushSubscription.Of(said.Endpoint, said.P256dh, said.Auth, out var to) is { } refused) return refused;
        lock (gate)
        {
            var before = browsers.Find(b => b.Said.Endpoint == said.Endpoint);
            browsers.RemoveAll(b => b.Said.Endpoint == said.Endpoint);
            browsers.Add(new(before?.Id ?? Guid.CreateVersion7(), said, to!, before?.Given ?? Reminder.Begin(RemindersGiven.None, now.InZone(zone)), zone));
            Save();
        }
        return null;
    }

    /// <summary>Lets a browser go.</summary>
    /// <exception cref="IOException">It could not be kept.</exception>
    public void Remove(string endpoint) => Remove(b => b.Said.Endpoint == endpoint);

    /// <summary>"Not now": reminds one browser once more.</summary>
    /// <exception cref="IOException">It could not be kept.</exception>
    public void Later(string endpoint, Instant now, Duration by)
    {
        lock (gate)
        {
            if (browsers.Find(b => b.Said.Endpoint == endpoint) is { } browser) Change(browser.Id, b => b with { Given = b.Given.Later(now, by) });
        }
    }

    /// <summary>Forgets everything, the file too.</summary>
    public void Delete()
    {
        lock (gate)
        {
            browsers.Clear();
            Reminder = Reminder.Off;
            File.Delete(path);
        }
    }

    private IReadOnlyList<Reminded> All()
    {
        lock (gate) return [.. browsers.Select(b => new Reminded(b.Id, b.To, Reminder, b.Given, b.Zone))];
    }

    private void Change(Guid id, Func<Browser, Browser> change)
    {
        lock (gate)
        {
            var at = browsers.FindIndex(b => b.Id == id);
            if (at < 0) return;
            browsers[at] = change(browsers[at]);
            Save();
        }
    }

    private void Remove(Predicate<Browser> which)
    {
        lock (gate)
        {
            if (browsers.RemoveAll(which) > 0) Save();
        }
    }

    private void Save() => OwnFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(new Kept([.. Reminder.Times.Select(Clock.Format)],
        Reminder.Quiet is { } quiet ? [Clock.Format(quiet.From), Clock.Format(quiet.Until)] : null, Reminder.AtMostADay,
        [.. browsers.Select(b => new KeptBrowser(b.Id, b.Said, b.Zone.Id, [.. b.Given.Done.Select(LocalDateTimePattern.ExtendedIso.Format)],
            [.. b.Given.On.Select(LocalDatePattern.Iso.Format)], b.Given.Again?.ToUnixTimeSeconds()))])));

    private void Take(Kept kept)
    {
        var quiet = kept.Quiet is [var from, var until] ? new QuietHours(Clock.Parse(from).Value, Clock.Parse(until).Value) : (QuietHours?)null;
        if (Reminder.Of(kept.Times.Select(t => Clock.Parse(t).Value), quiet, kept.AtMostADay, out var reminder) is null) Reminder = reminder!;
        foreach (var browser in kept.Browsers)
        {
            if (PushSubscription.Of(browser.Said.Endpoint, browser.Said.P256dh, browser.Said.Auth, out var to) is not null) continue;
            browsers.Add(new(browser.Id, browser.Said, to!, new([.. browser.Done.Select(d => LocalDateTimePattern.ExtendedIso.Parse(d).Value)],
                [.. browser.On.Select(d => LocalDatePattern.Iso.Parse(d).Value)], browser.Again is { } again ? Instant.FromUnixTimeSeconds(again) : null), Zoned(browser.Zone)));
        }
    }

    /// <summary>A zone by its name; UTC where nobody knows it.</summary>
    internal static DateTimeZone Zoned(string? name) => (name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)) ?? DateTimeZone.Utc;

    private sealed record Browser(Guid Id, Subscribed Said, PushSubscription To, RemindersGiven Given, DateTimeZone Zone);

    private sealed record Kept(string[] Times, string[]? Quiet, int AtMostADay, KeptBrowser[] Browsers);

    private sealed record KeptBrowser(Guid Id, Subscribed Said, string Zone, string[] Done, string[] On, long? Again);
}

/// <summary>What a browser says of its subscription.</summary>
/// <param name="Endpoint">The address at its push service.</param>
/// <param name="P256dh">Its public key, base64url.</param>
/// <param name="Auth">Its secret, base64url.</param>
public sealed record Subscribed(string Endpoint, string P256dh, string Auth);
