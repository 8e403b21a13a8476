using System.Text.Json;

namespace Lowdose.Records.Clinic;

/// <summary>A finding as <c>lowdose audit verify --json</c> prints it, and as the running Lowdose tells it to the command.</summary>
public static class AuditJson
{
    private static readonly Dictionary<Tampering, string> Kinds = new()
    {
        [Tampering.Changed] = "changed",
        [Tampering.Missing] = "missing",
        [Tampering.OutOfPlace] = "out-of-place",
        [Tampering.Unlinked] = "unlinked",
        [Tampering.Rewritten] = "rewritten",
        [Tampering.CutOff] = "cut-off",
    };

    /// <summary>Writes the members; the object is the caller's.</summary>
    public static void Write(Utf8JsonWriter json, AuditFinding finding)
    {
        json.WriteBoolean("intact", finding.Fault is null);
        json.WriteNumber("entries", finding.Entries);
        json.WriteString("hash", Convert.ToHexStringLower(finding.LastHash));
        json.WriteNumber("anchors", finding.Anchors);
        json.WriteNumber("unanchored", finding.Unanchored);
        json.WritePropertyName("fault");
        if (finding.Fault is not { } fault)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        json.WriteNumber("sequence", fault.Sequence);
        json.WriteString("kind", Kinds[fault.Kind]);
        json.WriteString("what", fault.What);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="KeyNotFoundException">It is something else.</exception>
    public static AuditFinding Read(JsonElement json) => new(json.GetProperty("entries").GetInt64(), Convert.FromHexString(json.GetProperty("hash").GetString()!),
        json.GetProperty("anchors").GetInt32(), json.GetProperty("unanchored").GetInt64(),
        json.GetProperty("fault") is { ValueKind: JsonValueKind.Object } fault
            ? new(fault.GetProperty("sequence").GetInt64(), Kinds.First(k => k.Value == fault.GetProperty("kind").GetString()).Key, fault.GetProperty("what").GetString()!) : null);
}
