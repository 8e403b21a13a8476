using System.Security.Cryptography;
using System.Text;
using Lowdose.Evidence;
using Lowdose.Web.Screens;

namespace Lowdose.Web.Known;

/// <summary>
/// Where an entry of the knowledge has its page. An address stays in a history and in a bar that others see, so it says nothing of what it is about:
/// a code made of the entry's kind and id, the same in every version.
/// </summary>
internal static class KnownAddress
{
    private static readonly Lazy<IReadOnlyDictionary<string, SearchEntry>> ByCode = new(() =>
        SearchEntry.All(Loaded.Knowledge).ToDictionary(e => Code(e.Kind, e.Id), StringComparer.Ordinal));

    /// <summary>The code of an entry: eight hexadecimal digits.</summary>
    public static string Code(EntryKind kind, string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}/{id}")))[..8];

    /// <summary>The entry with a code; null where there is none.</summary>
    public static SearchEntry? Entry(string code) => ByCode.Value.GetValueOrDefault(code);

    /// <summary>The address of an entry, of the page it stands on where it has none of its own.</summary>
    public static string Of(EntryKind kind, string id) => kind switch
    {
        EntryKind.Question when Loaded.Knowledge.Answers.Values.FirstOrDefault(a => a.Questions.Contains(id)) is { } answer => $"{Of(EntryKind.Answer, answer.Id)}#{Anchor(kind, id)}",
        EntryKind.Alternative => $"/beside#{Anchor(kind, id)}",
        EntryKind.Resource => "/resources",
        EntryKind.Source when Loaded.Knowledge.Studies.ContainsKey(id) => Of(EntryKind.Study, id),
        _ => "/known/" + Code(kind, id),
    };

    /// <summary>The id of an entry's part of a page.</summary>
    public static string Anchor(EntryKind kind, string id) => "k" + Code(kind, id);
}
