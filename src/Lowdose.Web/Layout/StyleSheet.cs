using System.Text;
using Lowdose.Science.Inference;

namespace Lowdose.Web.Layout;

/// <summary>What every page and report is stamped with.</summary>
public static class StyleSheet
{
    /// <summary>The style sheet's text, for a report that must stand alone.</summary>
    public static string Text { get; } = Encoding.UTF8.GetString(Asset.Styles.Content);

    /// <summary>The version that judged.</summary>
    public static string Version { get; } = typeof(Judge).Assembly.GetName().Version!.ToString(3);
}
