using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Web.Reminders;
using NodaTime;

namespace Lowdose.Acceptance.Reminders;

/// <summary>A message from Lowdose to a push service on this computer, as the browser reads it.</summary>
public sealed class PushSenderTests : IDisposable
{
    private static readonly PushAllowance Here = new([], ThisComputer: true);
    private readonly TemporaryFolder folder = new();
    private readonly SetClock clock = new(Instant.FromUtc(2026, 12, 1, 21, 0));
    private readonly VapidKey key;

    public PushSenderTests()
    {
        VapidKey.OpenOrMake(KeyFile, out var made).ShouldBeNull();
        key = made!;
    }

    private string KeyFile => Path.Combine(folder.Path, "push.pem");

    [Fact]
    public async Task A_message_arrives_encrypted_signed_and_always_of_one_length()
    {
        await using var service = await LocalPush.Start();
        using var sender = new PushSender(key, Here, clock, "mailto:someone@example.org");
        (await sender.Send(service.Subscription(), "Time for your note."u8.ToArray(), "reminder", default)).ShouldBeOfType<PushAnswer.Taken>();
        (await sender.Send(service.Subscription(), "x"u8.ToArray(), "reminder", default)).ShouldBeOfType<PushAnswer.Taken>();
        var messages = service.Arrived.ToArray();
        messages.Select(service.Read).ShouldBe(["Time for your note.", "x"]);
        messages[0].Body.Length.ShouldBe(messages[1].Body.Length);
        messages[0].Body[..16].ShouldNotBe(messages[1].Body[..16], "a salt is used once");
        messages[0].Body[21..86].ShouldNotBe(messages[1].Body[21..86], "a sender's key is used once");
        Encoding.Latin1.GetString(messages[0].Body).ShouldNotContain("note");

        var headers = messages[0].Headers;
        (headers.ContentEncoding.ToString(), headers["TTL"].ToString(), headers["Topic"].ToString(), headers["Urgency"].ToString()).ShouldBe(("aes128gcm", "14400", "reminder", "normal"));
        using var claims = JsonDocument.Parse(Decoder.VerifiedClaims(headers.Authorization.ToString()));
        claims.RootElement.GetProperty("aud").GetString().ShouldBe(service.Address);
        claims.RootElement.GetProperty("exp").GetInt64().ShouldBe((clock.Now + Duration.FromHours(12)).ToUnixTimeSeconds());
        claims.RootElement.GetProperty("sub").GetString().ShouldBe("mailto:someone@example.org");
        headers.Keys.ShouldBe(["Authorization", "Content-Encoding", "Content-Length", "Content-Type", "Host", "TTL", "Topic", "Urgency"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(404, typeof(PushAnswer.Gone)), InlineData(410, typeof(PushAnswer.Gone)), InlineData(429, typeof(PushAnswer.NotNow)), InlineData(503, typeof(PushAnswer.NotNow)),
     InlineData(400, typeof(PushAnswer.Refused)), InlineData(403, typeof(PushAnswer.Refused)), InlineData(302, typeof(PushAnswer.Refused))]
    public async Task What_the_push_service_answers_is_understood_and_no_redirect_followed(int status, Type expected)
    {
        await using var service = await LocalPush.Start();
        using var sender = new PushSender(key, Here, clock, null);
        service.Answers.Enqueue((status, "120"));
        var answer = await sender.Send(service.Subscription(), "x"u8.ToArray(), "reminder", default);
        answer.ShouldBeOfType(expected);
        if (answer is PushAnswer.NotNow notNow) notNow.After.ShouldBe(Duration.FromMinutes(2));
        service.Arrived.ShouldHaveSingleItem().Path.ShouldBe("/push/one");
    }

    [Fact]
    public async Task A_push_service_on_this_computer_or_off_the_list_hears_nothing()
    {
        await using var service = await LocalPush.Start();
        using var sender = new PushSender(key, PushAllowance.Browsers, clock, null);
        (await sender.Send(service.Subscription(), "x"u8.ToArray(), "reminder", default)).ShouldBeOfType<PushAnswer.Refused>();
        // A listed name that leads here: the name is checked again when it is looked up.
        using var misled = new PushSender(key, new(["localhost"]), clock, null);
        (await misled.Send(service.Subscription("https://localhost/x"), "x"u8.ToArray(), "reminder", default)).ShouldBeOfType<PushAnswer.Refused>().Why.ShouldContain("leads to this computer");
        service.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_push_service_that_is_not_there_is_asked_again_later()
    {
        string gone;
        await using (var service = await LocalPush.Start()) gone = service.Address;
        await using var other = await LocalPush.Start();
        using var sender = new PushSender(key, Here, clock, null);
        (await sender.Send(other.Subscription(gone + "/x"), "x"u8.ToArray(), "reminder", default)).ShouldBeOfType<PushAnswer.NotNow>();
    }

    [Fact]
    public void The_key_is_made_once_and_only_its_owner_may_read_it()
    {
        VapidKey.OpenOrMake(KeyFile, out var again).ShouldBeNull();
        again!.PublicKey.ShouldBe(key.PublicKey);
        again.Dispose();
        Decoder.Bytes(key.PublicKey).Length.ShouldBe(65);
        if (OperatingSystem.IsWindows()) return;
        File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(folder.Path).ShouldHaveSingleItem();
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        VapidKey.OpenOrMake(KeyFile, out _)!.Do.ShouldContain("chmod 600");
    }

    [Fact]
    public void A_key_file_that_is_none_is_said_and_left_alone()
    {
        var file = folder.File("other.pem", "not a key");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        VapidKey.OpenOrMake(file, out _)!.What.ShouldContain("is not a key");
        File.ReadAllText(file).ShouldBe("not a key");
        VapidKey.OpenOrMake(Path.Combine(folder.Path, "no", "push.pem"), out _)!.What.ShouldContain("cannot be read or written");
    }

    [NeedsEce]
    public async Task The_decoder_of_the_authors_of_the_RFC_reads_it_too()
    {
        await using var service = await LocalPush.Start();
        using var sender = new PushSender(key, Here, clock, null);
        await sender.Send(service.Subscription(), "Time for your note."u8.ToArray(), "reminder", default);
        var start = new ProcessStartInfo("node", ["read.mjs"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = NeedsEceAttribute.Folder };
        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(new
        {
            body = Decoder.Text(service.Arrived.Single().Body), privateKey = Decoder.Text(service.Browser.ExportParameters(true).D), auth = Decoder.Text(service.Auth),
        }));
        node.StandardInput.Close();
        var error = node.StandardError.ReadToEndAsync();
        (await node.StandardOutput.ReadToEndAsync()).ShouldBe("Time for your note.", await error);
    }

    public void Dispose()
    {
        key.Dispose();
        folder.Dispose();
    }
}

/// <summary>A test that asks node and http_ece; left out, saying so, where they are not installed.</summary>
internal sealed class NeedsEceAttribute : FactAttribute
{
    public static readonly string Folder = Path.Combine(LowdoseProcess.Repository, "tests", "Lowdose.Acceptance", "Push");

    public NeedsEceAttribute()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "node")));
        if (!onPath) Skip = "node is not installed";
        else if (!Directory.Exists(Path.Combine(Folder, "node_modules", "http_ece"))) Skip = "http_ece is not installed: npm ci in tests/Lowdose.Acceptance/Push";
    }
}
