using System.Text.Json;

namespace Lowdose.Acceptance.Web;

/// <summary>Whether JSON fits a JSON Schema, for the words of it that the program's schemas use; any other word is a fault, so that nothing goes unchecked.</summary>
internal static class JsonFits
{
    private static readonly string[] Understood = ["$schema", "$ref", "type", "properties", "required", "items", "enum", "anyOf", "additionalProperties", "pattern", "format", "default"];

    /// <summary>Everything that does not fit, by its path.</summary>
    public static IReadOnlyList<string> Faults(JsonElement schema, JsonElement value)
    {
        var faults = new List<string>();
        Check(schema, schema, value, "$", faults);
        return faults;
    }

    private static void Check(JsonElement root, JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        if (schema.ValueKind == JsonValueKind.True) return;
        foreach (var word in schema.EnumerateObject().Select(p => p.Name).Except(Understood)) faults.Add($"{path}: the schema says {word}, which is not understood");
        if (schema.TryGetProperty("$ref", out var to))
        {
            Check(root, Resolved(root, to.GetString()!), value, path, faults);
            return;
        }
        if (schema.TryGetProperty("type", out var type) && !(type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : new[] { type.GetString()! }).Any(t => Is(t, value))) faults.Add($"{path}: is {value.ValueKind}");
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(w => JsonElement.DeepEquals(w, value))) faults.Add($"{path}: {value} is none of the words");
        if (schema.TryGetProperty("anyOf", out var ways) && !ways.EnumerateArray().Any(way => Fits(root, way, value))) faults.Add($"{path}: fits no way");
        if (value.ValueKind == JsonValueKind.Object)
        {
            if (schema.TryGetProperty("required", out var required)) faults.AddRange(required.EnumerateArray().Where(key => !value.TryGetProperty(key.GetString()!, out _)).Select(key => $"{path}: {key} is missing"));
            if (schema.TryGetProperty("properties", out var properties))
                foreach (var member in value.EnumerateObject())
                    if (properties.TryGetProperty(member.Name, out var own)) Check(root, own, member.Value, $"{path}.{member.Name}", faults);
                    else faults.Add($"{path}.{member.Name}: is not in the schema");
        }
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            foreach (var (i, item) in value.EnumerateArray().Index()) Check(root, items, item, $"{path}[{i}]", faults);
    }

    private static bool Fits(JsonElement root, JsonElement schema, JsonElement value)
    {
        var faults = new List<string>();
        Check(root, schema, value, "", faults);
        return faults.Count == 0;
    }

    private static JsonElement Resolved(JsonElement root, string pointer) =>
        pointer[1..].Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(root, (at, part) => at.ValueKind == JsonValueKind.Array ? at[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : at.GetProperty(part));

    private static bool Is(string type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("null", JsonValueKind.Null) or ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
        _ => false,
    };
}
