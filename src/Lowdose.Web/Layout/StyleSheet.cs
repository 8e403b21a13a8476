using Lowdose.Science.Inference;

namespace Lowdose.Web.Layout;

/// <summary>The one style sheet: served to pages, written into a report.</summary>
public static class StyleSheet
{
    /// <summary>Its text.</summary>
    public static string Text { get; } = Read("lowdose.css");

    /// <summary>The version that judged, as printed on a report.</summary>
    public static string Version { get; } = typeof(Judge).Assembly.GetName().Version!.ToString(3);

    private static string Read(string name)
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("wwwroot/" + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
