using System.Collections.Concurrent;
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
/// again only where one of these is another; memory only. Source: docs/methods/clinic-list.md.
/// </summary>
/// <param name="archive">The records.</param>
/// <param name="accounts">All accounts.</param>
/// <param name="judged">Verdicts of this process.</param>
internal sealed class ClinicList(Archive archive, Accounts accounts, Judged judged)
{
    // More people than a prescriber has; then all are worked out anew.
    private const int Most = 20_000;

    private readonly Grants _grants = new(archive);
    private readonly ConcurrentDictionary<string, (State State, IReadOnlyList<Attention> Needs)> _known = new(StringComparer.Ordinal);

    /// <summary>The rows, in order: danger first, then what has waited longest, then those who need nothing, by name.</summary>
    /// <param name="who">Who looks.</param>
    /// <param name="today">The day it is.</param>
    /// <param name="now">The instant it is.</param>
    public IReadOnlyList<ClinicRow> Of(Who who, LocalDate today, Instant now)
    {
        var all = accounts.In(who.Organisation);
        var prescribers = all.Where(a => a.Roles.Contains(Role.Prescriber)).ToDictionary(a => a.Id, a => a, StringComparer.Ordinal);
        var granted = _grants.To(who.Account).Where(g => g.May is May.See or May.Prescribe && g.Holds(now)).ToLookup(g => g.Record, g => g.May);
        if (_known.Count > Most) _known.Clear();
        List<ClinicRow> rows = [.. all.Where(a => a.Record is not null && a.Id != who.Account && granted.Contains(a.Record))
            .Select(a => new ClinicRow(a.Record!, a.ShownName, granted[a.Record!].Contains(May.Prescribe), Needs(a.Record!, prescribers, today)))];
        rows.Sort((one, other) => Attention.Compare(one.Needs, other.Needs) is var order and not 0 ? order : string.Compare(one.Name, other.Name, StringComparison.CurrentCultureIgnoreCase));
        return rows;
    }

    /// <summary>What a course needs, with the verdicts held in memory.</summary>
    public IReadOnlyList<Attention> Needs(CourseToday course) =>
        Round.Of(course, through => course.Record.Primary is { } primary ? judged.Of(course.Record, course.Regimen, primary.Name, through)?.Judgement.Verdict : null);

    private IReadOnlyList<Attention> Needs(string record, Dictionary<string, Account> prescribers, LocalDate today)
    {
        var who = string.Join(' ', prescribers.Keys.Order(StringComparer.Ordinal));
        var known = _known.GetValueOrDefault(record);
        var (state, course) = archive.Read(log =>
        {
            var now = new State(log.Writes.Count, today, who);
            return (now, known.State == now ? null : CourseToday.Of(Loaded.Knowledge, Loaded.Screen, log, today, actor => prescribers.TryGetValue(actor, out var a) && ShownNames.Prescribes(a, record)));
        }, record);
        if (course is null) return known.Needs;
        var needs = Needs(course);
        _known[record] = (state, needs);
        return needs;
    }

    /// <summary>All that a row depends on. A log only grows, so its length says whether it is the same.</summary>
    private readonly record struct State(int Writes, LocalDate Today, string? Prescribers);
}

/// <summary>One person in a prescriber's list.</summary>
/// <param name="Record">Whose record.</param>
/// <param name="Name">How the person is shown.</param>
/// <param name="MayPrescribe">Whether the prescriber may decide about the plan, or only see the course.</param>
/// <param name="Needs">In order; empty where nothing needs the prescriber.</param>
public sealed record ClinicRow(string Record, string Name, bool MayPrescribe, IReadOnlyList<Attention> Needs);
