namespace Lowdose.Diary;

/// <summary>How bad a side effect was on a day. "Not written" is none of these.</summary>
public enum Severity
{
    /// <summary>Asked, and not there.</summary>
    None,
    /// <summary>There, and easy to bear.</summary>
    Mild,
    /// <summary>It got in the way.</summary>
    Moderate,
    /// <summary>Hard to bear, or it stopped the day.</summary>
    Severe,
}

/// <summary>Severities as fields hold them.</summary>
public static class Severities
{
    /// <summary>"mild".</summary>
    public static string Text(this Severity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>Null where the text is none.</summary>
    public static Severity? Read(string text) => Enum.GetValues<Severity>().Where(s => s.Text() == text).Select(s => (Severity?)s).FirstOrDefault();
}
