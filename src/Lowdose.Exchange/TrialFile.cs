using System.Text;
using System.Text.Json;
using Lowdose.Evidence;
using Lowdose.Trials;

namespace Lowdose.Exchange;

/// <summary>
/// A trial as a file that anybody of it may read: its design, its plan, what happened and the commitment. It holds no arm; that is in the file of
/// <see cref="SealedFile"/>. Reading it goes through every record again, so a file that tells of what cannot happen is refused. Described in docs/methods/trials.md.
/// </summary>
public static class TrialFile
{
    private const string Format = "lowdose-trial", Take = "take the file as lowdose trial wrote it, or from a backup";
    private const int Version = 1;

    /// <summary>Writes a trial as UTF-8.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(Trial trial, Stream stream)
    {
        using var json = JsonValues.Writer(stream);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteString("id", trial.Id);
        // Said for readers; what counts are the records.
        json.WriteString("stage", DesignJson.Word(trial.Stage));
        json.WriteString("designHash", TrialDesign.Hash(trial.Design));
        json.Text("planHash", trial.Plan?.Hash);
        json.Text("commitment", trial.Commitment?.Hash);
        DesignJson.Write(json, trial.Design);
        json.WriteStartArray("records");
        foreach (var record in trial.Records) TrialRecordJson.Write(json, record);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a trial.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trial">Null where it is refused.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static Refusal? Read(string path, out Trial? trial)
    {
        trial = null;
        if (Bytes(path, out var utf8) is { } unread) return unread;
        try
        {
            using var file = JsonDocument.Parse(utf8);
            var root = file.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !(root.TryGetProperty("format", out var format) && format.ValueEquals(Format))) return new(1, "this is not a trial", Take);
            if (root.GetProperty("version").GetInt32() != Version) return new(1, $"its version is not {Version}", "read it with the version of Lowdose that wrote it");
            var reading = Design.Read(path, new MemoryStream(Encoding.UTF8.GetBytes(root.GetProperty("design").GetRawText())));
            if (reading.Design is not { } design) return new(1, $"its design is damaged: {reading.Defects[0].What}", Take);
            if (Trial.New(root.GetProperty("id").GetString()!, design, out trial) is { } refused) return new(1, refused.What, refused.Do);
            foreach (var (number, element) in root.GetProperty("records").EnumerateArray().Index())
                if (trial!.Add(TrialRecordJson.Read(element), out trial) is { } wrong) return new(1, $"its record {number + 1} cannot be: {wrong.What}", Take);
            if (trial!.Commitment?.Hash == root.GetProperty("commitment").GetString() && TrialDesign.Hash(design) == root.GetProperty("designHash").GetString()) return null;
            trial = null;
            return new(1, "its design or commitment is not that of its records", Take);
        }
        catch (JsonException e)
        {
            trial = null;
            return PlainText.NotJson(utf8, e, Take);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            trial = null;
            return new(1, "a piece of the file is missing or of the wrong kind", Take);
        }
    }

    internal static Refusal? Bytes(string path, out byte[] utf8)
    {
        utf8 = [];
        try
        {
            utf8 = File.ReadAllBytes(path);
            return null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(1, "there is no such file", "check the path");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Directory.Exists(path) ? new(1, "this is a folder", "name the file in it") : new(1, "the file cannot be opened", "check that you may read it");
        }
    }
}
