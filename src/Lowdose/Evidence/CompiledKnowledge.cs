using System.Text;

namespace Lowdose.Evidence;

/// <summary>
/// The parsed files as one block of bytes, each distinct text once: written by the build after everything was checked, read by the program.
/// It keeps the lines, so that a reader says the same of it as of the YAML.
/// </summary>
internal static class CompiledKnowledge
{
    /// <summary>The resource in this assembly.</summary>
    public const string Resource = "knowledge.compiled";

    /// <summary>The resource with the studies, conditions and questions, which are read later.</summary>
    public const string StudiesResource = "studies.compiled";

    private const byte Nothing = 0, Text = 1, List = 2, Mapping = 3;

    public static void Write(IEnumerable<ParsedFile> files, Stream to)
    {
        var all = files.OrderBy(f => f.Path, StringComparer.Ordinal).ToArray();
        var texts = new Dictionary<string, int>(StringComparer.Ordinal);
        using var body = new MemoryStream();
        using (var nodes = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true))
        {
            nodes.Write7BitEncodedInt(all.Length);
            foreach (var file in all)
            {
                nodes.Write7BitEncodedInt(Number(file.Path, texts));
                Write(file.Root ?? throw new ArgumentException($"{file.Path} could not be parsed", nameof(files)), nodes, texts);
            }
        }
        using var writer = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true);
        writer.Write7BitEncodedInt(texts.Count);
        foreach (var text in texts.Keys) writer.Write(text);
        writer.Write(body.ToArray());
    }

    public static IReadOnlyList<ParsedFile> Read(Stream from)
    {
        using var reader = new BinaryReader(from, Encoding.UTF8);
        var texts = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < texts.Length; i++) texts[i] = reader.ReadString();
        var files = new ParsedFile[reader.Read7BitEncodedInt()];
        for (var i = 0; i < files.Length; i++) files[i] = new ParsedFile(texts[reader.Read7BitEncodedInt()], Read(reader, texts));
        return files;
    }

    private static void Write(Node node, BinaryWriter nodes, Dictionary<string, int> texts)
    {
        nodes.Write(node switch { TextNode { Value: null } => Nothing, TextNode => Text, ListNode => List, _ => Mapping });
        nodes.Write7BitEncodedInt(node.Line);
        switch (node)
        {
            case TextNode { Value: { } value }:
                nodes.Write7BitEncodedInt(Number(value, texts));
                break;
            case ListNode list:
                nodes.Write7BitEncodedInt(list.Items.Count);
                foreach (var item in list.Items) Write(item, nodes, texts);
                break;
            case MappingNode mapping:
                nodes.Write7BitEncodedInt(mapping.Members.Count);
                foreach (var member in mapping.Members)
                {
                    nodes.Write7BitEncodedInt(Number(member.Key, texts));
                    nodes.Write7BitEncodedInt(member.Line);
                    Write(member.Value, nodes, texts);
                }
                break;
        }
    }

    private static Node Read(BinaryReader reader, string[] texts)
    {
        var kind = reader.ReadByte();
        var line = reader.Read7BitEncodedInt();
        switch (kind)
        {
            case Nothing: return new TextNode(line, null);
            case Text: return new TextNode(line, texts[reader.Read7BitEncodedInt()]);
            case List:
                var items = new Node[reader.Read7BitEncodedInt()];
                for (var i = 0; i < items.Length; i++) items[i] = Read(reader, texts);
                return new ListNode(line, items);
            default:
                var members = new Member[reader.Read7BitEncodedInt()];
                for (var i = 0; i < members.Length; i++)
                    members[i] = new Member(texts[reader.Read7BitEncodedInt()], reader.Read7BitEncodedInt(), Read(reader, texts));
                return new MappingNode(line, members);
        }
    }

    private static int Number(string text, Dictionary<string, int> texts)
    {
        if (!texts.TryGetValue(text, out var number)) texts.Add(text, number = texts.Count);
        return number;
    }
}
