namespace Lowdose.Evidence;

/// <summary>Everything under <c>knowledge/</c> that is evidence: read once, checked, never changed.</summary>
public sealed class Knowledge
{
    private readonly Lazy<Studied> _studied;

    internal Knowledge(IEnumerable<Source> sources, IEnumerable<Claim> claims, IEnumerable<Substance> substances, IEnumerable<Rule> rules, IEnumerable<Protocol> protocols,
        IEnumerable<Resource> resources, IEnumerable<Instrument> instruments, IEnumerable<Effect> effects, IEnumerable<Design> designs, Lazy<Studied> studied)
    {
        Sources = sources.ToDictionary(s => s.Id, StringComparer.Ordinal);
        Claims = claims.ToDictionary(c => c.Id, StringComparer.Ordinal);
        Substances = substances.ToDictionary(s => s.Id, StringComparer.Ordinal);
        Rules = rules.ToDictionary(r => r.Id, StringComparer.Ordinal);
        Protocols = protocols.ToDictionary(p => p.Id, StringComparer.Ordinal);
        Resources = resources.ToDictionary(r => r.Id, StringComparer.Ordinal);
        Instruments = instruments.ToDictionary(i => i.Id, StringComparer.Ordinal);
        Effects = [.. effects];
        Designs = designs.ToDictionary(d => d.Id, StringComparer.Ordinal);
        _studied = studied;
    }

    /// <summary>Sources by id.</summary>
    public IReadOnlyDictionary<string, Source> Sources { get; }

    /// <summary>Claims by id.</summary>
    public IReadOnlyDictionary<string, Claim> Claims { get; }

    /// <summary>Substances by id.</summary>
    public IReadOnlyDictionary<string, Substance> Substances { get; }

    /// <summary>Safety rules by id.</summary>
    public IReadOnlyDictionary<string, Rule> Rules { get; }

    /// <summary>Dosing protocols by id.</summary>
    public IReadOnlyDictionary<string, Protocol> Protocols { get; }

    /// <summary>Places and texts that may help further, by id.</summary>
    public IReadOnlyDictionary<string, Resource> Resources { get; }

    /// <summary>Questionnaires by id.</summary>
    public IReadOnlyDictionary<string, Instrument> Instruments { get; }

    /// <summary>Side effects the diary asks about, in the order in which it asks.</summary>
    public IReadOnlyList<Effect> Effects { get; }

    /// <summary>Designs of studies by id.</summary>
    public IReadOnlyDictionary<string, Design> Designs { get; }

    /// <summary>Studies by id; read when first asked for.</summary>
    public IReadOnlyDictionary<string, Study> Studies => _studied.Value.Studies;

    /// <summary>Conditions by id; read when first asked for.</summary>
    public IReadOnlyDictionary<string, Condition> Conditions => _studied.Value.Conditions;

    /// <summary>Questions that studies are pooled to answer, by id; read when first asked for.</summary>
    public IReadOnlyDictionary<string, Question> Questions => _studied.Value.Questions;

    /// <summary>What people ask and what is known, by id, in the order in which it is shown; read when first asked for.</summary>
    public IReadOnlyDictionary<string, Answer> Answers => _studied.Value.Answers;

    /// <summary>What people try before or beside LDN, by id; read when first asked for.</summary>
    public IReadOnlyDictionary<string, Alternative> Alternatives => _studied.Value.Alternatives;

    /// <summary>What patients and clinicians need, in the domain's order; read when first asked for.</summary>
    public IReadOnlyList<Need> Needs => _studied.Value.Needs;

    /// <summary>Reads and checks knowledge files.</summary>
    /// <param name="files">In any order; those outside the folders of evidence are left to their own readers.</param>
    /// <returns>The knowledge, or every defect found with its file and line.</returns>
    public static KnowledgeReading Load(IEnumerable<KnowledgeFile> files) =>
        KnowledgeReader.Read(files.Where(f => KnowledgeReader.Reads(f.Path)).Select(YamlText.Parse));

    /// <summary>The knowledge this program was built with.</summary>
    /// <exception cref="InvalidOperationException">It has a defect, which the build does not let through.</exception>
    public static Knowledge BuiltIn()
    {
        var reading = KnowledgeReader.Read(Compiled(CompiledKnowledge.Resource), new Lazy<Studied>(() => KnowledgeReader.ReadStudied(Compiled(CompiledKnowledge.StudiesResource))));
        return reading.Knowledge ?? throw new InvalidOperationException(string.Join(Environment.NewLine, reading.Defects));
    }

    private static IReadOnlyList<ParsedFile> Compiled(string resource) => CompiledKnowledge.Read(typeof(Knowledge).Assembly.GetManifestResourceStream(resource)
        ?? throw new InvalidOperationException("this build carries no knowledge: " + resource + " is missing"));
}

/// <summary>What is read only when somebody looks at the evidence itself: no screen and no plan needs it.</summary>
/// <param name="Studies">By id.</param>
/// <param name="Conditions">By id.</param>
/// <param name="Questions">By id.</param>
/// <param name="Answers">By id.</param>
/// <param name="Alternatives">By id.</param>
/// <param name="Needs">By number.</param>
internal sealed record Studied(IReadOnlyDictionary<string, Study> Studies, IReadOnlyDictionary<string, Condition> Conditions, IReadOnlyDictionary<string, Question> Questions,
    IReadOnlyDictionary<string, Answer> Answers, IReadOnlyDictionary<string, Alternative> Alternatives, IReadOnlyList<Need> Needs);

/// <summary>One file to read.</summary>
/// <param name="Path">Path from the repository's root with forward slashes, e.g. <c>knowledge/rules/C1.yaml</c>.</param>
/// <param name="Content">Its UTF-8 bytes; read to the end and closed.</param>
public sealed record KnowledgeFile(string Path, Stream Content);

/// <summary>What came of reading: the knowledge, or what is wrong with it.</summary>
/// <param name="Knowledge">Null where there is any defect.</param>
/// <param name="Defects">Everything found wrong, by file and line.</param>
public sealed record KnowledgeReading(Knowledge? Knowledge, IReadOnlyList<Defect> Defects);

/// <summary>Something wrong in a knowledge file.</summary>
/// <param name="File">Path as given.</param>
/// <param name="Line">1 first.</param>
/// <param name="What">What is wrong and what to do, without a full stop.</param>
public sealed record Defect(string File, int Line, string What)
{
    /// <summary>File, line and defect, as compilers write them.</summary>
    public override string ToString() => $"{File}:{Line}: {What}";
}
