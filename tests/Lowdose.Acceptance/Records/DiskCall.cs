using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Lowdose.Acceptance.Records;

/// <summary>What a call does.</summary>
internal enum DiskCallKind
{
    Write, Shorten, Delete, Synchronise, SynchroniseNames, Acknowledge,
}

/// <summary>One call of a recorded run that matters to a disk, or the moment a write was acknowledged.</summary>
internal sealed partial record DiskCall(DiskCallKind Kind, string File, byte[] Bytes, long At, Guid Id)
{
    private const int Sector = 512;

    /// <summary>Takes the calls out of what <c>strace -f -y -xx</c> wrote; each counts when it returned.</summary>
    public static List<DiskCall> Read(IEnumerable<string> trace)
    {
        var calls = new List<DiskCall>();
        var begun = new Dictionary<string, string>();
        foreach (var line in trace)
        {
            var (process, said) = (line[..line.IndexOf(' ', StringComparison.Ordinal)], line[line.IndexOf(' ', StringComparison.Ordinal)..].TrimStart());
            if (said.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                begun[process] = said[..^"<unfinished ...>".Length];
                continue;
            }
            if (said.StartsWith("<...", StringComparison.Ordinal) && begun.Remove(process, out var start))
                said = start + said[(said.IndexOf("resumed>", StringComparison.Ordinal) + "resumed>".Length)..];
            if (Of(said) is { } call) calls.Add(call);
        }
        return calls;
    }

    /// <summary>What a disk holds after these calls and a cut: what was synchronised, and of the rest each write or a part of it, by chance.</summary>
    /// <returns>What had been acknowledged.</returns>
    public static List<Guid> Replay(IEnumerable<DiskCall> calls, string folder, Random chance)
    {
        var (safe, waiting, acknowledged, deleted) = (new Dictionary<string, byte[]>(), new Dictionary<string, List<DiskCall>>(), new List<Guid>(), new HashSet<string>());
        foreach (var call in calls)
        {
            if (call.Kind == DiskCallKind.Acknowledge) acknowledged.Add(call.Id);
            else if (call.Kind == DiskCallKind.Delete) deleted.Add(call.File);
            else if (call.Kind == DiskCallKind.SynchroniseNames) Forget(deleted);
            else if (call.Kind != DiskCallKind.Synchronise) (waiting.TryGetValue(call.File, out var list) ? list : waiting[call.File] = []).Add(call);
            else if (waiting.Remove(call.File, out var synchronised)) safe[call.File] = synchronised.Aggregate(safe.GetValueOrDefault(call.File) ?? [], (disk, c) => c.Onto(disk));
        }
        Forget([.. deleted.Where(_ => chance.Next(2) == 0)]);
        foreach (var file in safe.Keys.Union(waiting.Keys))
        {
            var disk = safe.GetValueOrDefault(file) ?? [];
            foreach (var call in waiting.GetValueOrDefault(file) ?? [])
            {
                var luck = chance.Next(3);
                if (luck == 0) continue;
                disk = (luck == 1 ? call : call with { Bytes = call.Bytes[..Math.Min(call.Bytes.Length, Sector * chance.Next(9))] }).Onto(disk);
            }
            System.IO.File.WriteAllBytes(Path.Combine(folder, file), disk);
        }
        return acknowledged;

        void Forget(HashSet<string> files)
        {
            foreach (var file in files.ToArray())
            {
                safe.Remove(file);
                waiting.Remove(file);
                files.Remove(file);
            }
        }
    }

    private byte[] Onto(byte[] disk)
    {
        var changed = new byte[Kind == DiskCallKind.Shorten ? At : Math.Max(disk.LongLength, At + Bytes.Length)];
        disk.AsSpan(0, (int)Math.Min(disk.LongLength, changed.LongLength)).CopyTo(changed);
        if (Kind == DiskCallKind.Write) Bytes.CopyTo(changed, At);
        return changed;
    }

    private static DiskCall? Of(string said)
    {
        if (Written().Match(said) is { Success: true } write)
        {
            var bytes = Convert.FromHexString(write.Groups["bytes"].Value.Replace("\\x", "", StringComparison.Ordinal));
            if (write.Groups["at"].Success) return Ours(write, DiskCallKind.Write, bytes);
            return Guid.TryParse(Encoding.ASCII.GetString(bytes).Trim(), out var id) ? new(DiskCallKind.Acknowledge, "", [], 0, id) : null;
        }
        if (Synchronised().Match(said) is { Success: true } sync) return Ours(sync, DiskCallKind.Synchronise, []);
        if (Shortened().Match(said) is { Success: true } cut) return Ours(cut, DiskCallKind.Shorten, []);
        return Deleted().Match(said) is { Success: true } gone ? Ours(gone, DiskCallKind.Delete, []) : null;
    }

    private static DiskCall? Ours(Match call, DiskCallKind kind, byte[] bytes)
    {
        var path = call.Groups["file"].Value;
        if (path.Contains("\\x", StringComparison.Ordinal)) path = Encoding.UTF8.GetString(Convert.FromHexString(path.Replace("\\x", "", StringComparison.Ordinal)));
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name == "data" && kind == DiskCallKind.Synchronise) kind = DiskCallKind.SynchroniseNames;
        else if (!name.StartsWith("lowdose.db", StringComparison.Ordinal)) return null;
        return new(kind, name, bytes, call.Groups["at"].Success ? long.Parse(call.Groups["at"].Value, CultureInfo.InvariantCulture) : 0, default);
    }

    [GeneratedRegex(@"^p?write(64)?\([0-9]+<(?<file>[^>]*)>, ""(?<bytes>[^""]*)"", [0-9]+(, (?<at>[0-9]+))?\s*\)\s+= [0-9]+$")]
    private static partial Regex Written();

    [GeneratedRegex(@"^(fdatasync|fsync)\([0-9]+<(?<file>[^>]*)>\s*\)\s+= 0$")]
    private static partial Regex Synchronised();

    [GeneratedRegex(@"^ftruncate\([0-9]+<(?<file>[^>]*)>, (?<at>[0-9]+)\s*\)\s+= 0$")]
    private static partial Regex Shortened();

    [GeneratedRegex(@"^unlink\(""(?<file>[^""]*)""\s*\)\s+= 0$")]
    private static partial Regex Deleted();
}
