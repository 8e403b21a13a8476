using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Lowdose.Web.Reminders;

/// <summary>How a Lowdose goes about its reminders.</summary>
/// <param name="To">Where it may send.</param>
/// <param name="Every">How often it looks.</param>
/// <param name="Clock">What time it is for them.</param>
public sealed record ReminderRounds(PushAllowance To, Duration Every, IClock Clock);

/// <summary>The reminders of a running Lowdose: what is kept of them, and the loop that sends.</summary>
internal static class Reminding
{
    private static readonly Duration Every = Duration.FromSeconds(30);

    /// <param name="services">Of the site.</param>
    /// <param name="archive">The records; a person's own reminders are in files beside them.</param>
    /// <param name="clinic">Accounts for many people, whose reminders are in the tables; null: one person's own computer.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="contact">Whom a push service may write to; null for nobody.</param>
    /// <param name="rounds">How it goes about them; null: every half minute, to the push services of browsers.</param>
    public static void AddReminders(this IServiceCollection services, Archive archive, ClinicMode? clinic, IClock clock, string? contact, ReminderRounds? rounds)
    {
        rounds ??= new(PushAllowance.Browsers, Every, clock);
        ReminderBook book = clinic is null ? ReminderFile.Open(Path.Combine(archive.Folder, "reminders.json")) : new ClinicReminders(new(archive, clinic.Key));
        services.AddSingleton(book);
        VapidKey? key;
        // A browser is bound to the key it subscribed with, so all web nodes have the same.
        if (clinic is not null) key = VapidKey.Of(new KeyRing(archive, clinic.Key).ForReminders(VapidKey.NewText));
        else if (VapidKey.OpenOrMake(Path.Combine(archive.Folder, "push.pem"), out key) is { } refused)
        {
            Console.Error.WriteLine($"lowdose: {refused.What}; {refused.Do}");
            return;
        }
        services.AddSingleton(key!);
        services.AddSingleton(_ => new PushSender(key!, rounds.To, rounds.Clock, contact));
        services.AddHostedService(with => new ReminderLoop(book, with.GetRequiredService<PushSender>(), rounds.Clock, rounds.Every, what => Console.Error.WriteLine("lowdose: " + what)));
    }
}
