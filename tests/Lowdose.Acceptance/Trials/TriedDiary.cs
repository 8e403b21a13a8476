using Lowdose.Diary;
using NodaTime;

namespace Lowdose.Acceptance.Trials;

/// <summary>What the first person of a trial writes.</summary>
internal static class TriedDiary
{
    /// <summary>Sets fields of a day, now.</summary>
    public static void Writes(this TriedClinic clinic, LocalDate date, params (string Field, string Value)[] fields)
    {
        var (person, subject) = (clinic.People[0], Subjects.Day(date));
        clinic.Clinic.Archive.Append(new DiaryWrite(Guid.NewGuid(), subject, clinic.Clinic.Archive.Read(log => log.Head(subject), person.Record!), [.. fields.Select(f => new Change(f.Field, f.Value))], clinic.Clock.Now, "UTC", person.Id), person.Record!).ShouldBeOfType<Appended.Accepted>();
    }
}
