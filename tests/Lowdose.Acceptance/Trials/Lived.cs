using System.Globalization;
using System.Text.RegularExpressions;
using Lowdose.Diary;
using Lowdose.Records.Clinic;
using Lowdose.Trials;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Lowdose.Acceptance.Trials;

/// <summary>One trial lived through, with everything a blinded role was answered on the way, keys, nonces and ids masked.</summary>
/// <param name="Answers">What was asked, and how it was answered.</param>
/// <param name="Sizes">The size of every answer's body, bytes, as it was sent.</param>
internal sealed partial record Lived(IReadOnlyList<(string What, string Answer)> Answers, IReadOnlyList<int> Sizes)
{
    /// <summary>Lives through a trial with this seed; what its people do and write does not depend on it.</summary>
    /// <param name="grounds">Where.</param>
    /// <param name="script">What happens.</param>
    /// <param name="seed">Of the lot.</param>
    /// <param name="leak">Made on purpose.</param>
    public static async Task<Lived> Through(Grounds grounds, Script script, int seed, Leak leak = Leak.Nothing)
    {
        await grounds.Settled();
        var since = grounds.Now();
        await using var clinic = TriedClinic.In(grounds, script.People, TriedClinic.Secrets(seed));
        await clinic.Sealed(Script.PeriodDays, script.Pairs, script.Design);
        await using var living = await Living.Begin(grounds, since, clinic, leak);
        await living.Looks("sealed", everything: true);
        clinic.Begins();
        var random = new Random(7);
        foreach (var period in clinic.Now.Trial.PeriodsOf("P1"))
        {
            var first = Period.DaysBetween(TriedClinic.First, period.First);
            clinic.Clock.Now = TriedClinic.At(first);
            foreach (var person in clinic.People) await living.Posts(person, "/my-trial/taken", ("taken", random.Next(10) == 0 ? "no" : "yes"));
            for (var day = first; day < first + period.Days; day++)
                foreach (var person in clinic.People) Writes(clinic, person, day, random.Next(2, 9), leak.HasFlag(Leak.Diary) && day == 3);
            await living.Looks($"period {period.Number}");
            await living.IsReminded(first + 2);
            if (period.Number == 1) await Happens(script, clinic, living, first + 5);
            clinic.Clock.Now = TriedClinic.At(first + period.Days - 1);
            foreach (var person in clinic.People) await living.Posts(person, "/my-trial/guess", ("guess", random.Next(3) switch { 0 => "drug", 1 => "placebo", _ => "unknown" }));
        }
        await living.Looks("end");
        clinic.Clock.Now = TriedClinic.At(Period.DaysBetween(TriedClinic.First, clinic.Now.Trial.PeriodsOf("P1")[^1].Last) + 1);
        await living.Posts(clinic.Dora, $"/trials/{clinic.Id}/close", ("why", script.Event == Script.Turn.Leaves ? "nobody is left" : ""));
        clinic.Now.Trial.Stage.ShouldBe(TrialStage.Closed);
        await living.Looks("closed");
        if (leak.HasFlag(Leak.Table)) clinic.Clinic.Archive.Change(tables => tables.Database.ExecuteSqlRaw("UPDATE organisations SET created_at = '2026-12-01T12:00:01Z'"));
        if (leak.HasFlag(Leak.Log)) await grounds.Log.WriteLineAsync("{\"kit\":\"the drug\"}");
        foreach (var (table, rows) in grounds.Tables(since)) living.Answers.Add(("table " + table, Masked(rows)));
        await living.Log();
        return new(living.Answers, living.Sizes);
    }

    private static async Task Happens(Script script, TriedClinic clinic, Living living, int day)
    {
        clinic.Clock.Now = TriedClinic.At(day);
        switch (script.Event)
        {
            case Script.Turn.Stops:
                await living.Posts(clinic.People[0], "/my-trial/stop", ("why", "rash"));
                break;
            case Script.Turn.Leaves:
                await living.Posts(clinic.People[0], "/my-trial/leave", ("why", "moved"));
                break;
            case Script.Turn.Opened:
                // Who opens one person sees one person's arms, and that once.
                await living.Opens($"P{clinic.People.Count}");
                break;
        }
        await living.Posts(clinic.Dora, $"/trials/{clinic.Id}/emergency", ("place", "P1"), ("second", clinic.Fia.Id), ("why", ""));
        await living.Posts(clinic.Dora, $"/trials/{clinic.Id}/reveal");
        await living.Posts(clinic.Dora, $"/kits/{clinic.Id}");
        await living.Looks("after");
    }

    private static void Writes(TriedClinic clinic, Account person, int day, int score, bool leaks)
    {
        List<Change> changes = leaks ? [new("pain", Text(score + 1)), new("treatment/tea", "started")] : [new("pain", Text(score))];
        var subject = Subjects.Day(TriedClinic.First.PlusDays(day));
        clinic.Clinic.Archive.Append(new DiaryWrite(Guid.NewGuid(), subject, clinic.Clinic.Archive.Read(log => log.Head(subject), person.Record!), changes, TriedClinic.At(day), "UTC", person.Id), person.Record!).ShouldBeOfType<Appended.Accepted>();
    }

    private static string Text(int score) => score.ToString(CultureInfo.InvariantCulture);

    /// <summary>Ids, hashes, keys and kit numbers by the order in which they first appear, so that a changed order would show.</summary>
    internal static string Masked(string text)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return Random().Replace(text, match => $"<{match.Length}:{(seen.TryGetValue(match.Value, out var n) ? n : seen[match.Value] = seen.Count)}>");
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![0-9a-f])|(?<![0-9T])[1-9][0-9]{5}(?![0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex Random();
}
