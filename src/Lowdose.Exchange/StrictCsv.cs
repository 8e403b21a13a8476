using CsvHelper;

namespace Lowdose.Exchange;

/// <summary>How every CSV file is taken apart here: by the letter, so that a quote in the wrong place is said and not guessed around. Source: RFC 4180.</summary>
internal static class StrictCsv
{
    /// <summary>Reads a file's rows, the header being one of them.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="delimiter">Between fields.</param>
    public static CsvReader Open(byte[] utf8, char delimiter) => CsvReader.Create(utf8, new CsvReaderOptions
    {
        HasHeader = false, Separator = delimiter, TrimWhitespace = true, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw,
    });

    /// <summary>What is wrong with one that cannot be taken apart.</summary>
    public static Refusal Refusal(CsvFormatException malformed) => new(Math.Max(1, (int)malformed.LineNumber),
        malformed.Message.Contains("never closed", StringComparison.Ordinal) ? "a quote is opened and never closed" : "a quote stands where none may (RFC 4180)",
        "put the whole field in double quotes and double every quote inside it");
}
