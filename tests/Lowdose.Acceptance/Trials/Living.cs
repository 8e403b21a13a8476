using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Reminders;
using Lowdose.Acceptance.Security;
using Lowdose.Diary;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Reminders;
using NodaTime;

namespace Lowdose.Acceptance.Trials;

/// <summary>Asks as every blinded role, and gathers what was answered, sent, logged and kept.</summary>
internal sealed partial class Living : IAsyncDisposable
{
    // Each of these shows a new secret of the account whenever it is asked.
    private static readonly string[] Secret = ["/account/app", "/account/printed"];

    private readonly Grounds grounds;
    private readonly Grounds.Mark since;
    private readonly TriedClinic clinic;
    private readonly LocalPush phones;
    private readonly VapidKey key = VapidKey.Of(VapidKey.NewText());
    private readonly PushSender push;
    private readonly ClinicReminders book;
    private readonly ReminderLoop loop;
    private readonly (string Name, Account Account)[] blinded;
    private readonly Dictionary<string, List<string>> reached = [];
    private int asked;

    private Living(Grounds grounds, Grounds.Mark since, TriedClinic clinic, LocalPush phones)
    {
        (this.grounds, this.since, this.clinic, this.phones) = (grounds, since, clinic, phones);
        push = new(key, new([], ThisComputer: true), clinic.Clock, null);
        book = new(new(clinic.Clinic.Archive, clinic.Clinic.Mode.Key));
        loop = new(book, push, clinic.Clock, Duration.FromMinutes(1), grounds.Log.WriteLine);
        var (own, first) = (clinic.Clinic, clinic.People[0]);
        foreach (var person in clinic.People) new Consent(own.Archive, clinic.Clock).GiveResearch(person);
        var helper = own.Somebody(Role.Carer, "Hans Helper", first, new(first.Record!, May.Write, null));
        blinded = [.. clinic.People.Select(p => (p.ShownName, p)), ("helper", helper), ("prescriber", clinic.Dora), ("researcher", clinic.Rosa), ("administrator", clinic.Admin)];
    }

    public List<(string What, string Answer)> Answers { get; } = [];

    public List<int> Sizes { get; } = [];

    /// <summary>Everybody is reminded at 21:30, on a phone.</summary>
    public static async Task<Living> Begin(Grounds grounds, Grounds.Mark since, TriedClinic clinic, Leak leak)
    {
        var living = new Living(grounds, since, clinic, await LocalPush.Start());
        foreach (var (n, person) in clinic.People.Index())
        {
            // Without it there is no course to look at.
            clinic.Clinic.Archive.Append(new DiaryWrite(Guid.NewGuid(), Subjects.Course, null, [new(CourseFields.Primary, "pain")], clinic.Clock.Now, "UTC", person.Id), person.Record!).ShouldBeOfType<Appended.Accepted>();
            await living.Posts(person, "/settings/reminders", ("time", leak.HasFlag(Leak.Reminder) ? "21:31" : "21:30"));
            var endpoint = $"{living.phones.Address}/push/{n}";
            var said = new Subscribed(endpoint, Base64Url.EncodeToString(Reminders.Decoder.Point(living.phones.Browser.ExportParameters(false))), Base64Url.EncodeToString(living.phones.Auth));
            living.book.Change(person.Record!, chosen => chosen.With(said, living.phones.Subscription(endpoint), DateTimeZoneProviders.Tzdb.GetSystemDefault(), clinic.Clock.Now));
        }
        return living;
    }

    /// <summary>What is sent on three days, at 21:30 and five minutes later.</summary>
    public async Task IsReminded(int from)
    {
        for (var look = 0; look < 6; look++)
        {
            clinic.Clock.Now = TriedClinic.At(from + (look / 2)) + Duration.FromHours(9) + Duration.FromMinutes(look % 2 == 0 ? 30 : 35);
            await loop.Look(default);
            var sent = new StringBuilder();
            for (; phones.Arrived.TryDequeue(out var message); sent.Append('\n'))
            {
                sent.Append(CultureInfo.InvariantCulture, $"{message.Path} {message.Body.Length} bytes: {phones.Read(message)}");
                // The token that signs it is new each time.
                foreach (var (name, value) in message.Headers.OrderBy(h => h.Key, StringComparer.Ordinal)) sent.Append(CultureInfo.InvariantCulture, $" {name}: {(name is "Authorization" or "Host" ? $"{value.ToString().Length} letters" : value)}");
            }
            Answers.Add(($"reminders at {clinic.Clock.Now}", sent.ToString()));
        }
    }

    /// <summary>Asks for every personal page there is, from the second time on for those that each was given the first time.</summary>
    public async Task Looks(string when, bool everything = false)
    {
        foreach (var (name, account) in blinded)
        {
            using var http = clinic.Clinic.Visitor(account);
            if (everything) reached[name] = [];
            foreach (var place in everything ? Places() : reached[name])
            {
                using var answer = await http.Get(place);
                if (everything && (int)answer.StatusCode != 404) reached[name].Add(place);
                await Keep($"{when}: {name} GET {Known(place)}", answer);
            }
        }
        foreach (var person in clinic.People) await Posts(person, "/settings/export", ("format", "csv"));
    }

