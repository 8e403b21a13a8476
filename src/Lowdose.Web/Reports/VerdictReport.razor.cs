using Lowdose.Diary;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lowdose.Web.Reports;

/// <summary>The one-page report of a verdict: one file that needs nothing else, for a screen or for paper.</summary>
public partial class VerdictReport
{
    /// <summary>What is reported.</summary>
    [Parameter, EditorRequired] public required CourseVerdict Verdict { get; set; }

    /// <summary>The report as HTML without script or outside reference. Everything that came from the diary is escaped.</summary>
    public static string WriteHtml(CourseVerdict verdict)
    {
        using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Verdict)] = verdict });
        return renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<VerdictReport>(parameters)).ToHtmlString()).GetAwaiter().GetResult();
    }
}
