namespace Lowdose.Evidence;

/// <summary>Reads studies, conditions and questions. The mark of a study is that of every number in it; a number, an arm or an effect known in another way says so itself.</summary>
internal static class StudyEntries
{
    public static Study Study(Entry entry, KnowledgeReader reader)
    {
        var said = Marked.Statement(entry, reader);
        var mark = Marked.Inheritable(said);
        var study = new Study
        {
            Id = entry.Text("id"),
            Title = entry.Text("title"),
            Year = entry.Whole("year"),
            Design = entry.Choice<StudyDesign>("design"),
            Blinding = entry.Choice<Blinding>("blinding"),
            Status = entry.Has("status") ? entry.Choice<StudyStatus>("status") : StudyStatus.Reported,
            Conditions = entry.Ids("conditions", "conditions"),
            Population = entry.OptionalText("population"),
            Enrolled = Marked.Inherited(entry, "enrolled", mark, reader),
            Analysed = Marked.Inherited(entry, "analysed", mark, reader),
            Trials = Marked.Inherited(entry, "trials", mark, reader),
            DoseMg = Marked.Inherited(entry, "doseMg", mark, reader),
            Dosing = entry.OptionalText("dosing"),
            Weeks = Marked.Inherited(entry, "weeks", mark, reader),
            Comparator = entry.OptionalText("comparator"),
            Registration = entry.OptionalText("registration"),
            Funding = entry.OptionalText("funding"),
            ReportOf = entry.Given("reportOf") ? entry.Id("reportOf", "studies") : null,
            Found = entry.Texts("found"),
            Outcomes = [.. entry.Inners("outcomes").Select(o => Outcome(o, mark, reader))],
            Adverse = [.. entry.Inners("adverse").Select(o => Outcome(o, mark, reader))],
            BiasFacts = [.. entry.Inners("bias").Select(b => Bias(b, mark, reader))],
            Mark = said,
            Note = entry.OptionalText("note"),
        };
        reader.Take("studies", study.Id, entry.Line);
        Check(study, entry, reader);
        return study;
    }

    public static Condition Condition(Entry entry, KnowledgeReader reader)
    {
        var condition = new Condition(entry.Text("id"), entry.Text("name"), entry.Texts("otherNames"), entry.Choice<EvidenceKind>("evidence"), entry.Text("says"),
            entry.Ids("claims", "claims"), Marked.Statement(entry, reader));
        reader.Take("conditions", condition.Id, entry.Line);
        return condition;
    }

    public static Question Question(Entry entry, KnowledgeReader reader)
    {
        var question = new Question(entry.Text("id"), entry.Text("asks"), entry.Text("reads"), entry.Choice<QuestionFrom>("from"), entry.SomeIds("conditions", "conditions"), entry.Day("asOf"),
            [.. entry.Inners("excluded").Select(Exclusion)], entry.Texts("cautions"), [.. entry.Inners("published").Select(Published)]);
        reader.Take("questions", question.Id, entry.Line);
        if (question.Excluded.DistinctBy(e => e.Study).Count() < question.Excluded.Count) reader.Defect(entry.LineOf("excluded"), "a study stands twice");
        return question;
    }

    public static Need Need(Entry entry, KnowledgeReader reader)
    {
        var need = new Need(entry.Text("id"), entry.Whole("number") ?? 0, entry.Text("need"), entry.Choice<NeedMet>("met"), entry.Texts("pages"), entry.Texts("tests"), entry.OptionalText("missing"));
        reader.Take("needs", need.Id, entry.Line);
        if (need.Met == NeedMet.Whole == (need.Missing is not null)) reader.Defect(entry.LineOf("missing"), "what is missing is said where a need is not met whole, and only there");
        return need;
    }

    private static Exclusion Exclusion(Entry entry)
    {
        var exclusion = new Exclusion(entry.Id("study", "studies"), entry.Text("why"));
        entry.Done();
        return exclusion;
    }

