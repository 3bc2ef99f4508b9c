using System.Runtime.CompilerServices;
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
    private const int MostNames = (1 << 28) - 2;

    private readonly TextArena arena = new();
    private readonly ChunkedList<Key> keys = new();
    private Slots slots = new(5);
    private Slots? former;
    private readonly ulong[] movedNext = new ulong[MovedAtOnce];
    private int moved;
    private int toMove;

    public int Count => keys.Count;

    /// <summary>How much memory it takes.</summary>
    public long Bytes => arena.Bytes + keys.Bytes + slots.Bytes + (former?.Bytes ?? 0);

    public int MemberOf(int name) => keys[name].Member;

    public string TextOf(int name) => arena.GetString(keys[name].Offset);

    /// <summary>The number of a name, or -1.</summary>
    public int Find(int member, string? text)
    {
        PreparedName name = default;
        return name.TryPrepare(member, text) ? Find(name) : -1;
    }

    /// <summary>The number of a name, or -1.</summary>
    public int Find(in PreparedName name) => Find(name, out _);

    /// <summary>The number of a name, given now where it had none.</summary>
    public int Intern(int member, string? text, out bool added)
    {
        PreparedName name = default;
        return name.TryPrepare(member, text) ? Intern(name, out added) : throw new ArgumentException("A name has 1 to 64 visible ASCII characters.", nameof(text));
    }

    /// <summary>The number of a name, given now where it had none.</summary>
    public int Intern(in PreparedName name, out bool added)
    {
        var number = Find(name, out var slot);
        added = number < 0;
        if (!added) return number;
        if (keys.Count == MostNames) throw new InvalidOperationException("A table holds no more than 2^28 - 2 names.");
        number = keys.Add(new Key(name.Member, arena.AddStored(name.Stored)));
        slots.Set(slot, name.Hash, number);
        if (former is not null) Move();
        else if (keys.Count > slots.Length / 4 * 3) Grow();
        return number;
    }

    /// <summary>Asks for the place where a name of a hash is looked for first.</summary>
    public void LookAheadTo(ulong hash)
    {
        slots.LookAheadTo(hash);
        former?.LookAheadTo(hash);
    }

    /// <summary>The name found first at a hash's place, or -1; asks for what tells whether it is the one.</summary>
    public int LookAheadToKey(ulong hash)
    {
        var name = slots.Candidate(hash);
        if (name < 0 && former is not null) name = former.Candidate(hash);
        if (name >= 0) LookAhead.To(ref Unsafe.As<Key, ulong>(ref keys[name]));
        return name;
    }

    /// <summary>Asks for where a name's text is.</summary>
    public void LookAheadToKeyOf(int name) => keys.LookAheadTo(name);

    /// <summary>Asks for a name's text.</summary>
    public void LookAheadToText(int name) => arena.LookAheadTo(keys[name].Offset);

    /// <summary>The order of two texts that depends on nothing but themselves: the shorter first, then byte by byte.</summary>
    public int CompareTexts(int left, int right) => arena.Compare(keys[left].Offset, keys[right].Offset);

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
            if (key.Member >= members || !arena.Holds(key.Offset)) throw new FormatException("A snapshot names something by no name.");
            slots.Put(HashOf(name), name);
        }
    }

    /// <summary>The number of a name, or -1 and the slot where it belongs.</summary>
    private int Find(in PreparedName name, out int slot)
    {
        for (slot = slots.Home(name.Hash); ; slot = slots.After(slot))
        {
            var found = slots.Get(slot);
            if (found == 0) break;
            if (Slots.MayBe(found, name.Hash) && Is(Slots.NameIn(found), name)) return Slots.NameIn(found);
        }
        if (former is null) return -1;
        for (var older = former.Home(name.Hash); ; older = former.After(older))
        {
            var found = former.Get(older);
            if (found == 0) return -1;
            if (Slots.MayBe(found, name.Hash) && Is(Slots.NameIn(found), name)) return Slots.NameIn(found);
        }
    }

    private bool Is(int number, in PreparedName name)
    {
        ref var key = ref keys[number];
        return key.Member == name.Member && arena.IsStoredAt(key.Offset, name.Stored);
    }

    private ulong HashOf(int name) => PreparedName.HashOf(keys[name].Member, arena.StoredAt(keys[name].Offset));

    private void Grow()
    {
        former = slots;
        slots = new Slots(slots.Bits + 1);
        (moved, toMove) = (0, keys.Count);
        PrepareMove();
    }

    // In the order of their numbers, because so the names themselves are read one after another.
    private void Move()
    {
        for (var i = 0; i < MovedAtOnce && moved < toMove; i++, moved++) slots.Put(movedNext[i], moved);
        if (moved == toMove) former = null;
        else PrepareMove();
    }

    // Where the next ones go lies anywhere: it is fetched until the next call.
    private void PrepareMove()
    {
        for (var i = 0; i < MovedAtOnce && moved + i < toMove; i++)
        {
            movedNext[i] = HashOf(moved + i);
            slots.LookAheadTo(movedNext[i]);
        }
    }

    /// <summary>Seven bytes: a graph has one for each transfer.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct Key(int member, uint offset)
    {
        public readonly uint Offset = offset;
        private readonly ushort memberLow = (ushort)member;
        private readonly byte memberHigh = checked((byte)(member >> 16));

        public int Member => (memberHigh << 16) | memberLow;
    }

    /// <summary>
    /// Slots in pages that come into being when first written, so that a larger table costs its memory as it fills.
    /// Four bits of the hash lie beside each name: of the others that stand in the way, few need to be looked at themselves.
    /// </summary>
    private sealed class Slots(int bits)
    {
        private const int PageBits = 14;
        private const int NameBits = 28;
        private const uint NameMask = (1u << NameBits) - 1;

        private readonly uint[]?[] pages = new uint[]?[Math.Max(1, 1 << Math.Max(0, bits - PageBits))];
        private readonly int pageSize = Math.Min(1 << bits, 1 << PageBits);
        private readonly int mask = (1 << bits) - 1;

        public int Bits => bits;

        public int Length => 1 << bits;

        public long Bytes => pages.Sum(static page => page is null ? 0L : (long)page.Length * sizeof(uint));

        public static bool MayBe(uint slot, ulong hash) => slot >> NameBits == (uint)(hash >> 60);

        public static int NameIn(uint slot) => (int)(slot & NameMask) - 1;

        public int Home(ulong hash) => (int)(hash & (uint)mask);

        public int After(int slot) => (slot + 1) & mask;

        /// <summary>What a slot holds; 0 where nothing.</summary>
        public uint Get(int slot) => pages[slot >> PageBits] is { } page ? In(page, slot) : 0;

        public void Set(int slot, ulong hash, int name) =>
            In(pages[slot >> PageBits] ??= GC.AllocateArray<uint>(pageSize, pinned: true), slot) = (uint)(name + 1) | ((uint)(hash >> 60) << NameBits);

        /// <summary>Puts a name that is not there into the first free slot.</summary>
        public void Put(ulong hash, int name)
        {
            var slot = Home(hash);
            while (Get(slot) != 0) slot = After(slot);
            Set(slot, hash, name);
        }

        public void LookAheadTo(ulong hash)
        {
            var slot = Home(hash);
            if (pages[slot >> PageBits] is { } page) LookAhead.To(ref Unsafe.As<uint, ulong>(ref In(page, slot)));
        }

        // A slot's page is as long as all: asking its length, which lies with it, costs another wait for memory.
        private ref uint In(uint[] page, int slot) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(page), slot & (pageSize - 1));

        /// <summary>The first name from a hash's place on that may be it, or -1.</summary>
        public int Candidate(ulong hash)
        {
            for (var slot = Home(hash); ; slot = After(slot))
            {
                var found = Get(slot);
                if (found == 0) return -1;
                if (MayBe(found, hash)) return NameIn(found);
            }
        }
    }
}
