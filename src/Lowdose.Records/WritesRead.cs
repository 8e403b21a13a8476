using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lowdose.Records;

/// <summary>Reads a person's writes row by row. Of all that is read it is by far the most, and by hand takes a fifth of the time that it takes with entities.</summary>
internal static class WritesRead
{
    private const string InOrder = """
        SELECT w.sequence, w.id, w.subject, w.base, w.written_at, w.zone, w.actor, w.received_at, w.state, w.content, k.salt
        FROM writes w LEFT JOIN keys k ON k.person = w.person WHERE w.person = @person AND w.sequence >= @from ORDER BY w.sequence
        """;

    /// <summary>The writes from a sequence on, with the salt of the person's key; null: there is no key.</summary>
    public static (IReadOnlyList<WriteRow> Rows, byte[]? Salt) Of(RecordsContext tables, string person, long from)
    {
        var (read, salt) = (new List<WriteRow>(), (byte[]?)null);
        tables.Database.OpenConnection();
        using var question = tables.Database.GetDbConnection().CreateCommand();
        question.Transaction = tables.Database.CurrentTransaction?.GetDbTransaction();
        question.CommandText = InOrder;
        Add(question, "@person", DbType.String, person);
        Add(question, "@from", DbType.Int64, from);
        using (var rows = question.ExecuteReader())
        {
            WriteRow? before = null;
            while (rows.Read())
            {
                if (before is null && !rows.IsDBNull(10)) salt = rows.GetFieldValue<byte[]>(10);
                read.Add(before = new()
                {
                    Sequence = rows.GetInt64(0), Id = rows.GetGuid(1), Person = person, Subject = rows.GetString(2), Base = rows.IsDBNull(3) ? null : rows.GetGuid(3), WrittenAt = rows.GetString(4),
                    Zone = Same(rows.GetString(5), before?.Zone), Actor = Same(rows.GetString(6), before?.Actor), ReceivedAt = rows.GetString(7), State = Same(rows.GetString(8), before?.State), Content = rows.GetFieldValue<byte[]>(9),
                });
            }
        }
        // Somebody who has written nothing yet may have a passphrase.
        if (read.Count == 0 && from == 0) salt = tables.Keys.Where(k => k.Person == person).Select(k => k.Salt).FirstOrDefault();
        return (read, salt);
    }

    // One person writes in few zones; the text is in memory once.
    private static string Same(string text, string? before) => text == before ? before : text;

    private static void Add(DbCommand question, string name, DbType type, object value)
    {
        var parameter = question.CreateParameter();
        (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, type, value);
        question.Parameters.Add(parameter);
    }
}