    private static Published Published(Entry entry)
    {
        var published = new Published(entry.Id("study", "studies"), entry.Text("outcome"), entry.Text("why"));
        entry.Done();
        return published;
    }

    private static void Check(Study study, Entry entry, KnowledgeReader reader)
    {
        if (reader.FileName != study.Id) reader.Defect(entry.Line, $"'{study.Id}' stands in a file called {reader.FileName}; a study's file has its id as name");
        foreach (var twice in study.Outcomes.Concat(study.Adverse).Where(o => o.Pools is not null).GroupBy(o => o.Pools).Where(g => g.Count() > 1))
            reader.Defect(entry.Line, $"two outcomes pool into {twice.Key}; one study counts once");
        foreach (var fact in study.BiasFacts.Where(f => !study.BiasDomains.Contains(f.Domain)))
            reader.Defect(entry.LineOf("bias"), $"{fact.Domain} is no domain for this design ({study.BiasTool ?? "no tool"})");
        if (study.Status != StudyStatus.Reported && study.Outcomes.Any(o => o.Arms.Count > 0 || o.Effect is not null))
            reader.Defect(entry.LineOf("outcomes"), "a study without a result has none to give");
    }

    private static Outcome Outcome(Entry entry, Mark study, KnowledgeReader reader)
    {
        var mark = Marked.OwnOr(study, entry, reader);
        var outcome = new Outcome(entry.Text("name"), entry.OptionalText("scale"), entry.Given("better") ? entry.Choice<Better>("better") : null, Marked.Inherited(entry, "weeks", mark, reader),
            entry.Flag("primary"), entry.Has("as") ? entry.Choice<OutcomeValue>("as") : OutcomeValue.Proportion, entry.Given("pools") ? entry.Id("pools", "questions") : null,
            [.. entry.Inners("arms").Select(a => Arm(a, mark, reader))], entry.Inner("effect") is { } effect ? Effect(effect, mark, reader) : null, entry.OptionalText("note"));
        foreach (var arm in outcome.Arms.Where(a => a.Events is not null && a.People is not null && a.Events.High > a.People.Low))
            reader.Defect(entry.LineOf("arms"), $"{arm.Events!.High} of {arm.People!.Low} in {arm.Arm} cannot be");
        if (outcome.Arms.DistinctBy(a => a.Arm).Count() < outcome.Arms.Count) reader.Defect(entry.LineOf("arms"), "an arm stands twice");
        entry.Done();
        return outcome;
    }

    private static ArmResult Arm(Entry entry, Mark outcome, KnowledgeReader reader)
    {
        var mark = Marked.OwnOr(outcome, entry, reader);
        Figure? Of(string key) => Marked.Inherited(entry, key, mark, reader);
        var arm = new ArmResult(entry.Text("arm"), Of("n"), Of("baseline"), Of("baselineSd"), Of("value"), Of("sd"), Of("se"), Of("low"), Of("high"), Of("events"), Of("percent"));
        entry.Done();
        return arm;
    }

    private static EffectResult Effect(Entry entry, Mark outcome, KnowledgeReader reader)
    {
        var mark = Marked.OwnOr(outcome, entry, reader);
        Figure? Of(string key) => Marked.Inherited(entry, key, mark, reader);
        var effect = new EffectResult(entry.Choice<EffectKind>("kind"), Of("estimate"), Of("se"), Of("low"), Of("high"), entry.OptionalText("p"), Of("i2"));
        if (effect is { Estimate: { } estimate, Low: { } low, High: { } high } && !(low.Low <= estimate.Low && estimate.Low <= high.Low))
            reader.Defect(entry.Line, $"{estimate.Low} is not between {low.Low} and {high.Low}");
        entry.Done();
        return effect;
    }

    private static BiasFact Bias(Entry entry, Mark study, KnowledgeReader reader)
    {
        var fact = new BiasFact(entry.Choice<BiasDomain>("domain"), entry.Text("fact"), Marked.OwnOr(study, entry, reader));
        entry.Done();
        return fact;
    }
}
