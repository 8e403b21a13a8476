using System.IO.Compression;
using System.Net;
using System.Text;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Web;
using Lowdose.Records.Clinic;

namespace Lowdose.Acceptance.Security;

/// <summary>S22: files that want to be too large, too deep, or something else than they say.</summary>
[Trait("trust", "S22"), Collection(nameof(FrontDoor))]
public sealed class UploadTests(FrontDoor door)
{
    private static readonly HttpClient Http = new(new HttpClientHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };

    // Where a page takes a file or JSON, and under which name.
    private static readonly (string Path, string Field)[] Doors = [("/verdict", "diary"), ("/report", "diary"), ("/data", "diary"), ("/json", "diary"), ("/pool", "people"), ("/pool/crossover", "people"), ("/pool/tables", "people"), ("/synthesis", "file"), ("/charts", "file")];

    public static TheoryData<string> Kinds() => [.. Odd.Keys];

    private static readonly Dictionary<string, byte[]> Odd = new()
    {
        ["ten thousand levels of JSON"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", 10_000)) + string.Concat(Enumerable.Repeat("]", 10_000))),
        ["ten thousand levels of an object"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)),
        ["an archive of 100 MB in 100 kB"] = Zip("bomb", 100_000_000),
        ["an archive that climbs out of its folder"] = Zip("../../../../etc/lowdose", 10),
        ["XML that asks for a file"] = Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><d>&x;</d>"),
        ["a picture"] = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. new byte[500]],
        ["a program"] = [0x7F, .. "ELF"u8, .. new byte[500]],
        ["nothing but quotes"] = Encoding.UTF8.GetBytes(new string('"', 100_000)),
        ["one line of a million commas"] = Encoding.UTF8.GetBytes(new string(',', 1_000_000)),
        ["bytes that are no text"] = [.. Enumerable.Range(0, 4_096).Select(i => (byte)(i * 31 % 256))],
    };

    [Theory, MemberData(nameof(Kinds))]
    public async Task Is_refused_with_a_page_and_nothing_of_the_computer_comes_back(string kind)
    {
        foreach (var (path, field) in Doors)
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(Odd[kind]), field, "diary.csv" } };
            using var answer = await Http.PostAsync(new Uri(door.Address + path), form);
            ((int)answer.StatusCode).ShouldBeOneOf([200, 303, 413, 422], path);
            var said = await answer.Content.ReadAsStringAsync();
            said.ShouldNotContain("root:");
            said.ShouldNotContain("   at Lowdose");
        }
    }

    [Fact]
    public async Task Of_a_gigabyte_nothing_is_taken_beyond_the_limit()
    {
        foreach (var (path, field) in Doors)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, door.Address + path) { Headers = { ExpectContinue = true }, Content = new StreamContent(new Endless(1L << 30)) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
            request.Content.Headers.ContentLength = 1L << 30;
            using var answer = await Http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge, path + " " + field);
        }
        using var alive = await Http.GetAsync(new Uri(door.Address + "/"));
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_device_that_sends_nested_endless_or_other_things_is_told_so()
    {
        await using var clinic = await OwnClinic.Start();
        var person = clinic.Somebody(Role.Person);
        using var http = clinic.Visitor(person);
        foreach (var (kind, bytes) in Odd)
        {
            using var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new("application/json");
            using var answer = await http.PostAsync(new Uri("/writes", UriKind.Relative), content);
            ((int)answer.StatusCode).ShouldBeOneOf([400, 413, 422], kind);
        }
        clinic.Archive.Read(log => log.Writes.Count, person.Record!).ShouldBe(0);
    }

    private static byte[] Zip(string name, int length)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open())
            for (var written = 0; written < length; written += 1_000_000) entry.Write(new byte[Math.Min(1_000_000, length - written)]);
        return file.ToArray();
    }

    /// <summary>So many bytes of nothing, and none of them in memory.</summary>
    private sealed class Endless(long left) : Stream
    {
        private long _left = left;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = (int)Math.Min(count, _left);
            _left -= given;
            return given;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
