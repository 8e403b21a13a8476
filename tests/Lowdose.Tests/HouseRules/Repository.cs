namespace Lowdose.Tests.HouseRules;

/// <summary>A text file of the repository: its path from the root, with forward slashes, and what it says.</summary>
internal sealed record TextFile(string Path, string Text)
{
    public string[] Lines => Text.TrimEnd('\n').Split('\n');
}

/// <summary>The repository the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Unread = ["artifacts", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", "__pycache__", "bin/.published"];

    /// <summary>What people wrote, as against data and pictures.</summary>
    private static readonly string[] Written =
        [".cs", ".razor", ".csproj", ".props", ".slnx", ".json", ".yaml", ".yml", ".css", ".js", ".mjs", ".html", ".md", ".py", ".R", ".sh"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<TextFile> Files { get; } = [.. Read(new DirectoryInfo(Root)).OrderBy(f => f.Path, StringComparer.Ordinal)];

    public static IEnumerable<TextFile> With(params string[] extensions) =>
        Files.Where(f => extensions.Contains(Path.GetExtension(f.Path)));

    private static IEnumerable<TextFile> Read(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
            if (Written.Contains(file.Extension) || IsScript(file))
                yield return new TextFile(FromRoot(file), File.ReadAllText(file.FullName));
        foreach (var inner in folder.EnumerateDirectories())
            if (inner.Name != ".git" && !Unread.Contains(FromRoot(inner)) && !Unread.Contains(inner.Name))
                foreach (var file in Read(inner))
                    yield return file;
    }

    private static bool IsScript(FileInfo file) => file.Extension.Length == 0 && file.Directory!.Name is "bin" or ".ci" && file.Name != ".git";

    private static string FromRoot(FileSystemInfo item) => Path.GetRelativePath(Root, item.FullName).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Lowdose.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the repository: no Lowdose.slnx above " + AppContext.BaseDirectory);
    }
}
