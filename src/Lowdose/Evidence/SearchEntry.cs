namespace Lowdose.Evidence;

/// <summary>What an entry of the knowledge is, in the order in which equally good finds are shown.</summary>
public enum EntryKind
{
    /// <summary>What people ask.</summary>
    Answer = 1,
    /// <summary>An illness.</summary>
    Condition,
    /// <summary>What is tried before or beside LDN.</summary>
    Alternative,
    /// <summary>A medicine.</summary>
    Substance,
    /// <summary>A way to dose.</summary>
    Protocol,
    /// <summary>A question that studies are pooled to answer.</summary>
    Question,
    /// <summary>A study.</summary>
    Study,
    /// <summary>A statement.</summary>
    Claim,
    /// <summary>A questionnaire.</summary>
    Instrument,
    /// <summary>A place or text that may help.</summary>
    Resource,
    /// <summary>A document that is no study.</summary>
    Source,
}

/// <summary>Something that can be found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id among its kind.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Says">What it says, in a sentence or few words.</param>
/// <param name="OtherNames">What else it is called, misspellings included.</param>
/// <param name="Body">What else is read for words.</param>
public sealed record SearchEntry(EntryKind Kind, string Id, string Name, string Says, IReadOnlyList<string> OtherNames, IReadOnlyList<string> Body)
{
    /// <summary>The answer on other medicines: where the name of a common one leads that no substance file knows.</summary>
    public const string OtherMedicines = "other-medicines";

    /// <summary>Everything that can be found.</summary>
    /// <param name="knowledge">Where it is.</param>
    public static IEnumerable<SearchEntry> All(Knowledge knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        foreach (var a in knowledge.Answers.Values) yield return new(EntryKind.Answer, a.Id, a.Asks, a.Says, a.Id == OtherMedicines ? [a.Id, .. OrdinaryNames.BuiltIn()] : [a.Id], [.. a.Claims.Select(c => knowledge.Claims[c].Statement)]);
        foreach (var c in knowledge.Conditions.Values) yield return new(EntryKind.Condition, c.Id, c.Name, c.Says, [c.Id, .. c.OtherNames], []);
        foreach (var a in knowledge.Alternatives.Values) yield return new(EntryKind.Alternative, a.Id, a.Name, a.Says, [a.Id], a.Caution is { } caution ? [caution] : []);
        foreach (var s in knowledge.Substances.Values)
            yield return new(EntryKind.Substance, s.Id, s.Names[0], s.Note ?? "A medicine that the safety questions know.", [.. s.Names, .. s.Brands.Values.SelectMany(b => b), .. s.Misspellings, .. s.Combinations.SelectMany(c => c.Names)], []);
        foreach (var p in knowledge.Protocols.Values) yield return new(EntryKind.Protocol, p.Id, p.Title, $"Proposed by {p.ProposedBy}, for {p.For}.", [p.Id], p.Note is { } note ? [note] : []);
        foreach (var q in knowledge.Questions.Values) yield return new(EntryKind.Question, q.Id, q.Asks, q.Reads, [q.Id], []);
        foreach (var s in knowledge.Studies.Values)
            yield return new(EntryKind.Study, s.Id, s.Title, s.Found.Count > 0 ? s.Found[0] : s.Population ?? "", [s.Id, s.Registration ?? "", .. s.Conditions], [.. s.Found, s.Dosing ?? "", s.Note ?? "", .. s.Outcomes.Concat(s.Adverse).Select(o => o.Name)]);
        foreach (var c in knowledge.Claims.Values) yield return new(EntryKind.Claim, c.Id, c.Statement, $"Certainty {c.Certainty}", [c.Id], [.. c.Conflicts.Select(x => x.Says)]);
        foreach (var i in knowledge.Instruments.Values) yield return new(EntryKind.Instrument, i.Id, i.Title, $"It asks {i.About}.", [i.Id], [.. i.Items.Select(x => x.Text)]);
        foreach (var r in knowledge.Resources.Values) yield return new(EntryKind.Resource, r.Id, r.Name, r.Offers, [r.Id], r.Vouches is { } vouches ? [vouches] : []);
        foreach (var s in knowledge.Sources.Values.Where(s => !knowledge.Studies.ContainsKey(s.Id)))
            yield return new(EntryKind.Source, s.Id, s.Title, s.Citation ?? "", [s.Id], [s.Note ?? "", .. s.Errors.SelectMany(e => new[] { e.Says, e.But })]);
    }
}
