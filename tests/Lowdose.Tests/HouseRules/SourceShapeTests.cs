using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lowdose.Tests.HouseRules;

/// <summary>Small files, small methods, names of the trade, no interface without need.</summary>
public sealed class SourceShapeTests
{
    private const int LongestFile = 500, LongestMethod = 70, MedianFile = 100;
    private static readonly string[] BannedWords = ["Manager", "Helper", "Service", "Util", "Utility", "Processor", "Common"];
    private static readonly string[] ProgramText = [".cs", ".razor", ".css", ".js", ".mjs", ".py", ".R", ".sh", ""];

    private static IEnumerable<TextFile> CSharp => Repository.With(".cs");
    private static IEnumerable<TextFile> Product => CSharp.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal));

    [Fact]
    public void No_file_is_longer_than_500_lines() => Repository.With(ProgramText).SelectMany(TooLong).ShouldBeEmpty();

    [Fact]
    public void No_method_is_longer_than_70_lines() => CSharp.SelectMany(LongMethods).ShouldBeEmpty();

    [Fact]
    public void The_median_file_is_at_most_100_lines() => Median(Product).ShouldBeLessThanOrEqualTo(MedianFile);

    [Fact]
    public void Nothing_is_called_a_manager_or_a_helper() => CSharp.SelectMany(BannedNames).ShouldBeEmpty();

    [Fact]
    public void An_interface_has_at_least_two_implementations() => Lonely(Product).ShouldBeEmpty();

    [Fact]
    public void The_rules_see_a_long_file_and_a_high_median()
    {
        var file = new TextFile("long.cs", string.Concat(Enumerable.Repeat("\n", 501)) + "x\n");
        TooLong(file).ShouldBe(["long.cs has 502 lines"]);
        TooLong(new TextFile("short.cs", "x\n")).ShouldBeEmpty();
        Median([file, file, new TextFile("short.cs", "x\n")]).ShouldBe(502);
    }

    [Fact]
    public void The_rule_sees_a_long_method_and_a_long_local_function()
    {
        var body = string.Concat(Enumerable.Repeat("        ;\n", 70));
        LongMethods(new TextFile("a.cs", $"class A\n{{\n    void Long()\n    {{\n{body}    }}\n}}\n")).ShouldBe(["a.cs:3 Long has 73 lines"]);
        LongMethods(new TextFile("b.cs", "class B { void Short() { } }\n")).ShouldBeEmpty();
        LongMethods(new TextFile("c.cs", $"void Top()\n{{\n{body}}}\n")).ShouldBe(["c.cs:1 Top has 73 lines"]);
    }

    [Fact]
    public void The_rule_sees_a_banned_word_in_a_type_and_a_file_but_not_inside_another_word()
    {
        BannedNames(new TextFile("src/DoseHelpers.cs", "record DoseManager; class Utilisation;")).ShouldBe(["src/DoseHelpers.cs", "src/DoseHelpers.cs: DoseManager"], ignoreOrder: true);
        BannedNames(new TextFile("src/Uncommon.cs", "class Commonwealth;")).ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_sees_an_interface_with_one_implementation()
    {
        Lonely([new TextFile("a.cs", "interface IClock; class Sun : IClock;")]).ShouldBe(["a.cs: IClock has 1 implementation"]);
        Lonely([new TextFile("a.cs", "interface IClock; class Sun : IClock;"), new TextFile("b.cs", "class Moon : IClock;")]).ShouldBeEmpty();
    }

    private static IEnumerable<string> TooLong(TextFile file) =>
        file.Lines.Length > LongestFile ? [$"{file.Path} has {file.Lines.Length} lines"] : [];

    private static int Median(IEnumerable<TextFile> files)
    {
        var lengths = files.Select(f => f.Lines.Length).Order().ToArray();
        return lengths[lengths.Length / 2];
    }

    private static IEnumerable<string> LongMethods(TextFile file) =>
        from node in Nodes(file)
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax { ExpressionBody: not null }
        let span = node.SyntaxTree.GetLineSpan(node.Span)
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > LongestMethod
        select $"{file.Path}:{span.StartLinePosition.Line + 1} {Name(node)} has {lines} lines";

    private static string Name(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        _ => node.Kind().ToString(),
    };

    private static IEnumerable<string> BannedNames(TextFile file)
    {
        if (Banned(Path.GetFileNameWithoutExtension(file.Path)))
            yield return file.Path;
        foreach (var type in Nodes(file).OfType<BaseTypeDeclarationSyntax>().Where(t => Banned(t.Identifier.Text)))
            yield return $"{file.Path}: {type.Identifier.Text}";
    }

    private static bool Banned(string name) => Words(name).Any(word => BannedWords.Any(b => word == b || word == b + "s" || (b[^1] == 'y' && word == b[..^1] + "ies")));

    /// <summary>The words of a PascalCase name.</summary>
    private static IEnumerable<string> Words(string name)
    {
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && !char.IsUpper(name[i]) && name[i] is not ('.' or '_')) continue;
            yield return name[start..i].Trim('.', '_');
            start = i;
        }
    }

    private static IEnumerable<string> Lonely(IEnumerable<TextFile> files)
    {
        var types = files.SelectMany(f => Nodes(f).OfType<TypeDeclarationSyntax>().Select(t => (f.Path, Type: t))).ToArray();
        var bases = types.SelectMany(t => t.Type.BaseList?.Types.Select(b => b.Type.ToString().Split('<')[0].Split('.')[^1]) ?? []).ToLookup(b => b);
        return from declared in types
               where declared.Type is InterfaceDeclarationSyntax
               let count = bases[declared.Type.Identifier.Text].Count()
               where count < 2
               select $"{declared.Path}: {declared.Type.Identifier.Text} has {count} implementation{(count == 1 ? "" : "s")}";
    }

    private static IEnumerable<SyntaxNode> Nodes(TextFile file) => CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantNodes();
}
