using Lowdose.Evidence;

// CompileKnowledge ROOT OUT: reads and checks ROOT/knowledge and writes it as one file. Defects go out as compilers write them.
if (args is not [var root, var to])
{
    Console.Error.WriteLine("usage: CompileKnowledge ROOT OUT");
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

using var compiled = new MemoryStream();
CompiledKnowledge.Write(parsed, compiled);
File.WriteAllBytes(to, compiled.ToArray());
return 0;
