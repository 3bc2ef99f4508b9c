using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Money;

/// <summary>
/// Numbers pairs of a member and a text from 0 on: the ids of transfers, the numbers of accounts.
/// A table of 32-bit slots finds them by a 64-bit hash; what is found is compared with the text itself,
/// so two names with one hash stay two. The hash decides nothing but the place of a slot.
/// A table that fills is followed by one twice as large, into which each new name takes <see cref="MovedAtOnce"/> older ones along:
/// no single call does more than that, however many names there are, and until all are moved a name is looked for in both.
/// </summary>
internal sealed class NameTable
{
    private const int MovedAtOnce = 8;

    private readonly TextArena arena = new();
    private readonly ChunkedList<Key> keys = new();
    private Slots slots = new(5);
    private Slots? former;
    private int moved;
    private int toMove;

    public int Count => keys.Count;

    public int MemberOf(int name) => keys[name].Member;

    public ReadOnlySpan<byte> TextOf(int name) => arena.Get(keys[name].Offset);

    /// <summary>The number of a name, or -1.</summary>
    public int Find(int member, string? text)
    {
        Span<byte> room = stackalloc byte[TextArena.MaxLength];
        if (!TextArena.TryEncode(text, room, out var length)) return -1;
        var bytes = room[..length];
        return Find(Hash(member, bytes), member, bytes, out _);
    }

    /// <summary>The number of a name, given now where it had none.</summary>
    public int Intern(int member, string? text, out bool added)
    {
        Span<byte> room = stackalloc byte[TextArena.MaxLength];
        if (!TextArena.TryEncode(text, room, out var length))
            throw new ArgumentException("A name has 1 to 64 visible ASCII characters.", nameof(text));
        var bytes = room[..length];
        var hash = Hash(member, bytes);
        var name = Find(hash, member, bytes, out var slot);
        added = name < 0;
        if (!added) return name;
        name = keys.Add(new Key(member, arena.Add(bytes)));
        slots.Set(slot, name);
        if (former is not null) Move();
        else if (keys.Count > slots.Length / 4 * 3) Grow();
        return name;
    }

    /// <summary>The order of two texts that depends on nothing but themselves: the shorter first, then byte by byte.</summary>
    public int CompareTexts(int left, int right)
    {
        var a = TextOf(left);
        var b = TextOf(right);
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
    }

    public void Save(SnapshotWriter to)
    {
        arena.Save(to);
        keys.Save(to);
    }

    /// <summary>Fills an empty table. The slots are made anew: where a name is found is nobody's business but the table's.</summary>
    public void Load(ref SnapshotReader from, int members)
    {
        arena.Load(ref from);
        keys.Load(ref from);
        var bits = 5;
        while (keys.Count > (1 << bits) / 4 * 3) bits++;
        slots = new Slots(bits);
        for (var name = 0; name < keys.Count; name++)
        {
            var key = keys[name];
            if (key.Member < 0 || key.Member >= members || !arena.Holds(key.Offset)) throw new FormatException("A snapshot names something by no name.");
            slots.Put(Hash(key.Member, arena.Get(key.Offset)), name);
        }
    }

    /// <summary>The number of a name, or -1 and the slot where it belongs.</summary>
    private int Find(ulong hash, int member, ReadOnlySpan<byte> text, out int slot)
    {
        for (slot = slots.Home(hash); ; slot = slots.After(slot))
        {
            var name = slots.Get(slot);
            if (name < 0) break;
            if (Is(name, member, text)) return name;
        }
        if (former is null) return -1;
        for (var older = former.Home(hash); ; older = former.After(older))
        {
            var name = former.Get(older);
            if (name < 0 || Is(name, member, text)) return name;
        }
    }

    private bool Is(int name, int member, ReadOnlySpan<byte> text) => keys[name].Member == member && TextOf(name).SequenceEqual(text);

    private void Grow()
    {
        former = slots;
        slots = new Slots(slots.Bits + 1);
        (moved, toMove) = (0, keys.Count);
    }

    // In the order of their numbers, because so the names themselves are read one after another.
    private void Move()
    {
        for (var left = MovedAtOnce; left > 0 && moved < toMove; left--, moved++) slots.Put(Hash(keys[moved].Member, TextOf(moved)), moved);
        if (moved == toMove) former = null;
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

    /// <summary>Slots in pages that come into being when first written, so that a larger table costs its memory as it fills.</summary>
    private sealed class Slots(int bits)
    {
        private const int PageBits = 14;

        private readonly int[]?[] pages = new int[]?[Math.Max(1, 1 << Math.Max(0, bits - PageBits))];
        private readonly int pageSize = Math.Min(1 << bits, 1 << PageBits);
        private readonly int mask = (1 << bits) - 1;

        public int Bits => bits;

        public int Length => 1 << bits;

        public int Home(ulong hash) => (int)(hash & (uint)mask);

        public int After(int slot) => (slot + 1) & mask;

        /// <summary>The name in a slot, or -1.</summary>
        public int Get(int slot) => pages[slot >> PageBits] is { } page ? page[slot & (pageSize - 1)] - 1 : -1;

        public void Set(int slot, int name) => (pages[slot >> PageBits] ??= new int[pageSize])[slot & (pageSize - 1)] = name + 1;

        /// <summary>Puts a name that is not there into the first free slot.</summary>
        public void Put(ulong hash, int name)
        {
            var slot = Home(hash);
            while (Get(slot) >= 0) slot = After(slot);
            Set(slot, name);
        }
    }
}
