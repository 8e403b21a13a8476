namespace Lowdose.Evidence;

/// <summary>Reads all knowledge files and then checks what one file alone cannot show: references and names used twice.</summary>
internal sealed class KnowledgeReader
{
    private readonly List<Source> _sources = [];
    private readonly List<Claim> _claims = [];
    private readonly List<Substance> _substances = [];
    private readonly List<Rule> _rules = [];
    private readonly List<Protocol> _protocols = [];
    private readonly List<Resource> _resources = [];
    private readonly List<Instrument> _instruments = [];
    private readonly List<Effect> _effects = [];
    private readonly List<Design> _designs = [];
    private readonly List<Study> _studies = [];
    private readonly List<Condition> _conditions = [];
    private readonly List<Question> _questions = [];
    private readonly List<Answer> _answers = [];
    private readonly List<Alternative> _alternatives = [];
    private readonly List<Need> _needs = [];
    private readonly List<Defect> _defects = [];
    // Kept in reference types: collections of structs are compiled only when the program runs, a third of a cold load.
    private readonly Dictionary<string, Place> _ids = [];
    private readonly Dictionary<string, Reference> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Reference> _references = [];
    private readonly List<Marking> _marks = [];
    private string _file = "";

    private sealed record Place(string File, int Line);

    private sealed record Reference(string Kind, string Id, Place At);

    private sealed record Marking(Mark Mark, Place At);

