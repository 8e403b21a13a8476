using Lowdose.Diary;
using NodaTime;

namespace Lowdose.Web.Reminders;

/// <summary>Where reminders are kept: a file on a person's own computer, the tables of a clinic. Safe for many threads at once.</summary>
public abstract class ReminderBook
{
    /// <summary>The reminders of a record.</summary>
    public abstract ChosenReminders Read(string record);

    /// <summary>Every browser that is to be reminded.</summary>
    public abstract IReadOnlyList<Reminded> All();

    /// <summary>Changes what is kept; when this returns, it is on the disk.</summary>
    /// <param name="record">Whose.</param>
    /// <param name="change">Makes the new of the old; what it was given, where nothing is to change. Called again where somebody else changed it in between.</param>
    public abstract void Change(string record, Func<ChosenReminders, ChosenReminders> change);

    /// <summary>Forgets everything of a record.</summary>
    public abstract void Delete(string record);

    /// <summary>Gives a reminder that seems due, unless it was given meanwhile: it is kept before it may be sent.</summary>
    /// <param name="reminded">As it was looked at.</param>
    /// <param name="now">When.</param>
    /// <returns>Whether to send it; of several that ask at once, one is told so.</returns>
    public bool Give(Reminded reminded, Instant now)
    {
        var isDue = false;
        Change(reminded.Record, kept =>
        {
            isDue = false;
            if (kept.Browsers.FirstOrDefault(b => b.Id == reminded.Id) is not { } browser) return kept;
            isDue = kept.Reminder.IsDue(browser.Given, now.InZone(browser.Zone), out var after);
            return ReferenceEquals(after, browser.Given) ? kept : kept.Gave(browser, after);
        });
        return isDue;
    }

    /// <summary>Forgets a browser that is no longer subscribed.</summary>
    public void Forget(Reminded reminded) => Change(reminded.Record, kept => kept.Without(reminded.Id));

    /// <summary>The browsers of one record.</summary>
    protected static IEnumerable<Reminded> In(string record, ChosenReminders chosen) => chosen.Browsers.Select(b => new Reminded(record, b.Id, b.To, chosen.Reminder, b.Given, b.Zone));
}

/// <summary>One browser that is to be reminded.</summary>
/// <param name="Record">Whose record.</param>
/// <param name="Id">Its name in the book.</param>
/// <param name="To">Where and for whose eyes.</param>
/// <param name="Reminder">When.</param>
/// <param name="Given">What it was reminded of already.</param>
/// <param name="Zone">The person's zone: the last the browser named.</param>
public sealed record Reminded(string Record, Guid Id, PushSubscription To, Reminder Reminder, RemindersGiven Given, DateTimeZone Zone);
