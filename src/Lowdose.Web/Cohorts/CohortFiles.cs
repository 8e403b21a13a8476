using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lowdose.Exchange;

namespace Lowdose.Web.Cohorts;

/// <summary>What a researcher takes along: no record, name, date or text of anybody.</summary>
internal static class CohortFiles
{
    /// <summary>
    /// A row a day: <c>person,day,SCORE,dose_mg</c>. Days count from 1 at the start of each course and end where fewer than five courses go on. The numbers of people
    /// are dealt anew for every file, so that two files cannot be laid side by side by them.
    /// </summary>
    /// <param name="sheet">With a score chosen.</param>
    public static byte[] Csv(CohortSheet sheet)
    {
        CohortPerson[] people = [.. sheet.People];
        RandomNumberGenerator.Shuffle(people.AsSpan());
        var last = people.Select(p => p.Days[^1].Day).OrderDescending().ElementAt(SmallCells.Fewest - 1);
        var csv = new StringBuilder().Append(CultureInfo.InvariantCulture, $"person,day,{sheet.Chosen},dose_mg\n");
        foreach (var (index, person) in people.Index())
            foreach (var day in person.Days.TakeWhile(d => d.Day <= last))
                csv.Append(CultureInfo.InvariantCulture, $"{index + 1},{day.Day},{day.Score},{day.Dose?.ExactMilligrams.ToString("0.######", CultureInfo.InvariantCulture)}\n");
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    /// <summary>Everybody's table, as <c>lowdose pool --export-summary</c> writes them.</summary>
    /// <param name="sheet">With a score chosen.</param>
    public static byte[] Tables(CohortSheet sheet)
    {
        using var buffer = new MemoryStream();
        PoolTables.Write(TableHeading.Of(CohortSheet.Outcome(sheet.Chosen!), null), sheet.People.Select(p => p.Table!), buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
