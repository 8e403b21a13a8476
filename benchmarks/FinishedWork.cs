using System.Text.Json;

namespace Lowdose.Benchmarks;

/// <summary>Finished pieces of a long run, one JSON line each, so that a run can be stopped and resumed.</summary>
public sealed class FinishedWork
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly Dictionary<string, JsonElement> _done = [];

    public FinishedWork(string name)
    {
        _path = Path.Combine(Provenance.Root, "artifacts", "bench", name + ".jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        if (!File.Exists(_path)) return;
        foreach (var line in File.ReadLines(_path))
            if (TryRead(line, out var key, out var value)) _done[key] = value;
    }

    public bool Has(string key) { lock (_gate) return _done.ContainsKey(key); }

    public JsonElement Get(string key) { lock (_gate) return _done[key]; }

    public void Add(string key, JsonElement value)
    {
        lock (_gate)
        {
            _done[key] = value;
            File.AppendAllText(_path, JsonSerializer.Serialize(new { key, value }) + "\n");
        }
    }

    /// <summary>A line cut short by a stop in mid-write is simply not done.</summary>
    private static bool TryRead(string line, out string key, out JsonElement value)
    {
        (key, value) = ("", default);
        try
        {
            var parsed = JsonDocument.Parse(line).RootElement;
            (key, value) = (parsed.GetProperty("key").GetString()!, parsed.GetProperty("value"));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
