using System.Globalization;
using Lowdose.Diary;
using Lowdose.Evidence;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Day;
using Lowdose.Web.Layout;
using Lowdose.Web.Screens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using Answers = Lowdose.Diary.Answers;

namespace Lowdose.Web.Questionnaires;

/// <summary>The addresses of the questionnaires: the list, the form, and what a day's answers come to.</summary>
internal static class QuestionnairePages
{
    /// <summary>Before an item's id in the form.</summary>
    public const string ItemPrefix = "answer/";

    private const string Room = "/questionnaires";

    public static void Map(IEndpointRouteBuilder site, IClock clock)
    {
        site.MapGet(Room, (RecordInHand record) => Reply.Page<ListPage>(new() { [nameof(ListPage.All)] = record.Read(log => Loaded.Knowledge.Instruments.Values.Select(i => Questioned.Of(log, i, Reply.Today(clock))).ToList()) })).Needs(May.See, RecordPart.Questionnaires);
        site.MapGet(Room + "/{id}", IResult (string id, HttpRequest request, RecordInHand record) =>
            At(clock, id, request.Query["day"].ToString() is { Length: > 0 } day ? day : DayWords.Iso(Reply.Today(clock))) is var (instrument, date)
                ? Asked(record.Read(log => Questioned.Of(log, instrument, date)), rest: request.Query.ContainsKey("rest")) : NotHere()).Needs(May.Write, RecordPart.Questionnaires);
        site.MapGet(Room + "/{id}/{day}", IResult (string id, string day, RecordInHand record) => At(clock, id, day) is var (instrument, date)
            ? Reply.Page<ScorePage>(new() { [nameof(ScorePage.Said)] = record.Read(log => Questioned.Of(log, instrument, date)) }) : NotHere()).Needs(May.See, RecordPart.Questionnaires);
        site.MapPost(Room + "/{id}", async Task<IResult> (string id, HttpRequest request, RecordInHand record) =>
        {
            var form = await Reply.Form(request).ConfigureAwait(false);
            return At(clock, id, form["day"].ToString()) is var (instrument, date) ? Posted(clock, record, instrument, date, form) : NotHere();
        }).Needs(May.Write, RecordPart.Questionnaires);
    }

    private static (Instrument Instrument, LocalDate Date)? At(IClock clock, string id, string day) =>
        Loaded.Knowledge.Instruments.GetValueOrDefault(id) is { } instrument && Subjects.Date("day/" + day) is { } date && date <= Reply.Today(clock) ? (instrument, date) : null;

    private static IResult Posted(IClock clock, RecordInHand record, Instrument instrument, LocalDate date, IFormCollection form)
    {
        var (said, field, subject) = (record.Read(log => Questioned.Of(log, instrument, date)), DayFields.Instrument(instrument.Id), Subjects.Day(date));
        if (Typed(instrument, form, out var answers) is { } wrong) return Asked(said, wrong);
        if (answers is null && said.Answers is null) return Asked(said, "No answer was given, so nothing is kept.");
        var there = Results.Redirect($"~{Room}/{instrument.Id}/{DayWords.Iso(date)}");
        if (answers?.ToString() == said.Answers?.ToString()) return there;
        var (posted, change) = (new PostedDay(form), new Change(field, answers?.ToString()));
        var answer = record.Append(record.Write(clock, posted.Id, subject, posted.Base, [change]));
        // The same page sent a second time with other answers is a change of the first.
        if (answer is Appended.IdTaken { Kept: var first } && first.Subject == subject)
            answer = record.Append(record.Write(clock, Guid.CreateVersion7(), subject, said.Head, [change]));
        // What the page had seen is gone (an older backup was restored): the answers go in beside what is there now.
        if (answer is Appended.BaseUnknown) answer = record.Append(record.Write(clock, Guid.CreateVersion7(), subject, null, [change]));
        return answer switch
        {
            Appended.Refused refused => Asked(said, $"{refused.What}; {refused.Do}."),
            // Another device answered the same day: the day's page shows both.
            Appended.Conflict => Results.Redirect("~/day/" + DayWords.Iso(date)),
            _ => there,
        };
    }

    // Null, or what is wrong; an item that was left out is missing.
    private static string? Typed(Instrument instrument, IFormCollection form, out Answers? answers)
    {
        answers = null;
        var byItem = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in instrument.Items)
        {
            var typed = form[ItemPrefix + item.Id].ToString();
            if (typed.Length == 0) continue;
            if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var answer) || answer >= item.Answers.Count)
                return $"“{item.Text}” cannot be answered like this. Pick one of its answers.";
            byItem.Add(item.Id, answer);
        }
        if (byItem.Count > 0) answers = Answers.Of(byItem);
        return null;
    }

    private static RazorComponentResult<FormPage> Asked(Questioned said, string? wrong = null, bool rest = false) =>
        Reply.Page<FormPage>(new() { [nameof(FormPage.Said)] = said, [nameof(FormPage.Wrong)] = wrong, [nameof(FormPage.Rest)] = rest },
            wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static RazorComponentResult<MessagePage> NotHere() =>
        Reply.Message(StatusCodes.Status404NotFound, "There is no such questionnaire or day", "Look at the list under /questionnaires. A day is not in the future.");
}
