namespace Lowdose.Diary;

/// <summary>Why reminders cannot be set up so, and what the person can do.</summary>
/// <param name="What">What is wrong, without a full stop.</param>
/// <param name="Do">What to do.</param>
public sealed record ReminderRefusal(string What, string Do);
