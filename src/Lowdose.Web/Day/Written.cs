using Lowdose.Diary;
using Lowdose.Records;
using NodaTime;

namespace Lowdose.Web.Day;

/// <summary>Writes made by the pages themselves, where no script does: on this computer's clock and in its zone.</summary>
internal static class Written
{
    /// <summary>Who writes in a person's own diary on their own computer.</summary>
    public const string Self = Archive.Me;

    /// <summary>A write, now and here.</summary>
    public static DiaryWrite Here(IClock clock, Guid id, string subject, Guid? @base, IReadOnlyList<Change> changes) =>
        new(id, subject, @base, changes, clock.GetCurrentInstant(), DateTimeZoneProviders.Tzdb.GetSystemDefault().Id, Self);
}
