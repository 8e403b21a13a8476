using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lowdose.Dosing;
using Lowdose.Exchange;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>The calendar of a plan, read by ical.js: what a phone would remind of, and what it would give away.</summary>
public class CalendarTests
{
    private const string Plan = "plan --from 1.5mg --by 1.5mg --every 14 --ceiling 4.5mg --start 2026-03-01 --time 02:30 --days 400";

    [NeedsParser]
    public void Every_dose_has_its_one_reminder_in_every_zone()
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.RunIn(folder.Path, [.. Plan.Split(' '), "--json", "--ics", "plan.ics"]);
        run.ExitCode.ShouldBe(0, run.Error);
        using var plan = JsonDocument.Parse(run.Output);
        string[] doses = [.. plan.RootElement.GetProperty("doses").EnumerateArray().Select(d => $"{d.GetProperty("date")} {d.GetProperty("time")}")];
        string[] reviews = [.. plan.RootElement.GetProperty("reviews").EnumerateArray().Select(r => r.GetProperty("date").GetString()!).Distinct()];
        foreach (var zone in (string[])["UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "Pacific/Kiritimati", "Europe/Berlin"])
        {
            using var read = Read(Path.Combine(folder.Path, "plan.ics"), zone);
            var reminders = read.RootElement.GetProperty("reminders").EnumerateArray().ToArray();
            reminders.Where(r => r.GetProperty("time").ValueKind != JsonValueKind.Null).Select(r => $"{r.GetProperty("date")} {r.GetProperty("time")}").ShouldBe(doses, zone);
            reminders.Where(r => r.GetProperty("time").ValueKind == JsonValueKind.Null).Select(r => r.GetProperty("date").GetString()).ShouldBe(reviews, zone);
            reminders.Where(r => r.GetProperty("time").ValueKind != JsonValueKind.Null).ShouldAllBe(r => r.GetProperty("floating").GetBoolean() && r.GetProperty("alarms").GetInt32() == 1);
        }
    }

    [NeedsParser]
    public void A_dose_twice_a_day_has_two_reminders()
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.RunIn(folder.Path, "plan", "--protocol", "P9", "--start", "2026-12-01", "--days", "20", "--json", "--ics", "plan.ics");
        run.ExitCode.ShouldBe(0, run.Error);
        using var plan = JsonDocument.Parse(run.Output);
        using var read = Read(Path.Combine(folder.Path, "plan.ics"), "UTC");
        read.RootElement.GetProperty("reminders").EnumerateArray().Where(r => r.GetProperty("time").ValueKind != JsonValueKind.Null)
            .Select(r => $"{r.GetProperty("date")} {r.GetProperty("time")}")
            .ShouldBe(plan.RootElement.GetProperty("doses").EnumerateArray().Select(d => $"{d.GetProperty("date")} {d.GetProperty("time")}"), ignoreOrder: true);
    }

