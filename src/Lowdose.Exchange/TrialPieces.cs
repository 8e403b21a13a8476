using System.Text.Json;
using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Trials;

namespace Lowdose.Exchange;

/// <summary>The pieces of a <see cref="TrialFile"/> by themselves, as JSON in UTF-8: what a database keeps of a trial, row by row.</summary>
public static class TrialPieces
{
    /// <summary>A design.</summary>
    public static byte[] Write(Design design) => Bytes(json =>
    {
        json.WriteStartObject();
        DesignJson.Write(json, design);
        json.WriteEndObject();
    });

    /// <summary>What happened.</summary>
    public static byte[] Write(TrialRecord record) => Bytes(json => TrialRecordJson.Write(json, record));

    /// <summary>Reads a design that was written here.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static Design ReadDesign(byte[] utf8)
    {
        using var json = JsonDocument.Parse(utf8);
        var reading = Design.Read("design", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json.RootElement.GetProperty("design").GetRawText())));
        return reading.Design ?? throw new FormatException($"a design is damaged: {reading.Defects[0].What}");
    }

    /// <summary>Why a design could not be read again once it was written; null where it can. What a page makes of a design may be none any more.</summary>
    public static Refused? Wrong(Design design)
    {
        try
        {
            ReadDesign(Write(design));
            return null;
        }
        catch (FormatException wrong)
        {
            return new(wrong.Message.Replace("a design is damaged: ", "", StringComparison.Ordinal), "change the design");
        }
    }

    /// <summary>Reads what happened.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static TrialRecord ReadRecord(byte[] utf8)
    {
        using var json = JsonDocument.Parse(utf8);
        return TrialRecordJson.Read(json.RootElement);
    }

    private static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        return buffer.ToArray();
    }
}
