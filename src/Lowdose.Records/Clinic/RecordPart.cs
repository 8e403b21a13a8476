namespace Lowdose.Records.Clinic;

/// <summary>What of a record was looked at or written: a page's kind, never what stood on it.</summary>
public enum RecordPart
{
    /// <summary>The diary as a whole: the month, the weeks.</summary>
    Diary,
    /// <summary>One day.</summary>
    Day,
    /// <summary>The course: doses, effects, the verdict.</summary>
    Course,
    /// <summary>The report on one page.</summary>
    Report,
    /// <summary>The plan.</summary>
    Plan,
    /// <summary>What is to be prepared.</summary>
    Preparation,
    /// <summary>The questionnaires.</summary>
    Questionnaires,
    /// <summary>The answers to "is it safe for me".</summary>
    Screening,
    /// <summary>The settings.</summary>
    Settings,
    /// <summary>The row in the clinic's list.</summary>
    ClinicList,
    /// <summary>Who looked.</summary>
    WhoLooked,
    /// <summary>Everything at once.</summary>
    Everything,
}
