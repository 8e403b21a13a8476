using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>Memory of lanes, and its single numbers.</summary>
internal static class LaneMemory
{
    /// <summary>How many subjects a vector holds.</summary>
    public const int Width = 8;

    /// <summary>Zeros that do not move and, where the heap allows, begin on a cache line: a vector across two of them costs twice.</summary>
    public static Vector512<double>[] Of(int length)
    {
        Vector512<double>[] memory = [];
        // Neighbours on the pinned heap lie 24 bytes off each other's line.
        for (var attempt = 0; attempt < 16; attempt++)
        {
            memory = GC.AllocateArray<Vector512<double>>(Math.Max(length, 1), pinned: true);
            if (Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) % 64 == 0) break;
        }
        return length == 0 ? [] : memory;
    }

    /// <summary>The single numbers: element i of lane l is number 8 i + l.</summary>
    public static Span<double> Numbers(Vector512<double>[] memory) => MemoryMarshal.Cast<Vector512<double>, double>(memory.AsSpan());

    /// <summary>All bits in the lanes that are set.</summary>
    public static Vector512<double> Mask(int lanes)
    {
        var bits = Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128);
        return Vector512.Equals(Vector512.Create((long)lanes) & bits, bits).AsDouble();
    }

    /// <summary>Takes over the lanes of a mask.</summary>
    public static void Blend(Vector512<double>[] into, Vector512<double>[] from, Vector512<double> mask)
    {
        for (var i = 0; i < into.Length; i++) into[i] = Vector512.ConditionalSelect(mask, from[i], into[i]);
    }
}
