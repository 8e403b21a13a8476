namespace Lowdose.Evidence;

/// <summary>Reads safety rules.</summary>
internal static class RuleEntries
{
    public static Rule Rule(Entry entry, KnowledgeReader reader)
    {
        var id = entry.Text("id");
        reader.Take("rules", id, entry.Line);
        var rule = new Rule(id, entry.Text("title"), entry.Choice<RuleLevel>("level"), [.. entry.Inners("triggers").Select(t => Trigger(t, reader))],
            entry.Text("why"), entry.Text("do"), entry.Choice<Certainty>("certainty"), entry.SomeIds("claims", "claims"), SourceEntries.Conflicts(entry),
            entry.Inner("hold") is { } hold ? Hold(hold, reader) : null, Marked.Figure(entry, "startMg", reader), Marked.Figure(entry, "ceilingMg", reader),
            [.. entry.Inners("checks").Select(c => Check(c, reader))]);
        if (rule.Triggers.Count == 0) reader.Defect(entry.Line, "'triggers' is missing; say when the rule applies");
        return rule;
    }

    private static Trigger Trigger(Entry entry, KnowledgeReader reader)
    {
        var trigger = new Trigger(entry.Choices<SubstanceClass>("classes"), entry.Ids("substances", "substances"),
            entry.Inner("moreThan") is { } most ? DayLimit(most, reader) : null, entry.Texts("words"), entry.Texts("conditions"), entry.Texts("alongside"), entry.Texts("allergies"), entry.Inner("lab") is { } lab ? Lab(lab, reader) : null, entry.Flag("surgery"), entry.Texts("pregnancy"),
            entry.Whole("ageBelow"), entry.Flag("always"));
        foreach (var odd in trigger.Pregnancy.Where(p => p is not ("yes" or "trying" or "breastfeeding")))
            reader.Defect(entry.LineOf("pregnancy"), $"'{odd}' is none of yes, trying, breastfeeding");
        if (trigger is { Classes.Count: 0, Substances.Count: 0, Conditions.Count: 0, Allergies.Count: 0, Lab: null, Surgery: false, Pregnancy.Count: 0, AgeBelow: null, Always: false })
            reader.Defect(entry.Line, "this trigger asks for nothing; write 'always: true' if that is meant");
        if (trigger is { MoreThan: not null, Classes.Count: 0, Substances.Count: 0 }) reader.Defect(entry.LineOf("moreThan"), "'moreThan' of which substance? add 'substances'");
        if (trigger is { Alongside.Count: > 0, Conditions.Count: 0 }) reader.Defect(entry.LineOf("alongside"), "'alongside' which condition? add 'conditions'");
        entry.Done();
        return trigger;
    }

    private static DayLimit? DayLimit(Entry entry, KnowledgeReader reader)
    {
        var (most, piece) = (Required(entry, "mg", reader), Required(entry, "pieceMg", reader));
        entry.Done();
        return most is null || piece is null ? null : new DayLimit(most, piece);
    }

    private static LabLimit Lab(Entry entry, KnowledgeReader reader)
    {
        var lab = new LabLimit(Marked.Code(entry, "loinc", reader) ?? new Code(entry.Text("loinc"), new Mark(default, [])), entry.Text("name"), entry.Text("unit"),
            Marked.Figure(entry, "above", reader), Marked.Figure(entry, "below", reader), Marked.Figure(entry, "goodForDays", reader));
        if (lab is { Above: null, Below: null }) reader.Defect(entry.Line, "a laboratory limit has 'above' or 'below'");
        entry.Done();
        return lab;
    }

    private static Hold? Hold(Entry entry, KnowledgeReader reader)
    {
        var before = Required(entry, "beforeDays", reader);
        var restart = Required(entry, "restartAfterDays", reader);
        var byDose = new List<Offset>();
        foreach (var inner in entry.Inners("byDose"))
        {
            if (inner.Milligrams("mgPerDay") is { } mass && Required(inner, "hours", reader) is { } hours) byDose.Add(new Offset(mass, hours));
            else reader.Defect(inner.Line, "an offset has 'mgPerDay' and 'hours'");
            inner.Done();
        }
        entry.Done();
        return before is null || restart is null ? null : new Hold(before, byDose, restart);
    }

    private static Check Check(Entry entry, KnowledgeReader reader)
    {
        var check = new Check(entry.Text("what"), entry.Text("when"), Marked.Figure(entry, "weeks", reader));
        entry.Done();
        return check;
    }

    private static Figure? Required(Entry entry, string key, KnowledgeReader reader)
    {
        var figure = Marked.Figure(entry, key, reader);
        if (figure is null) reader.Defect(entry.Line, $"'{key}' is missing; add it with its mark");
        return figure;
    }
}
