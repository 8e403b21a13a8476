using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Lowdose.Diary;

namespace Lowdose.Acceptance.Records;

/// <summary>A <c>lowdose serve</c> of its own, a process that can be killed, and what a device says to it.</summary>
internal sealed class Served : IDisposable
{
    private readonly Process process;
    private readonly HttpClient http;
    private readonly Task<string[]> said;
    private bool disposed;

    private Served(Process process, string address, TimeSpan took)
    {
        (this.process, Address, Took) = (process, address, took);
        said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        http = new() { BaseAddress = new(address), Timeout = TimeSpan.FromSeconds(60) };
    }

    public string Address { get; }

    /// <summary>From its start until it could be asked.</summary>
    public TimeSpan Took { get; }

    public int ProcessId => process.Id;

    /// <summary>What of it is in memory, in 10^6 bytes. Linux only.</summary>
    public double ResidentMegaBytes => 1.024e-3 * double.Parse(File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);

    /// <summary>How many files and sockets it has open. Linux only.</summary>
    public int Handles => Directory.GetFileSystemEntries($"/proc/{process.Id}/fd").Length;

    /// <summary>All that it wrote to the terminal; when it has ended.</summary>
    public string Said => string.Join('\n', said.Result);

    /// <summary>Starts it on a free port.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="under">Another program it runs under, as strace.</param>
    public static Served Start(string data, params string[] under) => Start(data, null, under);

    /// <summary>Starts it on PostgreSQL; the connection stands in its environment, not in its command line.</summary>
    public static Served StartOn(string database, string data) => Start(data, database, []);

    /// <summary>Starts a clinic.</summary>
    public static Served StartClinic(string data, string? database, params string[] more) => Start(data, database, [], ["--mode", "clinic", .. more]);

    /// <summary>One that may not have more than so much memory for its objects.</summary>
    public static Served StartSmallClinic(string data, int megaBytes) => Start(data, null, ["env", string.Create(CultureInfo.InvariantCulture, $"DOTNET_GCHeapHardLimit=0x{(long)megaBytes << 20:x}")], "--mode", "clinic");

    private static Served Start(string data, string? database, string[] under, params string[] more)
    {
        var clock = Stopwatch.StartNew();
        string[] all = [.. under, "dotnet", Path.Combine(AppContext.BaseDirectory, "Lowdose.Cli.dll"), "serve", "--urls", "http://127.0.0.1:0", "--data", data, .. more];
        var start = new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (database is not null) start.Environment["LOWDOSE_DATABASE"] = database;
        var process = ChildProcess.Start(start);
        if (process.StandardOutput.ReadLine() is not { } first || !first.StartsWith("Lowdose is at ", StringComparison.Ordinal))
            throw new InvalidOperationException("lowdose serve did not start: " + process.StandardError.ReadToEnd());
        return new(process, first.Split(' ')[^1], clock.Elapsed);
    }

    /// <summary>Posts a write as a phone does.</summary>
    /// <returns>The status of the answer; null where there was none.</returns>
    public async Task<HttpStatusCode?> Post(DiaryWrite write) => (await Say(write)).Status;

    /// <summary>As <see cref="Post"/>, and what was answered.</summary>
    public async Task<(HttpStatusCode? Status, string Text)> Say(DiaryWrite write)
    {
        try
        {
            using var answer = await http.PostAsync(new Uri("/writes", UriKind.Relative), Content(write));
            // An answer counts when all of it has come.
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException)
        {
            return (null, "");
        }
    }

    /// <summary>A write as a phone sends it.</summary>
    public static JsonContent Content(DiaryWrite write) => JsonContent.Create(new
    {
        id = write.Id, subject = write.Subject, @base = write.Base, changes = write.Changes.ToDictionary(c => c.Field, c => c.Value),
        writtenAt = NodaTime.Text.InstantPattern.ExtendedIso.Format(write.WrittenAt), zone = write.Zone,
    });

    public async Task<(HttpStatusCode Status, string Text)> Get(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<HttpStatusCode> Submit(string path, params (string Name, string Value)[] form)
    {
        using var fields = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), fields);
        return answer.StatusCode;
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        if (!process.HasExited) Kill();
        http.Dispose();
        process.Dispose();
    }
}
