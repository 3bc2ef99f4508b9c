using System.Numerics;

namespace Cordon.Engine.Money;

/// <summary>
/// Entries by whole numbers from 0 on, as a dictionary keeps them, in the order in which they came. It is made empty without giving its room
/// back, unless that is much, so that one trace after another allocates nothing for it.
/// </summary>
internal sealed class NumberTable<T>
    where T : struct
{
    private const int LeastSlots = 512;
    private const int MostKept = 1 << 14;

    private int[] slots = new int[LeastSlots];
    private int[] keys = new int[LeastSlots / 2];
    private T[] entries = new T[LeastSlots / 2];

    public int Count { get; private set; }

    /// <summary>The keys, in the order in which they came.</summary>
    public ReadOnlySpan<int> Keys => keys.AsSpan(0, Count);

    /// <summary>The entries, beside their keys.</summary>
    public Span<T> Entries => entries.AsSpan(0, Count);

    public void Clear()
    {
        if (slots.Length > MostKept) (slots, keys, entries) = (new int[LeastSlots], new int[LeastSlots / 2], new T[LeastSlots / 2]);
        else
        {
            Array.Clear(slots);
            Array.Clear(entries, 0, Count);
        }
        Count = 0;
    }

    /// <summary>The entry of a key, made now where there was none. Valid until another key is asked for.</summary>
    public ref T At(int key, out bool known)
    {
        var slot = SlotOf(key);
        known = slots[slot] != 0;
        if (known) return ref entries[slots[slot] - 1];
        if (Count == keys.Length)
        {
            Grow();
            slot = SlotOf(key);
        }
        keys[Count] = key;
        slots[slot] = ++Count;
        return ref entries[Count - 1];
    }

    private int SlotOf(int key)
    {
        var mask = slots.Length - 1;
        var slot = (int)((((uint)key * 0x9E37_79B9UL) >> 16) & (uint)mask);
        while (slots[slot] != 0 && keys[slots[slot] - 1] != key) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        slots = new int[BitOperations.RoundUpToPowerOf2((uint)slots.Length + 1)];
        Array.Resize(ref keys, slots.Length / 2);
        Array.Resize(ref entries, slots.Length / 2);
        for (var i = 0; i < Count; i++) slots[SlotOf(keys[i])] = i + 1;
    }
}
