using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Cordon.Engine.Money;

/// <summary>A name made ready to be looked for in a <see cref="NameTable"/>: its member, its text as it is stored, and its hash.</summary>
internal struct PreparedName
{
    private StoredText stored;
    private byte length;

    public int Member { get; private set; }

    public ulong Hash { get; private set; }

    /// <summary>The text, as <see cref="TextArena"/> stores it.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Stored => ((ReadOnlySpan<byte>)stored)[..length];

    /// <summary>Makes a name ready. False where it can be nobody's: an unknown member, below 0, or no text that a table takes.</summary>
    public bool TryPrepare(int member, string? text)
    {
        if (member < 0 || !TextArena.TryStore(text, stored, out var taken)) return false;
        (Member, length) = (member, (byte)taken);
        Hash = HashOf(member, Stored);
        return true;
    }

    /// <summary>The hash of a name. It decides where the name is looked for and nothing else, so it may change from one release to the next.</summary>
    public static ulong HashOf(int member, ReadOnlySpan<byte> stored)
    {
        var hash = Fold((uint)member ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93 ^ (uint)stored.Length);
        // The last eight bytes may overlap those before: reading them twice costs less than reading a rest byte by byte.
        for (; stored.Length > 8; stored = stored[Math.Min(8, stored.Length - 8)..])
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(stored), 0xA076_1D64_78BD_642F);
        ulong tail = 0;
        if (stored.Length == 8) tail = BinaryPrimitives.ReadUInt64LittleEndian(stored);
        else
            foreach (var b in stored) tail = (tail << 8) | b;
        return Fold(hash ^ tail, 0xE703_7ED1_A0B4_28DB);
    }

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    [InlineArray(TextArena.MaxStored)]
    private struct StoredText
    {
        private byte first;
    }
}