    /// <summary>Sends a form.</summary>
    public async Task Posts(Account who, string path, params (string Name, string Value)[] fields)
    {
        using var http = clinic.Clinic.Visitor(who);
        using var answer = await http.Post(path, fields);
        await Keep($"{who.ShownName} POST {Known(path)}", answer);
    }

    /// <summary>Opens one place in an emergency; only that it was done is gathered.</summary>
    public async Task Opens(string place)
    {
        using var http = clinic.Clinic.Visitor(clinic.Dora);
        using var answer = await http.Post($"/trials/{clinic.Id}/emergency", ("place", place), ("second", clinic.Fia.Id), ("why", "surgery"));
        asked++;
        (await answer.Content.ReadAsStringAsync()).ShouldContain("What " + place + " has");
        Answers.Add(("emergency", answer.StatusCode.ToString()));
    }

    /// <summary>The log, one line for each request, but for how long it took.</summary>
    public async Task Log()
    {
        await grounds.Settled();
        string[] lines = [];
        // A line is written after its answer; two may change places.
        for (var patience = 100; patience > 0 && (lines = grounds.Logged(since)).Length < asked; patience--) await Task.Delay(20);
        lines.Length.ShouldBeGreaterThanOrEqualTo(asked);
        Answers.Add(("log", Lived.Masked(string.Join('\n', lines.Select(line => Milliseconds().Replace(line, "")).Order(StringComparer.Ordinal)))));
    }

    public async ValueTask DisposeAsync()
    {
        // The next trial on this site is not to remind these.
        foreach (var (n, person) in clinic.People.Index()) book.Change(person.Record!, chosen => chosen.Without($"{phones.Address}/push/{n}"));
        loop.Dispose();
        push.Dispose();
        key.Dispose();
        await phones.DisposeAsync();
    }

    private IEnumerable<string> Places()
    {
        foreach (var address in Address.Of(clinic.Clinic).Where(a => a.Method == "GET" && a.IsPersonal && !Secret.Contains(a.Path)).OrderBy(a => a.Path, StringComparer.Ordinal))
        {
            var day = TriedClinic.First.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
            var path = (address with { Path = address.Path.Replace("{trial}", clinic.Id, StringComparison.Ordinal).Replace("/people/{id}", "/people/" + clinic.Admin.Id, StringComparison.Ordinal).Replace("{date}", day, StringComparison.Ordinal).Replace("{day}", day, StringComparison.Ordinal) }).Filled(clinic.Clinic);
            yield return path;
            if (address.Rule is Admission.OnRecord)
                foreach (var person in clinic.People) yield return $"/for/{person.Record}{path}";
        }
        yield return "/";
    }

    private string Known(string path) => clinic.People.Aggregate(path.Replace(clinic.Id, "TRIAL", StringComparison.Ordinal), (text, person) => text.Replace(person.Record!, person.ShownName, StringComparison.Ordinal)).Replace(clinic.Admin.Id, "ADMIN", StringComparison.Ordinal);

    private async Task Keep(string what, HttpResponseMessage answer)
    {
        asked++;
        var body = await answer.Content.ReadAsByteArrayAsync();
        // How small a packed file becomes depends on the ids in it: it is compared unpacked.
        var packed = answer.Content.Headers.ContentType?.MediaType == "application/zip";
        if (packed) body = Unpacked(body);
        var headers = string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key != "Date" && !(packed && h.Key == "Content-Length")).OrderBy(h => h.Key, StringComparer.Ordinal)
            .Select(h => $"{h.Key}: {string.Join(", ", h.Key == "Set-Cookie" ? h.Value.Select(v => CookieValue().Replace(v, m => $"={m.Length};", 1)) : h.Value)}"));
        // The audit trail goes on from trial to trial.
        var text = Before().Replace(Encoding.Latin1.GetString(body), number => $"{long.Parse(number.Value, CultureInfo.InvariantCulture) - since.Trail}");
        Sizes.Add(text.Length);
        Answers.Add((what, Lived.Masked($"{(int)answer.StatusCode}\n{headers}\n\n{PushKey().Replace(text, m => $"<{m.Length}>")}")));
    }

    private static byte[] Unpacked(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        var text = new StringBuilder();
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open(), Encoding.Latin1);
            text.Append(CultureInfo.InvariantCulture, $"== {entry.FullName} {entry.Length}\n").Append(reader.ReadToEnd()).Append('\n');
        }
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    [GeneratedRegex("\"ms\":[0-9]+")]
    private static partial Regex Milliseconds();

    [GeneratedRegex("(?<=who-looked[?]before=)[0-9]+")]
    private static partial Regex Before();

    // Every clinic has its own.
    [GeneratedRegex("(?<= data-key=\")[A-Za-z0-9_-]{87}(?=\")")]
    private static partial Regex PushKey();

    [GeneratedRegex("=[^;]*;")]
    private static partial Regex CookieValue();
}
