using System.Diagnostics;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Safety;
using Lowdose.Web.Access;
using Lowdose.Web.Courses;
using Lowdose.Web.Screens;
using NodaTime;

namespace Lowdose.Web.Care;

/// <summary>
/// Everybody who let a prescriber in, and what each needs. What one person needs is a function of their writes, the day and who prescribes, so it is worked out
/// again only where one of these is another; memory only. Nobody waits for many verdicts: what is not ready is said to be so, and <see cref="LookingAhead"/>
/// works it out. Source: docs/methods/clinic-list.md.
/// </summary>
/// <param name="archive">The records.</param>
/// <param name="accounts">All accounts.</param>
/// <param name="grants">Who let whom in.</param>
/// <param name="judged">Verdicts of this process.</param>
internal sealed class ClinicList(Archive archive, Accounts accounts, Grants grants, Judged judged)
{
    // More people than a clinic has.
    private const int Most = 20_000;
    // Looked through at once however long it takes, without verdicts: some milliseconds each.
    private const int AtOnce = CarePages.PerPage;
    // As long as somebody waits for a page without asking what is wrong.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    private readonly Recent<string, Known> _known = new(Most);

    /// <summary>The rows, in order: danger first, then what has waited longest, then those still looked through, then those who need nothing, by name.</summary>
    /// <param name="who">Who looks.</param>
    /// <param name="today">The day it is.</param>
    /// <param name="now">The instant it is.</param>
    public IReadOnlyList<ClinicRow> Of(Who who, LocalDate today, Instant now)
    {
        var waited = Stopwatch.StartNew();
        var all = accounts.In(who.Organisation);
        var moment = At(who.Organisation, today);
        var granted = grants.To(who.Account).Where(g => Sees(g, now)).ToLookup(g => g.Record, g => g.May);
        Account[] people = [.. all.Where(a => a.Record is not null && a.Id != who.Account && granted.Contains(a.Record))];
        var looked = 0;
        foreach (var person in people)
            if (Now(person.Record!, moment) is null && (looked++ < AtOnce || waited.Elapsed < Patience)) Look(person.Record!, moment, mayWait: false);
        // One verdict is worked out however long it takes: who has a single patient need not come again.
        looked = 0;
        foreach (var person in people)
            if (Now(person.Record!, moment)?.IsWhole != true && (looked++ == 0 || waited.Elapsed < Patience)) Look(person.Record!, moment, mayWait: true);
        List<ClinicRow> rows = [.. people.Select(a => Row(a, granted[a.Record!].Contains(May.Prescribe), moment))];
        rows.Sort(ClinicRow.Order);
        return rows;
    }

    /// <summary>What a course needs; whoever asks for one waits for its verdict.</summary>
    public IReadOnlyList<Attention> Needs(CourseToday course) => Needs(course, mayWait: true, out _);

    /// <summary>Works out what is not ready of an organisation, one person after the other.</summary>
    /// <param name="organisation">Which.</param>
    /// <param name="today">The day it is.</param>
    /// <param name="now">The instant it is.</param>
    /// <param name="stop">Stops it between two people.</param>
    /// <returns>How many people were looked through.</returns>
    public int LookAhead(string organisation, LocalDate today, Instant now, CancellationToken stop)
    {
        var moment = At(organisation, today);
        var looked = 0;
        foreach (var record in moment.Prescribers.Values.Where(a => a.ClosedAt is null).SelectMany(a => grants.To(a.Id)).Where(g => Sees(g, now)).Select(g => g.Record).Distinct(StringComparer.Ordinal))
        {
            if (stop.IsCancellationRequested) break;
            if (Now(record, moment)?.IsWhole == true) continue;
            Look(record, moment, mayWait: true);
            looked++;
        }
        return looked;
    }

    private static bool Sees(Grant grant, Instant now) => grant.May is May.See or May.Prescribe && grant.Holds(now);

    // Until it is looked through again, what was found last stands.
    private ClinicRow Row(Account person, bool mayPrescribe, Moment moment) =>
        new(person.Record!, person.ShownName, mayPrescribe, _known.Knows(person.Record!, out var known) ? known.Needs : [], Now(person.Record!, moment)?.IsWhole == true);

    private Moment At(string organisation, LocalDate today) =>
        new(archive.Reached(organisation), accounts.Prescribers(organisation).ToDictionary(a => a.Id, a => a, StringComparer.Ordinal), today);

    // What is known of a record as it is now.
    private Known? Now(string record, Moment moment) => _known.Knows(record, out var known) && known.State == moment.StateOf(record) ? known : null;

    private void Look(string record, Moment moment, bool mayWait)
    {
        CourseToday course;
        try
        {
            course = archive.Read(log => CourseToday.Of(Loaded.Knowledge, Loaded.Screen, log, moment.Today, actor => moment.Prescribers.TryGetValue(actor, out var a) && ShownNames.Prescribes(a, record)), record);
        }
        catch (DamagedException)
        {
            // Whoever opens it is told. The others are looked through all the same.
            return;
        }
        var needs = Needs(course, mayWait, out var isWhole);
        // Should a write have come in between, the state is older than the log, and it is looked through once more.
        _known.Keep(record, new(moment.StateOf(record), needs, isWhole));
    }

    private IReadOnlyList<Attention> Needs(CourseToday course, bool mayWait, out bool isWhole)
    {
        var whole = true;
        var needs = Round.Of(course, through =>
        {
            if (course.Record.Primary is not { } primary) return null;
            if (!judged.Word(course.Record, course.Regimen, primary.Name, through, mayWait, out var word)) whole = false;
            return word;
        });
        isWhole = whole;
        return needs;
    }

    /// <summary>What all rows of an organisation depend on.</summary>
    /// <param name="Reached">The last write of each record.</param>
    /// <param name="Prescribers">Who prescribes.</param>
    /// <param name="Today">The day it is.</param>
    private sealed record Moment(IReadOnlyDictionary<string, long> Reached, Dictionary<string, Account> Prescribers, LocalDate Today)
    {
        private readonly string _who = string.Join(' ', Prescribers.Keys.Order(StringComparer.Ordinal));

        public State StateOf(string record) => new(Reached.GetValueOrDefault(record), Today, _who);
    }

    /// <summary>All that a row depends on. A log only grows, so its last write says whether it is the same.</summary>
    private readonly record struct State(long LastWrite, LocalDate Today, string Prescribers);

    /// <summary>What was found.</summary>
    private sealed record Known(State State, IReadOnlyList<Attention> Needs, bool IsWhole);
}

/// <summary>One person in a prescriber's list.</summary>
/// <param name="Record">Whose record.</param>
/// <param name="Name">How the person is shown.</param>
/// <param name="MayPrescribe">Whether the prescriber may decide about the plan, or only see the course.</param>
/// <param name="Needs">In order; empty where nothing needs the prescriber, or nothing is known yet.</param>
/// <param name="IsReady">Whether all was looked through; where not, more may come.</param>
public sealed record ClinicRow(string Record, string Name, bool MayPrescribe, IReadOnlyList<Attention> Needs, bool IsReady)
{
    /// <summary>The order of the list.</summary>
    internal static int Order(ClinicRow one, ClinicRow other) => Attention.Compare(one.Needs, other.Needs) is var order and not 0 ? order
        : one.Needs.Count == 0 && one.IsReady != other.IsReady ? one.IsReady.CompareTo(other.IsReady)
        : string.Compare(one.Name, other.Name, StringComparison.CurrentCultureIgnoreCase);
}
