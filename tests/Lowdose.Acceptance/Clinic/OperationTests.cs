using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Web;

namespace Lowdose.Acceptance.Clinic;

/// <summary>What whoever runs the server sees of a clinic: whether it is well, what is in its log, how it stops.</summary>
public sealed class OperationTests
{
    private const string Planted = "planted-7d1f-fibromyalgia";

    [Fact]
    public async Task A_clinic_says_whether_it_is_alive_and_ready()
    {
        await using var clinic = await OwnClinic.Start();
        using var http = clinic.Visitor();
        foreach (var address in (string[])["/health/live", "/health/ready"]) (await http.Get(address)).StatusCode.ShouldBe(HttpStatusCode.OK, address);
    }

    [Fact]
    [Trait("trust", "S16")]
    public async Task The_log_has_a_line_a_request_and_nothing_that_anybody_sent()
    {
        using var folder = new TemporaryFolder();
        using var lowdose = Process.Start(new ProcessStartInfo(Path.Combine(LowdoseProcess.Repository, "bin", "lowdose"), ["serve", "--mode", "clinic", "--urls", "http://127.0.0.1:0", "--data", folder.Path])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var log = lowdose.StandardError.ReadToEndAsync();
        var address = (await lowdose.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(5)))!.Split(' ')[^1];
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(address) };
        http.DefaultRequestHeaders.Add("User-Agent", Planted);
        string[] paths = ["/", $"/{Planted}", $"/for/{Planted}/course?why={Planted}", $"/invitation/{Planted}", "/health/ready", "/%0d%0a{\"at\":\"forged\"}"];
        foreach (var path in paths) (await http.GetAsync(new Uri(path, UriKind.Relative))).Dispose();
        (await http.Post("/sign-in", ("name", Planted), ("password", Planted))).Dispose();
        (await http.Post("/verdict", ("diary", $"date,dose,pain\n{Planted}"))).Dispose();
        (await http.SendAsync(new(new HttpMethod("PLANTED-7D1F"), "/"))).Dispose();
        FrontDoor.Interrupt(lowdose);
        await lowdose.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        lowdose.ExitCode.ShouldBe(0);
        var lines = (await log).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{')).ToArray();
        (await log).ShouldNotContain("planted", Case.Insensitive);
        (await log).ShouldNotContain("forged");
        lines.Length.ShouldBe(paths.Length + 3);
        foreach (var line in lines) JsonDocument.Parse(line).RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(["at", "method", "address", "status", "ms"]);
        lines.ShouldContain(line => line.Contains("\"address\":\"/for/{record}/course\"", StringComparison.Ordinal));
    }
}
