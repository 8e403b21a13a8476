using System.Security.Cryptography;

namespace Lowdose.Web.Layout;

/// <summary>A file that pages ask for. Its address holds a digest of its content, so a browser may keep it for good.</summary>
public sealed class Asset
{
    /// <summary>The style sheet.</summary>
    public static readonly Asset Styles = new("lowdose.css", "text/css; charset=utf-8");
    /// <summary>Shows the day under the pointer.</summary>
    public static readonly Asset DayModule = new("day.js", "text/javascript; charset=utf-8");
    /// <summary>Small comforts of the forms.</summary>
    public static readonly Asset FormModule = new("form.js", "text/javascript; charset=utf-8");
    /// <summary>Asks a form's questions one at a time where there is no room for more.</summary>
    public static readonly Asset QuestionsModule = new("questions.js", "text/javascript; charset=utf-8");
    /// <summary>The icon.</summary>
    public static readonly Asset Icon = new("icon.svg", "image/svg+xml");

    private Asset(string name, string type)
    {
        Content = Resource.Bytes("wwwroot/" + name)!;
        ContentType = type;
        Path = "/" + name;
        Address = $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(Content))[..12]}";
    }

    /// <summary>Every asset there is.</summary>
    public static IReadOnlyList<Asset> All => [Styles, DayModule, FormModule, QuestionsModule, Icon];

    /// <summary>Its bytes.</summary>
    public byte[] Content { get; }
    /// <summary>Its media type.</summary>
    public string ContentType { get; }
    /// <summary>Where it is served.</summary>
    public string Path { get; }
    /// <summary>How a page names it.</summary>
    public string Address { get; }
}