    [NeedsParser]
    public void Reminders_to_write_come_every_day_at_the_same_clock_time_and_say_nothing()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "notes.ics"), CalendarFile.Daily([new(9, 0), new(21, 30)], new(2026, 3, 1), Instant.FromUtc(2026, 2, 28, 12, 0)));
        using var read = Read(Path.Combine(folder.Path, "notes.ics"), "Europe/Berlin");
        var reminders = read.RootElement.GetProperty("reminders").EnumerateArray().Take(400).ToArray();
        reminders.Select(r => r.GetProperty("date").GetString()).ShouldBe(Enumerable.Range(0, 400).Select(d => new LocalDate(2026, 3, 1).PlusDays(d).ToString("uuuu-MM-dd", null)));
        reminders.ShouldAllBe(r => r.GetProperty("floating").GetBoolean() && r.GetProperty("title").GetString() == "Daily reminder" && r.GetProperty("time").GetString() == "09:00");
    }

    [NeedsParser]
    public void A_changed_plan_reminds_of_what_is_left_of_it()
    {
        Titration.Rising("own", Mass.FromMilligrams(1.5m), Mass.FromMilligrams(1.5m), 14, Mass.FromMilligrams(4.5m), [], out var titration).ShouldBeNull();
        var start = new LocalDate(2026, 12, 1);
        var now = Instant.FromUtc(2026, 11, 22, 10, 0);
        var regimen = new Regimen(titration!, start, new(22, 0), new Product.Capsules(), null)
            .With(new RegimenChange.Hold(start.PlusDays(10), 14, "me", now, "nausea"))
            .With(new RegimenChange.MoveTo(start.PlusDays(30), new(8, 0), "me", now, "sleep"))
            .With(new RegimenChange.StepBack(start.PlusDays(40), "me", now, "nausea"))
            .With(new RegimenChange.Finish(start.PlusDays(90), "me", now, "no use"));
        var schedule = regimen.Schedule(200);
        using var folder = new TemporaryFolder();
        using var read = Read(folder.File("plan.ics", CalendarFile.Of(schedule, Reviews.Of(regimen), now)), "Europe/Berlin");
        read.RootElement.GetProperty("reminders").EnumerateArray().Where(r => r.GetProperty("time").ValueKind != JsonValueKind.Null)
            .Select(r => $"{r.GetProperty("date")} {r.GetProperty("time")}").ShouldBe(schedule.Doses.Select(d => $"{d.Date:uuuu-MM-dd} {d.Time:HH:mm}"));
        schedule.Doses.Count().ShouldBe(89);
    }

    [Fact]
    public void A_calendar_gives_nothing_away()
    {
        using var folder = new TemporaryFolder();
        LowdoseProcess.RunIn(folder.Path, [.. Plan.Split(' '), "--ics", "plan.ics"]).ExitCode.ShouldBe(0);
        var text = File.ReadAllText(Path.Combine(folder.Path, "plan.ics"));
        Regex.Matches(text, "naltrexone|ldn|lowdose|dose|drug|medic|tablet|capsule|syringe|opioid|pain|fatigue|mg|mL|doctor|prescri|symptom|side effect|health|review", RegexOptions.IgnoreCase)
            .Select(m => m.Value).ShouldBeEmpty();
        text.Split("\r\n").ShouldAllBe(line => line.Length <= 75 && !line.Contains('\n'));
        Regex.Matches(text, "^UID:(.*)\r$", RegexOptions.Multiline).Select(m => m.Groups[1].Value).ShouldBeUnique();
    }

    [Fact]
    public void A_calendar_is_there_whole_or_not_at_all()
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.RunIn(folder.Path, [.. Plan.Split(' '), "--ics", "no/such/plan.ics"]);
        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.Error.ShouldContain("folder");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    private static JsonDocument Read(string file, string zone)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = NeedsParserAttribute.Folder };
        start.ArgumentList.Add("read.mjs");
        start.ArgumentList.Add(file);
        start.Environment["TZ"] = zone;
        using var node = Process.Start(start)!;
        var error = node.StandardError.ReadToEndAsync();
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit(TimeSpan.FromMinutes(1)).ShouldBeTrue("the parser hangs");
        node.ExitCode.ShouldBe(0, error.Result);
        return JsonDocument.Parse(output);
    }
}

/// <summary>A test that asks node and ical.js; left out, saying so, where they are not installed.</summary>
internal sealed class NeedsParserAttribute : FactAttribute
{
    public static readonly string Folder = Path.Combine(LowdoseProcess.Repository, "tests", "Lowdose.Acceptance", "Calendar");

    public NeedsParserAttribute()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "node")));
        if (!onPath) Skip = "node is not installed";
        else if (!Directory.Exists(Path.Combine(Folder, "node_modules", "ical.js"))) Skip = "ical.js is not installed: npm ci in tests/Lowdose.Acceptance/Calendar";
    }
}
