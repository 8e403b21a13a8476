namespace Lowdose.Evidence;

/// <summary>Reads answers and alternatives.</summary>
internal static class AnswerEntries
{
    public static Answer Answer(Entry entry, KnowledgeReader reader)
    {
        var answer = new Answer(entry.Text("id"), entry.Text("asks"), entry.Text("says"), entry.Choice<Certainty>("certainty"), entry.Ids("questions", "questions"),
            entry.Ids("conditions", "conditions"), entry.SomeIds("claims", "claims"), entry.Day("asOf"));
        reader.Take("answers", answer.Id, entry.Line);
        return answer;
    }

    public static Alternative Alternative(Entry entry, KnowledgeReader reader)
    {
        var alternative = new Alternative(entry.Text("id"), entry.Text("name"), entry.Choice<AlternativeKind>("kind"), entry.Text("says"), entry.OptionalText("caution"),
            entry.Choice<Certainty>("certainty"), entry.SomeIds("claims", "claims"));
        reader.Take("alternatives", alternative.Id, entry.Line);
        return alternative;
    }
}