    /// <summary>Reads and checks.</summary>
    /// <param name="files">All files, or all but those of <see cref="ReadsLater"/>.</param>
    /// <param name="later">Where the others come from; null where they are among the files.</param>
    public static KnowledgeReading Read(IEnumerable<ParsedFile> files, Lazy<Studied>? later = null)
    {
        var reader = new KnowledgeReader();
        foreach (var file in files) reader.ReadFile(file);
        reader.CheckReferences();
        reader.CheckMarks();
        var defects = reader._defects.OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).ToArray();
        return new KnowledgeReading(defects.Length == 0
            ? new Knowledge(reader._sources, reader._claims, reader._substances, reader._rules, reader._protocols, reader._resources,
                reader._instruments, reader._effects, reader._designs, later ?? new(reader.Studied())) : null, defects);
    }

    /// <summary>Studies, conditions, questions, answers, alternatives and needs alone; what they refer to was looked up when the program was built.</summary>
    /// <exception cref="InvalidOperationException">There is a defect, which the build does not let through.</exception>
    public static Studied ReadStudied(IEnumerable<ParsedFile> files)
    {
        var reader = new KnowledgeReader();
        foreach (var file in files) reader.ReadFile(file);
        return reader._defects.Count == 0 ? reader.Studied() : throw new InvalidOperationException(string.Join(Environment.NewLine, reader._defects));
    }

    private Studied Studied() => new(_studies.ToDictionary(s => s.Id, StringComparer.Ordinal), _conditions.ToDictionary(c => c.Id, StringComparer.Ordinal),
        _questions.ToDictionary(q => q.Id, StringComparer.Ordinal), _answers.ToDictionary(a => a.Id, StringComparer.Ordinal), _alternatives.ToDictionary(a => a.Id, StringComparer.Ordinal),
        [.. _needs.OrderBy(n => n.Number)]);

    /// <summary>One design that need not be ours: what it refers to is not looked up.</summary>
    public static DesignReading ReadDesign(ParsedFile file)
    {
        if (file.Root is null) return new DesignReading(null, [file.Unreadable!]);
        var reader = new KnowledgeReader { _file = file.Path };
        Design? design = null;
        if (file.Root is MappingNode root)
        {
            var entry = new Entry(root, reader);
            design = DesignEntries.Design(entry, reader, ours: false);
            entry.Done();
        }
        else reader.Defect(file.Root.Line, "a design is a list of keys and values, such as people: 30");
        var defects = reader._defects.OrderBy(d => d.Line).ToArray();
        return new DesignReading(defects.Length == 0 ? design : null, defects);
    }

    /// <summary>How many defects were found so far.</summary>
    public int Defects => _defects.Count;

    public void Defect(int line, string what) => _defects.Add(new Defect(_file, line, what));

    /// <summary>Notes a reference to look up when all is read.</summary>
    public void Refer(string kind, string id, int line) => _references.Add(new Reference(kind, id, new Place(_file, line)));

    /// <summary>Notes a mark to compare with its sources when all is read.</summary>
    public void Rest(Mark mark, int line) => _marks.Add(new Marking(mark, new Place(_file, line)));

    /// <summary>Takes an id; one that is taken already is a defect.</summary>
    public void Take(string kind, string id, int line)
    {
        if (id.Length > 0 && !_ids.TryAdd(kind + "/" + id, new Place(_file, line)) && _ids[kind + "/" + id] is var first)
            Defect(line, $"'{id}' stands already in {first.File}:{first.Line}; one id, one entry");
    }

    /// <summary>Takes a name by which the screen knows a substance; another substance's name is a defect.</summary>
    public void TakeName(string name, string substance, int line)
    {
        if (!_names.TryAdd(name, new Reference("substances", substance, new Place(_file, line))) && _names[name] is var first && first.Id != substance)
            Defect(line, $"'{name}' is already a name of {first.Id} ({first.At.File}:{first.At.Line})");
    }

    /// <summary>The file's name without folder and ending.</summary>
    public string FileName => _file[(_file.LastIndexOf('/') + 1).._file.LastIndexOf('.')];

    /// <summary>Whether a file is one of those read here; other folders have their own readers.</summary>
    public static bool Reads(string path) => ReadsLater(path) || FolderOf(path) is "sources" or "claims" or "substances" or "rules" or "protocols" or "resources" or "instruments" or "effects" or "designs";

    /// <summary>Whether the program reads a file only when somebody looks at the evidence itself.</summary>
    public static bool ReadsLater(string path) => FolderOf(path) is "studies" or "conditions" or "questions" or "answers" or "alternatives" or "needs";

    private static string FolderOf(string path) => path.Split('/') is [.., var parent, _] ? parent : "";

    private void ReadFile(ParsedFile file)
    {
        _file = file.Path;
        if (file.Root is { } root) ReadRoot(FolderOf(file.Path), root);
        else _defects.Add(file.Unreadable!);
    }

    private void ReadRoot(string folder, Node root)
    {
        var isList = folder is "sources" or "claims" or "resources" or "effects" or "conditions" or "questions" or "answers" or "alternatives" or "needs";
        if (isList ? root is not ListNode : root is not MappingNode)
        {
            Defect(root.Line, isList ? $"a file of {folder} is a list of entries" : $"a file of {folder} is one entry");
            return;
        }
        foreach (var node in root is ListNode list ? list.Items : [root])
        {
            if (node is MappingNode mapping) ReadEntry(folder, new Entry(mapping, this));
            else Defect(node.Line, "an entry is a mapping");
        }
    }

    private void ReadEntry(string folder, Entry entry)
    {
        switch (folder)
        {
            case "sources": _sources.Add(SourceEntries.Source(entry, this)); break;
            case "claims": _claims.Add(SourceEntries.Claim(entry, this)); break;
            case "substances": _substances.Add(SubstanceEntries.Substance(entry, this)); break;
            case "rules": _rules.Add(RuleEntries.Rule(entry, this)); break;
            case "instruments": _instruments.Add(InstrumentEntries.Instrument(entry, this)); break;
            case "effects": _effects.Add(InstrumentEntries.Effect(entry, this)); break;
            case "designs": _designs.Add(DesignEntries.Design(entry, this, ours: true)); break;
            case "resources": _resources.Add(ResourceEntries.Resource(entry, this)); break;
            case "studies": _studies.Add(StudyEntries.Study(entry, this)); break;
            case "conditions": _conditions.Add(StudyEntries.Condition(entry, this)); break;
            case "questions": _questions.Add(StudyEntries.Question(entry, this)); break;
            case "answers": _answers.Add(AnswerEntries.Answer(entry, this)); break;
            case "alternatives": _alternatives.Add(AnswerEntries.Alternative(entry, this)); break;
            case "needs": _needs.Add(StudyEntries.Need(entry, this)); break;
            default: _protocols.Add(ProtocolEntries.Protocol(entry, this)); break;
        }
        entry.Done();
    }

    private void CheckReferences()
    {
        foreach (var (kind, id, at) in _references.Where(r => !_ids.ContainsKey(r.Kind + "/" + r.Id)))
            _defects.Add(new Defect(at.File, at.Line, $"there is no '{id}' in {kind}"));
    }

    /// <summary>What is said to be read must rest on something that was.</summary>
    private void CheckMarks()
    {
        var sources = _sources.DistinctBy(s => s.Id).ToDictionary(s => s.Id, StringComparer.Ordinal);
        foreach (var (mark, at) in _marks)
        {
            var cited = mark.Sources.Select(id => sources.GetValueOrDefault(id)).OfType<Source>().ToArray();
            if (cited.Length == 0 || cited.Any(s => Supports(s, mark.Verification))) continue;
            _defects.Add(new Defect(at.File, at.Line, mark.Verification == Verification.Seed
                ? "marked seed, but cites none of the five source texts"
                : "shown as read, but no cited source was itself read; mark it memory or look the source up"));
        }
    }

    private static bool Supports(Source source, Verification verification) => verification switch
    {
        Verification.LookedUp => source.Verification == Verification.LookedUp,
        Verification.Transcribed => source.Verification is Verification.LookedUp or Verification.Transcribed,
        Verification.Seed => source.Kind == SourceKind.Seed,
        _ => true,
    };
}
