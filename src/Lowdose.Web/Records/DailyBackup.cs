using Lowdose.Records;
using Microsoft.AspNetCore.Builder;

namespace Lowdose.Web.Records;

/// <summary>Once a day a backup in the data folder, from the start of the server on.</summary>
internal static class DailyBackup
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    /// <summary>Begins when the server does.</summary>
    public static void UseDailyBackup(this WebApplication app, Archive archive) =>
        app.Lifetime.ApplicationStarted.Register(() => _ = Task.Run(() => Keep(archive, app.Lifetime.ApplicationStopping)));

    private static async Task Keep(Archive archive, CancellationToken stopping)
    {
        string? said = null;
        while (!stopping.IsCancellationRequested)
        {
            // Said once: a full disk stays full for many hours.
            if (archive.BackUpDaily() is { } refused && refused.What != said)
                await Console.Error.WriteLineAsync($"lowdose: {said = refused.What}; {refused.Do}").ConfigureAwait(false);
            await Task.Delay(Between, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
