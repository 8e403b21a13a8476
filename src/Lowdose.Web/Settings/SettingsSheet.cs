using Lowdose.Diary;
using Lowdose.Web.Day;

namespace Lowdose.Web.Settings;

/// <summary>What the log says about the settings, read at one moment.</summary>
/// <param name="Primary">The score the course is about; null where it is not named.</param>
/// <param name="Scores">The scores asked for besides.</param>
/// <param name="CourseHead">What a write about the course builds on.</param>
/// <param name="SettingsHead">What a write about the settings builds on.</param>
public sealed record SettingsSheet(PrimaryOutcome? Primary, IReadOnlyList<string> Scores, Guid? CourseHead, Guid? SettingsHead)
{
    /// <summary>Reads them.</summary>
    public static SettingsSheet Of(DiaryLog log) => new(CourseRecord.Of(log).Primary,
        log.Now(Subjects.Settings).GetValueOrDefault(DaySheet.ScoresSetting)?.Value.Split(',') ?? DayFields.Scores, log.Head(Subjects.Course), log.Head(Subjects.Settings));
}
