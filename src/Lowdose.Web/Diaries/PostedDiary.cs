using System.Text;
using Lowdose.Diary;
using Lowdose.Exchange;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Diaries;

/// <summary>A diary as it came in: its text, how it was read, and the verdict or why there is none. It is kept nowhere but in the page.</summary>
/// <param name="Text">What was typed, pasted or in the file.</param>
/// <param name="Said">What the person said about it.</param>
/// <param name="Table">Its columns.</param>
/// <param name="Format">How it was read.</param>
/// <param name="Verdict">The verdict; null where it cannot be read.</param>
/// <param name="Refusal">Why it cannot be read; null where it can.</param>
public sealed record PostedDiary(string Text, SaidFormat Said, DiaryTable Table, DiaryFormat Format, CourseVerdict? Verdict, Refusal? Refusal)
{
    /// <summary>The largest diary taken over the wire, bytes; some 10,000 days with long notes.</summary>
    public const int LargestBytes = 2 << 20;

    /// <summary>Reads and judges a text.</summary>
    /// <param name="text">CSV.</param>
    /// <param name="said">What the person said about it.</param>
    public static PostedDiary Of(string text, SaidFormat said) => Of(Encoding.UTF8.GetBytes(text), text, said);

    /// <summary>Reads and judges what a form holds: a file where one was chosen, else the text.</summary>
    public static async Task<PostedDiary> From(IFormCollection form)
    {
        var said = SaidFormat.From(form);
        if (form.Files["file"] is not { Length: > 0 } file) return Of(form["diary"].ToString(), said);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes).ConfigureAwait(false);
        return Of(bytes.ToArray(), Encoding.UTF8.GetString(bytes.ToArray()).TrimStart('\uFEFF'), said);
    }

    private static PostedDiary Of(byte[] utf8, string text, SaidFormat said)
    {
        var table = DiaryTable.Of(text);
        var format = ColumnGuess.Of(table, said);
        if (string.IsNullOrWhiteSpace(text))
            return new(text, said, table, format, null, new Refusal(1, "there is nothing in it yet", "choose a file or paste the diary"));
        var reading = DiaryCsv.Read(utf8, format);
        var verdict = reading.Diary is { } diary ? CourseVerdict.Of(diary, said.AlreadyTaking, said.Randomised, beside: said.Trials && format.Outcome.Name.Contains(Lowdose.Evidence.EvidencePrior.Outcome, StringComparison.OrdinalIgnoreCase) ? Lowdose.Evidence.EvidencePrior.BuiltIn : null) : null;
        return new(text, said, table, format, verdict, reading.Refusal);
    }
}
