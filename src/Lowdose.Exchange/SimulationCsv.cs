using System.Buffers;
using System.Globalization;
using System.Text;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Exchange;

/// <summary>Writes what was simulated: ID, TIME and a column a compartment and output, a row a subject and hour of the grid. Numbers read back to the same bits; one that is not finite is an empty cell.</summary>
public static class SimulationCsv
{
    private const int Block = 1 << 16, LongestNumber = 32;

    /// <summary>Writes the table.</summary>
    /// <param name="tables">What was simulated.</param>
    /// <param name="to">Where to.</param>
    /// <exception cref="ArgumentException">Nothing was simulated: there is a problem.</exception>
    public static void Write(SimulatedTables tables, Stream to)
    {
        if (tables.Problem is { } problem) throw new ArgumentException(problem.ToString(), nameof(tables));
        var buffer = new byte[Block];
        to.Write(Encoding.UTF8.GetBytes(string.Join(',', tables.Columns.Prepend("TIME").Prepend("ID").Select(Field)) + "\n"));
        for (var subject = 0; subject < tables.Subjects.Count; subject++)
        {
            var id = Encoding.UTF8.GetBytes(Field(tables.Subjects[subject]));
            var used = 0;
            for (var point = 0; point < tables.GridHours.Length; point++)
            {
                var row = tables.Row(subject, point);
                if (used + id.Length + (row.Length + 1) * LongestNumber > buffer.Length)
                {
                    to.Write(buffer, 0, used);
                    used = 0;
                }
                id.CopyTo(buffer, used);
                used += id.Length;
                used += Number(tables.GridHours[point], buffer.AsSpan(used));
                foreach (var value in row) used += Number(value, buffer.AsSpan(used));
                buffer[used++] = (byte)'\n';
            }
            to.Write(buffer, 0, used);
        }
    }

    private static int Number(double value, Span<byte> into)
    {
        into[0] = (byte)',';
        if (!double.IsFinite(value)) return 1;
        // A negative nought would puzzle a reader and says nothing.
        (value == 0 ? 0.0 : value).TryFormat(into[1..], out var written, "R", CultureInfo.InvariantCulture);
        return written + 1;
    }

    private static string Field(string text) => text.AsSpan().IndexOfAny(SearchValues.Create(",\"\r\n")) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
