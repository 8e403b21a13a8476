using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.Clinic;
using Lowdose.Diary;
using Lowdose.Evidence;
using Lowdose.Records.Clinic;
using Lowdose.Trials;
using Microsoft.EntityFrameworkCore;

namespace Lowdose.Acceptance.Trials;

/// <summary>One trial lived through, with everything a blinded role was answered on the way, keys, nonces and ids masked.</summary>
/// <param name="Answers">What was asked, and how it was answered.</param>
/// <param name="Sizes">The size of every answer's body, bytes, as it was sent.</param>
internal sealed partial record Lived(IReadOnlyList<(string What, string Answer)> Answers, IReadOnlyList<int> Sizes)
{
    private const int PeriodDays = 21;

    private static readonly string[] Tables = ["trials", "trial_records", "trial_places", "people", "writes", "grants", "audit", "reminders"];

    /// <summary>Two seeds whose lots are each other's mirror: wherever one deals the drug, the other deals placebo.</summary>
    /// <param name="from">Where to look from.</param>
    /// <param name="pairs">Pairs of periods.</param>
    public static (int One, int Other) Mirrored(int from, int pairs)
    {
        var design = Knowledge.BuiltIn().Designs["trial-pairs"];
        LegalSequences.Of(design with { Vary = null, Blocks = design.Blocks! with { Days = PeriodDays, Pairs = pairs } }, [new("P1")], out var legal).ShouldBeNull();
        int[] Row(int number) => legal!.Draw(new SeededDraw(TriedClinic.Secrets(number)(SeededDraw.SeedBytes), "allocation"));
        int[] mirror = [.. Row(from).Select(arm => 1 - arm)];
        return (from, Enumerable.Range(1_000_000 + from, 10_000).First(number => Row(number).SequenceEqual(mirror)));
    }

    /// <summary>Lives through a trial of one person with this seed; what the person writes does not depend on it.</summary>
    public static async Task<Lived> Through(int seed, int pairs)
    {
        var (said, before) = (new StringWriter(), Console.Error);
        // The site takes the log's writer when it is built.
        Console.SetError(said);
        TriedClinic clinic;
        try
        {
            clinic = await TriedClinic.Start(secrets: TriedClinic.Secrets(seed));
        }
        finally
        {
            Console.SetError(before);
        }
        await using var ends = clinic;
        var lived = new Living(clinic);
        await clinic.Sealed(PeriodDays, pairs);
        await lived.Looks("sealed");
        clinic.Begins();
        var random = new Random(7);
        for (var period = 0; period < 2 * pairs; period++)
        {
            clinic.Clock.Now = TriedClinic.At(period * PeriodDays);
            await lived.Posts("/my-trial/taken", ("taken", random.Next(10) == 0 ? "no" : "yes"));
            for (var day = 0; day < PeriodDays; day++) Writes(clinic, (period * PeriodDays) + day, random.Next(2, 9));
            await lived.Looks($"period {period + 1}");
            clinic.Clock.Now = TriedClinic.At(((period + 1) * PeriodDays) - 1);
            await lived.Posts("/my-trial/guess", ("guess", random.Next(3) switch { 0 => "drug", 1 => "placebo", _ => "unknown" }));
        }
        await lived.Looks("end");
        clinic.Clock.Now = TriedClinic.At((2 * pairs * PeriodDays) + 1);
        clinic.Kept.Add(clinic.Now, new TrialRecord.Closed(clinic.Dora.Id, clinic.Clock.Now, null), out _).ShouldBeNull();
        await lived.Looks("closed");
        foreach (var table in Tables) lived.Answers.Add(("table " + table, Masked(Dump(clinic.Clinic, table))));
        lived.Answers.Add(("sealed", Sealed(clinic.Clinic)));
        // A line is written after its answer; two may change places.
        await Task.Delay(200);
        lived.Answers.Add(("log", Masked(string.Join('\n', said.ToString().Split('\n').Where(line => line.Contains("trial", StringComparison.Ordinal) || line.Contains("studies", StringComparison.Ordinal)).Select(line => Milliseconds().Replace(line, "")).Order(StringComparer.Ordinal)))));
        return new(lived.Answers, lived.Sizes);
    }

    private static void Writes(TriedClinic clinic, int day, int score)
    {
        var (person, subject) = (clinic.People[0], Subjects.Day(TriedClinic.First.PlusDays(day)));
        clinic.Clinic.Archive.Append(new DiaryWrite(Guid.NewGuid(), subject, clinic.Clinic.Archive.Read(log => log.Head(subject), person.Record!), [new("pain", score.ToString(CultureInfo.InvariantCulture))], TriedClinic.At(day), "UTC", person.Id), person.Record!).ShouldBeOfType<Appended.Accepted>();
    }

