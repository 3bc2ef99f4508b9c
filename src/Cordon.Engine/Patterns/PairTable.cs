namespace Cordon.Engine.Patterns;

/// <summary>How often each payer paid each payee. Bounded: where it is full a new pair takes the place of an old one.</summary>
internal sealed class PairTable(int most)
{
    private const int Start = 1 << 10;
    private const int Reach = 16;
    private ulong[] keys = new ulong[Math.Min(Start, most)];
    private byte[] times = new byte[Math.Min(Start, most)];
    private int count;

    /// <summary>How many pairs were forgotten for want of room.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Counts one more transfer of a pair; gives how many there are now, 255 for that many and more.</summary>
    public int Count(int payer, int payee)
    {
        // Account numbers are not negative, so no key is 0.
        var key = (((ulong)(uint)payer + 1) << 32) | (uint)payee;
        if (count * 4L > keys.Length * 3L && keys.Length < most) Grow();
        var slot = Find(key);
        if (keys[slot] != key)
        {
            if (keys[slot] == 0) count++;
            else Forgotten++;
            keys[slot] = key;
            times[slot] = 0;
        }
        if (times[slot] < byte.MaxValue) times[slot]++;
        return times[slot];
    }

    // The slot of the key, or the first free one, or, where the stretch is full, the one whose pair goes.
    private int Find(ulong key)
    {
        var mask = keys.Length - 1;
        var home = (int)(Mix(key) & (ulong)mask);
        for (var i = 0; i < Stretch; i++)
        {
            var slot = (home + i) & mask;
            if (keys[slot] == key || keys[slot] == 0) return slot;
        }
        return home;
    }

    private int Stretch => keys.Length < most ? keys.Length : Reach;

    private void Grow()
    {
        var (oldKeys, oldTimes) = (keys, times);
        keys = new ulong[Math.Min(most, oldKeys.Length * 2)];
        times = new byte[keys.Length];
        count = 0;
        for (var i = 0; i < oldKeys.Length; i++)
        {
            if (oldKeys[i] == 0) continue;
            var slot = Find(oldKeys[i]);
            if (keys[slot] == 0) count++;
            else Forgotten++;
            (keys[slot], times[slot]) = (oldKeys[i], oldTimes[i]);
        }
    }

    /// <summary>Spreads a number over all 64 bits.</summary>
    public static ulong Mix(ulong key)
    {
        unchecked
        {
            key ^= key >> 33;
            key *= 0xff51afd7ed558ccd;
            key ^= key >> 33;
            key *= 0xc4ceb9fe1a85ec53;
            return key ^ (key >> 33);
        }
    }
}
