using System.Security.Cryptography;
using System.Text;

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
    /// <summary>What a device has not handed over yet.</summary>
    public static readonly Asset QueueModule = new("queue.js", "text/javascript; charset=utf-8");
    /// <summary>Hands it over.</summary>
    public static readonly Asset PostModule = new("post.js", "text/javascript; charset=utf-8", QueueModule);
    /// <summary>The day page, tap by tap.</summary>
    public static readonly Asset DayEntryModule = new("day-entry.js", "text/javascript; charset=utf-8", PostModule);
    /// <summary>This device: whether it is shared, and forgetting what it keeps.</summary>
    public static readonly Asset DeviceModule = new("device.js", "text/javascript; charset=utf-8", QueueModule);
    /// <summary>Turns reminders on and off in this browser.</summary>
    public static readonly Asset RemindersModule = new("reminders.js", "text/javascript; charset=utf-8");
    /// <summary>Makes and uses passkeys.</summary>
    public static readonly Asset PasskeyModule = new("passkey.js", "text/javascript; charset=utf-8");
    /// <summary>Forgets what this device keeps when somebody signs out.</summary>
    public static readonly Asset LeaveModule = new("leave.js", "text/javascript; charset=utf-8", QueueModule);
    /// <summary>Shows a power curve point by point.</summary>
    public static readonly Asset PowerModule = new("power.js", "text/javascript; charset=utf-8");
    /// <summary>Shows what the models say while the question changes.</summary>
    public static readonly Asset MechanismModule = new("mechanism.js", "text/javascript; charset=utf-8");
    /// <summary>The icon.</summary>
    public static readonly Asset Icon = new("icon.svg", "image/svg+xml");
    /// <summary>The icon for a home screen, 512 pixels.</summary>
    public static readonly Asset LargeIcon = new("icon-512.png", "image/png");
    /// <summary>The icon for a home screen that takes no other, 180 pixels.</summary>
    public static readonly Asset TouchIcon = new("icon-180.png", "image/png");

    private Asset(string name, string type, params Asset[] imports)
    {
        Content = Resource.Bytes("wwwroot/" + name)!;
        // A module that imports another must ask for the version it was written for.
        foreach (var import in imports)
            Content = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Content).Replace($"\"./{import.Path[1..]}\"", $"\"{import.Address}\"", StringComparison.Ordinal));
        ContentType = type;
        Path = "/" + name;
        Address = $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(Content))[..12]}";
    }

    /// <summary>Every asset there is.</summary>
    public static IReadOnlyList<Asset> All => [Styles, DayModule, FormModule, QuestionsModule, QueueModule, PostModule, DayEntryModule, DeviceModule, RemindersModule, PasskeyModule, LeaveModule, PowerModule, MechanismModule, Icon, LargeIcon, TouchIcon];

    /// <summary>Its bytes.</summary>
    public byte[] Content { get; }
    /// <summary>Its media type.</summary>
    public string ContentType { get; }
    /// <summary>Where it is served.</summary>
    public string Path { get; }
    /// <summary>How a page names it.</summary>
    public string Address { get; }
}
