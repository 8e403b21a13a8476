using System.Text;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Pools;

/// <summary>One file of a pool: diaries as CSV, or tables as JSON.</summary>
/// <param name="Name">As the person knows it.</param>
/// <param name="Text">What is in it.</param>
/// <param name="Utf8">Its bytes as they came.</param>
public sealed record PoolFile(string Name, string Text, byte[] Utf8)
{
    /// <summary>It seems to be tables.</summary>
    public bool HoldsTables => Text.AsSpan().TrimStart() is ['{', ..];

    /// <summary>It can go back into a page: a workbook or a picture cannot.</summary>
    public bool IsText => !Text.AsSpan().ContainsAny('\0', '\uFFFD');

    /// <summary>A file of text.</summary>
    public static PoolFile Of(string name, string text) => new(name, text, Encoding.UTF8.GetBytes(text));

    /// <summary>What a form holds: the files carried along, what was pasted, and those chosen now, of which one replaces another of its name.</summary>
    public static async Task<IReadOnlyList<PoolFile>> From(IFormCollection form)
    {
        var (names, texts) = (form["diary-name"], form["diary"]);
        var files = new List<PoolFile>();
        for (var i = 0; i < texts.Count; i++)
            if (!string.IsNullOrWhiteSpace(texts[i])) files.Add(Of(i < names.Count && names[i] is { Length: > 0 } name ? name : "what you pasted", texts[i]!));
        foreach (var chosen in form.Files.Where(f => f.Length > 0))
        {
            using var bytes = new MemoryStream();
            await chosen.CopyToAsync(bytes).ConfigureAwait(false);
            var name = chosen.FileName.Split('/', '\\')[^1];
            files.RemoveAll(f => f.Name == name);
            files.Add(new(name, Encoding.UTF8.GetString(bytes.ToArray()).TrimStart('\uFEFF'), bytes.ToArray()));
        }
        return files;
    }
}
