namespace Lowdose.Evidence;

/// <summary>A piece of a knowledge file as it was written, with no meaning yet: what a <see cref="KnowledgeReader"/> reads.</summary>
/// <param name="Line">Where it begins in its file; 1 first.</param>
internal abstract record Node(int Line);

/// <summary>One text or number.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Value">As written; null where the file says <c>null</c>, <c>~</c> or nothing.</param>
internal sealed record TextNode(int Line, string? Value) : Node(Line);

/// <summary>A list.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Items">In the order of the file.</param>
internal sealed record ListNode(int Line, IReadOnlyList<Node> Items) : Node(Line);

/// <summary>Values by key.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Members">In the order of the file; no key stands twice.</param>
internal sealed record MappingNode(int Line, IReadOnlyList<Member> Members) : Node(Line)
{
    /// <summary>The value of a key; null where the key is not there.</summary>
    public Node? this[string key]
    {
        get
        {
            foreach (var member in Members)
                if (member.Key == key) return member.Value;
            return null;
        }
    }
}

/// <summary>A key with its value.</summary>
/// <param name="Key">As written.</param>
/// <param name="Line">The key's own line.</param>
/// <param name="Value">What it says.</param>
internal sealed record Member(string Key, int Line, Node Value);

/// <summary>A knowledge file, parsed.</summary>
/// <param name="Path">Path from the repository's root with forward slashes.</param>
/// <param name="Root">The whole of it; null where it could not be parsed.</param>
/// <param name="Unreadable">Why not; null where it could.</param>
internal sealed record ParsedFile(string Path, Node? Root, Defect? Unreadable = null);
