namespace Cordon.Engine.Patterns;

/// <summary>How amounts of all accounts are spread, in steps of a quarter of an octave.</summary>
internal sealed class AmountSketch
{
    private const int Quarters = 4;
    private const int Enough = 100;
    private readonly long[] steps = new long[64 * Quarters];
    private long total;
    private long small;
    private long nextMedian = Enough;

    public void Add(long minor)
    {
        steps[Step(minor)]++;
        if (++total < nextMedian) return;
        // The median hardly moves once much is known.
        small = Median() / 8;
        nextMedian = total + Math.Max(1, total / 64);
    }

    /// <summary>An eighth of the median, in minor units: less is far below what is usual. 0 while too little is known.</summary>
    public long SmallBelow() => small;

    /// <summary>How many of so many amounts would usually lie in a range, in 1,024ths of one.</summary>
    public long Expected(int of, long from, long below)
    {
        long within = 0;
        for (var step = Step(Math.Max(1, from)); step <= Step(Math.Max(1, below - 1)); step++) within += steps[step];
        // The counted ones are themselves part of the whole: one more keeps the rare from being called impossible.
        return Math.Max(1, (long)((Int128)(within + 1) * of * Surprise.Bit / (total + 1)));
    }

    private long Median()
    {
        long below = 0;
        var step = 0;
        while (step < steps.Length - 1 && (below + steps[step]) * 2 < total) below += steps[step++];
        var octave = 1L << (step / Quarters);
        return octave + (octave * (step % Quarters) / Quarters);
    }

    // Linear inside the octave: close enough, and whole numbers only.
    private static int Step(long minor)
    {
        var octave = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)minor);
        var quarter = octave < 2 ? 0 : (int)((minor >> (octave - 2)) & 3);
        return (octave * Quarters) + quarter;
    }
}
