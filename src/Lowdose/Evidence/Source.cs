namespace Lowdose.Evidence;

/// <summary>What kind of document a source is.</summary>
public enum SourceKind
{
    /// <summary>One of the five texts this program grew from.</summary>
    Seed = 1,
    /// <summary>A randomised trial.</summary>
    Trial,
    /// <summary>A trial or before-after study without random order or control.</summary>
    OpenStudy,
    /// <summary>Charts, registers, surveys.</summary>
    Observational,
    /// <summary>One or a few patients.</summary>
    CaseReport,
    /// <summary>A pooled analysis.</summary>
    MetaAnalysis,
    /// <summary>A narrative review.</summary>
    Review,
    /// <summary>Cells, animals or scans.</summary>
    Laboratory,
    /// <summary>An approved label.</summary>
    Label,
    /// <summary>A guideline or consensus statement.</summary>
    Guideline,
    /// <summary>A drug code register or terminology.</summary>
    Register,
    /// <summary>What a clinician or pharmacist says.</summary>
    Expert,
    /// <summary>A web page that is not reviewed.</summary>
    Website,
    /// <summary>Calculated or proposed in this project.</summary>
    Calculation,
}

/// <summary>A document that claims rest on.</summary>
/// <param name="Id">As cited, e.g. <c>YOUNGER2013</c>.</param>
/// <param name="Title">What it is, in few words.</param>
/// <param name="Kind">What kind of document.</param>
/// <param name="Year">Year it appeared; null where not known.</param>
/// <param name="Citation">Where it can be found, as text; null where not known.</param>
/// <param name="Verification">How we know of it.</param>
/// <param name="Note">What must be said beside it, or null.</param>
/// <param name="Errors">What it says wrongly.</param>
public sealed record Source(string Id, string Title, SourceKind Kind, int? Year, string? Citation, Verification Verification, string? Note,
    IReadOnlyList<KnownError> Errors);

/// <summary>Something a source says that does not hold.</summary>
/// <param name="Id">E.g. <c>crohn-year</c>; unique within its source.</param>
/// <param name="Says">What it says.</param>
/// <param name="But">What holds instead.</param>
/// <param name="Sources">Source ids that show it; may be empty.</param>
public sealed record KnownError(string Id, string Says, string But, IReadOnlyList<string> Sources);

/// <summary>What one source says where sources disagree.</summary>
/// <param name="Source">Source id.</param>
/// <param name="Says">Its position, in few words.</param>
public sealed record Conflict(string Source, string Says);
