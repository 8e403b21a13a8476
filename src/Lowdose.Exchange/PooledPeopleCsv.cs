using System.Globalization;
using CsvHelper;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Exchange;

/// <summary>Everyone in a pool, a row each: the effect, its standard error, and the effect by their own days alone; empty where there is none.</summary>
public static class PooledPeopleCsv
{
    /// <summary>The file.</summary>
    /// <param name="names">Everyone.</param>
    /// <param name="people">Their effects, score units.</param>
    public static byte[] Of(IReadOnlyList<string> names, IReadOnlyList<PersonEffect> people)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteRecord(["person", "effect", "se", "own_effect"]);
            for (var i = 0; i < names.Count; i++)
                csv.WriteRecord([DiaryTableCsv.Harmless(names[i]), Number(people[i].Effect), Number(people[i].Se), Number(people[i].OwnEffect)]);
        }
        return file.ToArray();
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";
}
