using Lowdose.Diary;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace Lowdose.Web.Reports;

/// <summary>The one-page report of a verdict: one file that needs nothing else, for a screen or for paper.</summary>
public partial class VerdictReport
{
    /// <summary>What is reported.</summary>
    [Parameter, EditorRequired] public required CourseVerdict Verdict { get; set; }

    /// <summary>The report as HTML without script or outside reference. Everything that came from the diary is escaped.</summary>
    public static string WriteHtml(CourseVerdict verdict) => Rendered.Of<VerdictReport>(new() { [nameof(Verdict)] = verdict });
}
