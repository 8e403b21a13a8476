using System.Collections.Concurrent;
using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.Courses;
using NodaTime;

namespace Lowdose.Web.Cohorts;

/// <summary>
/// The courses that count in an organisation's research. Who agreed is asked anew at every request; what one course comes to is held in memory by the length of its
/// log and the day, as nothing else changes it. Source: docs/methods/cohort.md.
/// </summary>
/// <param name="archive">The records.</param>
internal sealed class Cohort(Archive archive)
{
    // More people than agree anywhere; then all are worked out anew.
    private const int Most = 20_000;

    private readonly Grants _grants = new(archive);
    private readonly Judged _judged = new();
    private readonly ConcurrentDictionary<string, (int Writes, LocalDate Today, CohortPerson Person)> _known = new(StringComparer.Ordinal);

    /// <summary>Everybody of an organisation whose consent to research holds now, in no order that means anything.</summary>
    /// <param name="organisation">Which.</param>
    /// <param name="today">The day it is.</param>
    /// <param name="now">The instant it is.</param>
    public IReadOnlyList<CohortPerson> Of(string organisation, LocalDate today, Instant now)
    {
        if (_known.Count > Most) _known.Clear();
        return [.. _grants.ToResearch(organisation, now).Select(record => Of(record, today))];
    }

    private CohortPerson Of(string record, LocalDate today)
    {
        var known = _known.GetValueOrDefault(record);
        var (writes, course) = archive.Read(log => (log.Writes.Count, known.Person is not null && (known.Writes, known.Today) == (log.Writes.Count, today) ? null : CourseRecord.Of(log)), record);
        if (course is null) return known.Person;
        var person = CohortPerson.Of(course, today, _judged);
        _known[record] = (writes, today, person);
        return person;
    }
}
