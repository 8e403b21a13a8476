using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Lowdose.Web.Reminders;

/// <summary>The reminders of a running Lowdose: what is kept of them, and the loop that sends.</summary>
internal static class Reminding
{
    private static readonly Duration Every = Duration.FromSeconds(30);

    /// <param name="services">Of the site.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="contact">Whom a push service may write to; null for nobody.</param>
    public static void AddReminders(this IServiceCollection services, string folder, IClock clock, string? contact)
    {
        var file = ReminderFile.Open(Path.Combine(folder, "reminders.json"));
        services.AddSingleton(file);
        if (VapidKey.OpenOrMake(Path.Combine(folder, "push.pem"), out var key) is { } refused)
        {
            Console.Error.WriteLine($"lowdose: {refused.What}; {refused.Do}");
            return;
        }
        services.AddSingleton(key!);
        services.AddSingleton(_ => new PushSender(key!, PushAllowance.Browsers, clock, contact));
        services.AddHostedService(with => new ReminderLoop(file.Book, with.GetRequiredService<PushSender>(), clock, Every, what => Console.Error.WriteLine("lowdose: " + what)));
    }
}
