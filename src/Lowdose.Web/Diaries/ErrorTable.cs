using System.Text.Json;
using Lowdose.Web.Layout;

namespace Lowdose.Web.Diaries;

/// <summary>How often the verdict was wrong over many made-up people whose truth was known: the table of docs/methods, read as data.</summary>
/// <param name="Commit">The commit that made it.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Rows">A row a design and truth.</param>
internal sealed record ErrorTable(string Commit, long Seed, IReadOnlyList<ErrorRow> Rows)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>The table this Lowdose was built with; null where none was generated.</summary>
    public static ErrorTable? BuiltIn { get; } = Resource.Bytes("verdict-errors.json") is { } json ? JsonSerializer.Deserialize<ErrorTable>(json, Format) : null;
}

/// <summary>One design and one truth.</summary>
/// <param name="Design">"open label" or "randomised".</param>
/// <param name="Truth">What was true of these people, in a few words.</param>
/// <param name="Diaries">How many diaries.</param>
/// <param name="Works">The share judged works or probably works.</param>
/// <param name="DoesNotWork">The share judged does not or probably does not work.</param>
/// <param name="Harms">The share judged to do harm.</param>
internal sealed record ErrorRow(string Design, string Truth, int Diaries, double Works, double DoesNotWork, double Harms);
