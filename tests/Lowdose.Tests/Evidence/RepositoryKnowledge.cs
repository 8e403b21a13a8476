using Lowdose.Evidence;

namespace Lowdose.Tests.Evidence;

/// <summary>The knowledge of this repository, read once from its files.</summary>
internal static class RepositoryKnowledge
{
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(HouseRules.Repository.Root, "knowledge"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public static KnowledgeReading Reading { get; } = Read();

    public static Knowledge Knowledge => Reading.Knowledge ?? throw new InvalidOperationException(string.Join('\n', Reading.Defects));

    public static KnowledgeReading Read() => Lowdose.Evidence.Knowledge.Load(Opened());

    public static IEnumerable<ParsedFile> Parsed() => Opened().Where(f => KnowledgeReader.Reads(f.Path)).Select(YamlText.Parse);

    public static IEnumerable<KnowledgeFile> Opened() => Files.Select(path =>
        new KnowledgeFile(Path.GetRelativePath(HouseRules.Repository.Root, path).Replace('\\', '/'), File.OpenRead(path)));
}
