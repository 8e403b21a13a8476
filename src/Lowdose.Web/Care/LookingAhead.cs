using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.Layout;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace Lowdose.Web.Care;

/// <summary>
/// Looks through everybody's course when the program has started and after each write, so that the clinic list is ready when a prescriber opens it. One thread,
/// so that those who ask for pages have the other cores. Each web node does it for its own memory.
/// </summary>
/// <param name="list">The list.</param>
/// <param name="accounts">All accounts.</param>
/// <param name="clock">Says what day it is.</param>
internal sealed class LookingAhead(ClinicList list, Accounts accounts, IClock clock) : IHostedService, IDisposable
{
    // What was written is in the list a moment later; an idle look is one question a clinic.
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private Thread? _thread;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new(Run) { IsBackground = true, Name = "looking ahead" };
        _thread.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Cancel();
        // The records are closed after this; one person takes less than a second.
        return Task.Run(() => _thread?.Join(TimeSpan.FromSeconds(10)), CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private void Run()
    {
        do
        {
            try
            {
                foreach (var organisation in accounts.Organisations) list.LookAhead(organisation, Reply.Today(clock), clock.GetCurrentInstant(), _stop.Token);
            }
#pragma warning disable CA1031 // A database that is away now answers in a while; nothing of this may end the program.
            catch (Exception trouble) when (!_stop.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (trouble is not NotKeptException) Console.Error.WriteLine($"lowdose: a defect: {trouble.GetType().Name} while looking ahead");
            }
        }
        while (!_stop.Token.WaitHandle.WaitOne(Every));
    }
}
