using System.Text.Json;
using Lowdose.Diary;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace Lowdose.Web.Reminders;

/// <summary>
/// Looks at the clock again and again and sends the reminders that are due. What is given is kept before it is sent: were the computer to stop in between, one
/// reminder would be lost rather than given twice. One that a push service cannot take is tried again for an hour; a second copy that slips through replaces the
/// first, because both have the same topic. In a clinic each web node looks; the book gives each reminder to one of them.
/// </summary>
/// <param name="book">Who is reminded.</param>
/// <param name="push">How.</param>
/// <param name="clock">What time it is.</param>
/// <param name="every">How often it looks.</param>
/// <param name="say">Told in one line what went wrong; it names neither person nor address.</param>
public sealed class ReminderLoop(ReminderBook book, PushSender push, IClock clock, Duration every, Action<string> say) : BackgroundService
{
    private const string Topic = "reminder";
    private static readonly Duration Patience = Duration.FromHours(1);
    private static readonly byte[] Message = JsonSerializer.SerializeToUtf8Bytes(new { title = Reminder.Title, text = Reminder.Text });
    private readonly Dictionary<Guid, Waiting> waiting = [];

    /// <summary>Sends what is due now.</summary>
    /// <param name="cancel">Stops it.</param>
    public async Task Look(CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        foreach (var reminded in book.All())
        {
            reminded.Reminder.IsDue(reminded.Given, now.InZone(reminded.Zone), out var after);
            // Where several look at once, the book says whose it is.
            if (!ReferenceEquals(after, reminded.Given) && book.Give(reminded, now)) waiting[reminded.Id] = new(now, now);
            // Turned off since: nothing waits for it any more.
            if (reminded.Reminder.Times.Count == 0) waiting.Remove(reminded.Id);
            if (waiting.TryGetValue(reminded.Id, out var due) && due.NotBefore <= now) await Send(reminded, due, now, cancel).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every.ToTimeSpan());
        do
        {
            try
            {
                await Look(stoppingToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A book that cannot be read or written now may be in a minute; reminders must not end the program.
            catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                say($"no reminder could be sent: {trouble.GetType().Name}");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task Send(Reminded reminded, Waiting due, Instant now, CancellationToken cancel)
    {
        waiting.Remove(reminded.Id);
        switch (await push.Send(reminded.To, Message, Topic, cancel).ConfigureAwait(false))
        {
            case PushAnswer.Gone:
                book.Forget(reminded);
                break;
            case PushAnswer.NotNow notNow when now + notNow.After - due.Since <= Patience:
                waiting[reminded.Id] = due with { NotBefore = now + notNow.After };
                break;
            case PushAnswer.NotNow:
                say("a reminder was not sent: the push service could not be reached for an hour");
                break;
            case PushAnswer.Refused refused:
                say($"a reminder was not sent: {refused.Why}");
                break;
        }
    }

    /// <summary>A reminder that is kept as given and not yet sent.</summary>
    private readonly record struct Waiting(Instant Since, Instant NotBefore);
}
