namespace Lowdose.Evidence;

/// <summary>Reads dosing protocols.</summary>
internal static class ProtocolEntries
{
    public static Protocol Protocol(Entry entry, KnowledgeReader reader)
    {
        var id = entry.Text("id");
        reader.Take("protocols", id, entry.Line);
        var protocol = new Protocol(id, entry.Text("title"), entry.Text("proposedBy"), entry.Text("for"), entry.Flag("prudent"),
            [.. entry.Inners("steps").Select(s => Step(s, reader)).OfType<ProtocolStep>()], entry.Milligrams("ceilingMg"),
            entry.Inner("usualMg") is { } usual ? Range(usual, reader) : null, Marked.Figure(entry, "mgPerKg", reader), entry.Choice<TimeOfDay>("timeOfDay"),
            entry.OptionalText("adjust"), Marked.Figure(entry, "evaluateWeeks", reader),
            entry.Has("evaluateFrom") ? entry.Choice<EvaluateFrom>("evaluateFrom") : EvaluateFrom.Start, Marked.Figure(entry, "stopReviewWeeks", reader),
            entry.Choice<Certainty>("certainty"), Marked.Statement(entry, reader), entry.SomeIds("claims", "claims"), SourceEntries.Conflicts(entry), entry.OptionalText("note"));
        if (protocol.Steps.FirstOrDefault(s => protocol.Ceiling is { } ceiling && s.PerDay > ceiling) is { } high)
            reader.Defect(entry.LineOf("steps"), $"the step {high.PerDay} is above the ceiling {protocol.Ceiling}");
        return protocol;
    }

    private static ProtocolStep? Step(Entry entry, KnowledgeReader reader)
    {
        var perDay = entry.Milligrams("mg");
        var times = entry.Whole("timesPerDay") ?? 1;
        var days = entry.Whole("days");
        if (perDay is null) reader.Defect(entry.Line, "a step has 'mg', the whole daily dose");
        if (times is < 1 or > 2) reader.Defect(entry.LineOf("timesPerDay"), $"{times} times a day is not known here; 1 or 2");
        if (days < 1) reader.Defect(entry.LineOf("days"), "a step lasts at least a day");
        entry.Done();
        return perDay is { } mass ? new ProtocolStep(mass, times, days) : null;
    }

    private static DoseRange? Range(Entry entry, KnowledgeReader reader)
    {
        var (low, high) = (entry.Milligrams("low"), entry.Milligrams("high"));
        entry.Done();
        if (low is { } l && high is { } h && l <= h) return new DoseRange(l, h);
        reader.Defect(entry.Line, "a range has 'low' and a 'high' no smaller");
        return null;
    }
}
