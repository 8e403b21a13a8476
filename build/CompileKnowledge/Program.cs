using Lowdose.Evidence;

// CompileKnowledge ROOT OUT STUDIES: reads and checks ROOT/knowledge and writes it as two files, studies, conditions and questions apart. Defects go out as compilers write them.
if (args is not [var root, var to, var studies])
{
    Console.Error.WriteLine("usage: CompileKnowledge ROOT OUT STUDIES");
    return 2;
}

var files = Directory.EnumerateFiles(Path.Combine(root, "knowledge"), "*.yaml", SearchOption.AllDirectories)
    .Select(path => new KnowledgeFile(Path.GetRelativePath(root, path).Replace('\\', '/'), File.OpenRead(path)))
    .ToArray();
var parsed = files.Where(f => KnowledgeReader.Reads(f.Path)).Select(YamlText.Parse).ToArray();
var reading = KnowledgeReader.Read(parsed);
foreach (var defect in reading.Defects)
    Console.Error.WriteLine($"{Path.GetFullPath(defect.File, Path.GetFullPath(root))}({defect.Line}): error KNOWLEDGE: {defect.What}");
if (reading.Knowledge is null) return 1;

Write(parsed.Where(f => !KnowledgeReader.ReadsLater(f.Path)), to);
Write(parsed.Where(f => KnowledgeReader.ReadsLater(f.Path)), studies);
return 0;

static void Write(IEnumerable<ParsedFile> files, string to)
{
    using var compiled = new MemoryStream();
    CompiledKnowledge.Write(files, compiled);
    File.WriteAllBytes(to, compiled.ToArray());
}
