using System.Text.Json;
using Lowdose.Diary;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Reminders;

/// <summary>When one person is reminded, which browsers asked for it, and what each was reminded of. A value: a change makes another. It holds nothing of the diary.</summary>
/// <param name="Reminder">The times chosen; off until somebody chose.</param>
/// <param name="Browsers">Those that asked.</param>
public sealed record ChosenReminders(Reminder Reminder, IReadOnlyList<ReminderBrowser> Browsers)
{
    /// <summary>How everybody starts.</summary>
    public static readonly ChosenReminders None = new(Reminder.Off, []);

    // More than anybody has; the one that came first is let go.
    private const int MostBrowsers = 12;

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly JsonSerializerOptions Whole = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>Other times; what is past is not reminded of.</summary>
    public ChosenReminders Choose(Reminder reminder, Instant now) =>
        new(reminder, [.. Browsers.Select(b => b with { Given = reminder.Begin(b.Given, now.InZone(b.Zone)) })]);

    /// <summary>Takes a browser in, in place of what it said before.</summary>
    /// <param name="said">What its <c>PushSubscription.toJSON()</c> held.</param>
    /// <param name="to">The same, checked.</param>
    /// <param name="zone">Where it is.</param>
    /// <param name="now">From when on.</param>
    public ChosenReminders With(Subscribed said, PushSubscription to, DateTimeZone zone, Instant now)
    {
        var before = Browsers.FirstOrDefault(b => b.Said.Endpoint == said.Endpoint);
        ReminderBrowser[] all = [.. Without(said.Endpoint).Browsers, new(before?.Id ?? Guid.CreateVersion7(), said, to, before?.Given ?? Reminder.Begin(RemindersGiven.None, now.InZone(zone)), zone)];
        return this with { Browsers = all.Length > MostBrowsers ? all[^MostBrowsers..] : all };
    }

    /// <summary>Lets a browser go.</summary>
    public ChosenReminders Without(string endpoint) => Browsers.Any(b => b.Said.Endpoint == endpoint) ? this with { Browsers = [.. Browsers.Where(b => b.Said.Endpoint != endpoint)] } : this;

    /// <summary>The same, by its name here.</summary>
    internal ChosenReminders Without(Guid id) => this with { Browsers = [.. Browsers.Where(b => b.Id != id)] };

    /// <summary>"Not now": reminds one browser once more.</summary>
    public ChosenReminders Later(string endpoint, Instant now, Duration by) =>
        Browsers.FirstOrDefault(b => b.Said.Endpoint == endpoint) is { } browser ? Gave(browser, browser.Given.Later(now, by)) : this;

    /// <summary>Notes what a browser was reminded of.</summary>
    internal ChosenReminders Gave(ReminderBrowser browser, RemindersGiven given) => this with { Browsers = [.. Browsers.Select(b => b.Id == browser.Id ? b with { Given = given } : b)] };

    /// <summary>As it is kept.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(new Kept([.. Reminder.Times.Select(Clock.Format)],
        Reminder.Quiet is { } quiet ? [Clock.Format(quiet.From), Clock.Format(quiet.Until)] : null, Reminder.AtMostADay,
        [.. Browsers.Select(b => new KeptBrowser(b.Id, b.Said, b.Zone.Id, [.. b.Given.Done.Select(LocalDateTimePattern.ExtendedIso.Format)],
            [.. b.Given.On.Select(LocalDatePattern.Iso.Format)], b.Given.Again?.ToUnixTimeSeconds()))]));

    /// <summary>What was kept; none where it is none of ours.</summary>
    public static ChosenReminders Read(ReadOnlySpan<byte> kept)
    {
        try
        {
            return kept.Length > 0 && JsonSerializer.Deserialize<Kept>(kept, Whole) is { } read ? Of(read) : None;
        }
        catch (Exception unread) when (unread is JsonException or UnparsableValueException)
        {
            // Off is what everybody starts with; the page shows that it is off.
            return None;
        }
    }

    /// <summary>A zone by its name; UTC where nobody knows it.</summary>
    internal static DateTimeZone Zoned(string? name) => (name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)) ?? DateTimeZone.Utc;

    private static ChosenReminders Of(Kept kept)
    {
        var quiet = kept.Quiet is [var from, var until] ? new QuietHours(Clock.Parse(from).Value, Clock.Parse(until).Value) : (QuietHours?)null;
        var refused = Reminder.Of(kept.Times.Select(t => Clock.Parse(t).Value), quiet, kept.AtMostADay, out var reminder);
        List<ReminderBrowser> browsers = [];
        foreach (var browser in kept.Browsers)
        {
            if (PushSubscription.Of(browser.Said.Endpoint, browser.Said.P256dh, browser.Said.Auth, out var to) is not null) continue;
            browsers.Add(new(browser.Id, browser.Said, to!, new([.. browser.Done.Select(d => LocalDateTimePattern.ExtendedIso.Parse(d).Value)],
                [.. browser.On.Select(d => LocalDatePattern.Iso.Parse(d).Value)], browser.Again is { } again ? Instant.FromUnixTimeSeconds(again) : null), Zoned(browser.Zone)));
        }
        return new(refused is null ? reminder! : Reminder.Off, browsers);
    }

    private sealed record Kept(string[] Times, string[]? Quiet, int AtMostADay, KeptBrowser[] Browsers);

    private sealed record KeptBrowser(Guid Id, Subscribed Said, string Zone, string[] Done, string[] On, long? Again);
}

/// <summary>One browser that asked to be told.</summary>
/// <param name="Id">Its name here.</param>
/// <param name="Said">What it said of its subscription.</param>
/// <param name="To">The same, checked.</param>
/// <param name="Given">What it was reminded of already.</param>
/// <param name="Zone">The person's zone: the last the browser named.</param>
public sealed record ReminderBrowser(Guid Id, Subscribed Said, PushSubscription To, RemindersGiven Given, DateTimeZone Zone);

/// <summary>What a browser says of its subscription.</summary>
/// <param name="Endpoint">The address at its push service.</param>
/// <param name="P256dh">Its public key, base64url.</param>
/// <param name="Auth">Its secret, base64url.</param>
public sealed record Subscribed(string Endpoint, string P256dh, string Auth);
