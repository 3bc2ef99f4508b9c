using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Cordon.Engine.Money;

/// <summary>Short texts (1 to 64 ASCII characters), one after another, each behind a byte that tells its length.</summary>
internal sealed class TextArena
{
    public const int MaxLength = 64;

    private const int ChunkBits = 16;
    private const int ChunkSize = 1 << ChunkBits;
    private const int FirstSize = 256;

    private readonly List<byte[]> chunks = [new byte[FirstSize]];
    private int used;

    /// <summary>Keeps a text and tells where. A text never lies across two chunks.</summary>
    public uint Add(ReadOnlySpan<byte> text)
    {
        if (used + 1 + text.Length > ChunkSize)
        {
            chunks.Add(new byte[ChunkSize]);
            used = 0;
        }
        else if (used + 1 + text.Length > chunks[^1].Length)
        {
            var grown = chunks[^1];
            Array.Resize(ref grown, Math.Min(ChunkSize, grown.Length * 4));
            chunks[^1] = grown;
        }
        var offset = checked((uint)(((long)(chunks.Count - 1) << ChunkBits) + used));
        var chunk = chunks[^1];
        chunk[used] = (byte)text.Length;
        text.CopyTo(chunk.AsSpan(used + 1));
        used += 1 + text.Length;
        return offset;
    }

    public ReadOnlySpan<byte> Get(uint offset)
    {
        var chunk = chunks[(int)(offset >> ChunkBits)];
        var start = (int)(offset & (ChunkSize - 1));
        return chunk.AsSpan(start + 1, chunk[start]);
    }

    /// <summary>Writes a text as bytes. False where it is empty, too long or not visible ASCII, and so can be nobody's name.</summary>
    public static bool TryEncode(string? text, Span<byte> room, out int length)
    {
        length = 0;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || text.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0) return false;
        length = Encoding.ASCII.GetBytes(text, room);
        return true;
    }
}

/// <summary>
/// Numbers pairs of a member and a text from 0 on: the ids of transfers, the numbers of accounts.
/// A table of 32-bit slots finds them by a 64-bit hash; what is found is compared with the text itself,
/// so two names with one hash stay two. The hash decides nothing but the place of a slot.
/// </summary>
internal sealed class NameTable
{
    private readonly TextArena arena = new();
    private readonly ChunkedList<Key> keys = new();
    private int[] slots = new int[32];

    public int Count => keys.Count;

    public int MemberOf(int name) => keys[name].Member;

    public ReadOnlySpan<byte> TextOf(int name) => arena.Get(keys[name].Offset);

    /// <summary>The number of a name, or -1.</summary>
    public int Find(int member, string? text)
    {
        Span<byte> room = stackalloc byte[TextArena.MaxLength];
        if (!TextArena.TryEncode(text, room, out var length)) return -1;
        return slots[SlotOf(member, room[..length])] - 1;
    }

    /// <summary>The number of a name, given now where it had none.</summary>
    public int Intern(int member, string? text, out bool added)
    {
        Span<byte> room = stackalloc byte[TextArena.MaxLength];
        if (!TextArena.TryEncode(text, room, out var length))
            throw new ArgumentException("A name has 1 to 64 visible ASCII characters.", nameof(text));
        var bytes = room[..length];
        var slot = SlotOf(member, bytes);
        added = slots[slot] == 0;
        if (!added) return slots[slot] - 1;
        var name = keys.Add(new Key(member, arena.Add(bytes)));
        slots[slot] = name + 1;
        if (keys.Count > slots.Length / 4 * 3) Grow();
        return name;
    }

    /// <summary>The order of two texts that depends on nothing but themselves: the shorter first, then byte by byte.</summary>
    public int CompareTexts(int left, int right)
    {
        var a = TextOf(left);
        var b = TextOf(right);
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
    }

    /// <summary>The slot that holds a name, or the empty one where it belongs.</summary>
    private int SlotOf(int member, ReadOnlySpan<byte> text)
    {
        var mask = slots.Length - 1;
        for (var slot = (int)(Hash(member, text) & (uint)mask); ; slot = (slot + 1) & mask)
        {
            var name = slots[slot] - 1;
            if (name < 0 || (keys[name].Member == member && TextOf(name).SequenceEqual(text))) return slot;
        }
    }

    private void Grow()
    {
        var larger = new int[slots.Length * 2];
        var mask = larger.Length - 1;
        for (var name = 0; name < keys.Count; name++)
        {
            var slot = (int)(Hash(keys[name].Member, TextOf(name)) & (uint)mask);
            while (larger[slot] != 0) slot = (slot + 1) & mask;
            larger[slot] = name + 1;
        }
        slots = larger;
    }

    private static ulong Hash(int member, ReadOnlySpan<byte> text)
    {
        var hash = Fold((uint)member ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93 ^ (uint)text.Length);
        for (; text.Length >= 8; text = text[8..])
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text), 0xA076_1D64_78BD_642F);
        ulong tail = 0;
        foreach (var b in text) tail = (tail << 8) | b;
        return Fold(hash ^ tail, 0xE703_7ED1_A0B4_28DB);
    }

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Key(int Member, uint Offset);
}
