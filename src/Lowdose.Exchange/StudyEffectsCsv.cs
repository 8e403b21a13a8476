using System.Globalization;
using CsvHelper;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Exchange;

/// <summary>Every study's effect, variance and weight, a row each; <c>lowdose meta --measure GEN</c> reads it again.</summary>
public static class StudyEffectsCsv
{
    /// <summary>The file.</summary>
    /// <param name="table">The studies.</param>
    /// <param name="fit">What they say together.</param>
    public static byte[] Of(StudyTable table, MetaFit fit)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteRecord(["study", "yi", "vi", "lo", "hi", "weight"]);
            for (var i = 0; i < table.Effects.Count; i++)
            {
                var (y, half) = (table.Effects[i].Estimate, table.Effects[i].HalfWidth);
                csv.WriteRecord([DiaryTableCsv.Harmless(table.Names[i]), Number(y), Number(table.Effects[i].Variance), Number(y - half), Number(y + half), Number(fit.Weights[i])]);
            }
        }
        return file.ToArray();
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";
}