    private static string Dump(OwnClinic clinic, string table) => clinic.Archive.Query(tables =>
    {
        var text = new StringBuilder();
        using var command = tables.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Our own list of tables.
        command.CommandText = "SELECT * FROM " + table;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            for (var column = 0; column < rows.FieldCount; column++) text.Append(rows.GetValue(column) is byte[] bytes ? bytes is [(byte)'{', (byte)'"', .., (byte)'}'] ? Encoding.UTF8.GetString(bytes) : Convert.ToHexStringLower(bytes) : rows.GetValue(column)).Append('|');
            text.Append('\n');
        }
        return text.ToString();
    });

    private static string Sealed(OwnClinic clinic) => clinic.Archive.Query(tables => string.Join('\n', tables.Set<Lowdose.Records.Trials.SealedAllocationRow>().AsNoTracking().AsEnumerable().Select(row => $"{row.Nonce.Length} {row.Closed.Length}")));

    /// <summary>Ids, hashes, keys and kit numbers by the order in which they first appear, so that a changed order would show.</summary>
    private static string Masked(string text)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return Random().Replace(text, match => $"<{match.Length}:{(seen.TryGetValue(match.Value, out var n) ? n : seen[match.Value] = seen.Count)}>");
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![0-9a-f])|(?<![0-9])[1-9][0-9]{5}(?![0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex Random();

    [GeneratedRegex("\"ms\":[0-9]+")]
    private static partial Regex Milliseconds();

    /// <summary>Asks as every blinded role.</summary>
    private sealed class Living(TriedClinic clinic)
    {
        public List<(string What, string Answer)> Answers { get; } = [];
        public List<int> Sizes { get; } = [];

        public async Task Looks(string when)
        {
            var (id, day, record) = (clinic.Id, TriedClinic.First.ToString("uuuu-MM-dd", null), clinic.People[0].Record!);
            string[] own = ["/my-trial", "/my-trial/answer", "/my-trial/opened", "/today", "/day/" + day, "/course", "/course/weeks", "/course/report", "/course/report.pdf", "/settings", "/settings/reminders", "/settings/reminders/calendar", "/settings/who-looked", "/rights", "/kits/" + id],
                prescriber = ["/trials", "/trials/" + id, $"/trials/{id}/file", $"/trials/{id}/emergency", $"/trials/{id}/answer", $"/trials/{id}/opened", "/clinic", $"/for/{record}/course", $"/for/{record}/course/report.pdf", "/kits/" + id],
                researcher = ["/studies", "/studies/" + id, $"/studies/{id}/days", $"/studies/{id}/answer", $"/studies/{id}/opened", "/cohort", "/kits/" + id], admin = ["/people", "/kits/" + id];
            foreach (var (who, places) in ((Account, string[])[])[(clinic.People[0], own), (clinic.Dora, prescriber), (clinic.Rosa, researcher), (clinic.Clinic.Admin, admin)])
            {
                using var http = clinic.Clinic.Visitor(who);
                foreach (var place in places) await Keep($"{when}: {who.ShownName} GET {place.Replace(id, "ID", StringComparison.Ordinal).Replace(record, "RECORD", StringComparison.Ordinal)}", await http.Get(place));
            }
            using var mine = clinic.Clinic.Visitor(clinic.People[0]);
            foreach (var format in (string[])["csv", "json"]) await Keep($"{when}: export {format}", await mine.Post("/settings/export", ("format", format)));
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

        public async Task Posts(string path, params (string Name, string Value)[] fields)
        {
            using var http = clinic.Clinic.Visitor(clinic.People[0]);
            await Keep("POST " + path, await http.Post(path, fields));
        }

        private async Task Keep(string what, HttpResponseMessage answer)
        {
            using (answer)
            {
                var body = await answer.Content.ReadAsByteArrayAsync();
                // How small a packed file becomes depends on the ids in it: it is compared unpacked.
                var packed = answer.Content.Headers.ContentType?.MediaType == "application/zip";
                if (packed) body = Unpacked(body);
                var headers = string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("Date" or "Set-Cookie") && !(packed && h.Key == "Content-Length")).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {string.Join(", ", h.Value)}"));
                Sizes.Add(body.Length);
                Answers.Add((what, Masked($"{(int)answer.StatusCode}\n{headers}\n\n{Encoding.Latin1.GetString(body)}")));
            }
        }
    }
}
