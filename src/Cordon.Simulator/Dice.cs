namespace Cordon.Simulator;

/// <summary>
/// The only source of chance: xoshiro256** (Blackman and Vigna, 2018) seeded by SplitMix64, integers only,
/// so that a seed gives the same draws on every machine. <see cref="Fork"/> does not depend on what was drawn
/// before, so a new kind of event in one place leaves every other place as it was.
/// </summary>
internal sealed class Dice
{
    private readonly ulong seed;
    private ulong s0, s1, s2, s3;

    public Dice(ulong seed)
    {
        this.seed = seed;
        var at = seed;
        s0 = SplitMix(ref at);
        s1 = SplitMix(ref at);
        s2 = SplitMix(ref at);
        s3 = SplitMix(ref at);
    }

    public Dice Fork(ulong label)
    {
        var at = seed;
        var mixed = SplitMix(ref at) ^ label;
        return new Dice(SplitMix(ref mixed));
    }

    public ulong Next()
    {
        unchecked
        {
            var result = ulong.RotateLeft(s1 * 5, 7) * 9;
            var t = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= t;
            s3 = ulong.RotateLeft(s3, 45);
            return result;
        }
    }

    public UInt128 Next128() => new(Next(), Next());

    /// <summary>0 to <paramref name="limit"/> − 1.</summary>
    public int Below(int limit) => (int)Below((long)limit);

    /// <summary>0 to <paramref name="limit"/> − 1, by the high half of a product: no loop, a bias below 2⁻³².</summary>
    public long Below(long limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return (long)Math.BigMul(Next(), (ulong)limit, out _);
    }

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>Both ends included.</summary>
    public long Between(long low, long high) => low + Below(high - low + 1);

    /// <summary>Between, leaning to the low end: the least of three draws. Sums of money are seldom large.</summary>
    public long Low(long low, long high) => Math.Min(Between(low, high), Math.Min(Between(low, high), Between(low, high)));

    public bool Chance(int perMille) => Below(1000) < perMille;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>An index, each as likely as its weight says.</summary>
    public int Weighted(ReadOnlySpan<int> weights)
    {
        var total = 0;
        foreach (var weight in weights) total += weight;
        var draw = Below(total);
        for (var i = 0; ; i++)
        {
            draw -= weights[i];
            if (draw < 0) return i;
        }
    }

    public TimeSpan Seconds(int low, int high) => TimeSpan.FromSeconds((long)Between(low, high));

    private static ulong SplitMix(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
