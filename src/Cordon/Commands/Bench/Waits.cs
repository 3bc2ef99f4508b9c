namespace Cordon.Commands.Bench;

/// <summary>How long one waited, in microseconds.</summary>
/// <param name="P50">Half waited no longer.</param>
/// <param name="P99">99 of 100 waited no longer.</param>
/// <param name="P999">999 of 1,000 waited no longer.</param>
/// <param name="Most">The longest.</param>
internal sealed record WaitTimes(double P50, double P99, double P999, double Most);

/// <summary>
/// Counts waiting times in buckets of at most 1/64 of their value, so that any number of clients may count into one without keeping
/// each time.
/// </summary>
internal sealed class Waits(TimeProvider time)
{
    private const int Bits = 6;
    private const int Steps = 1 << Bits;
    private const double MicrosPerSecond = 1_000_000;

    // 64 buckets for each doubling, from 1 tenth of a microsecond to an hour.
    private readonly long[] buckets = new long[40 * Steps];

    public void Since(long start)
    {
        var tenths = (long)(time.GetElapsedTime(start).TotalSeconds * MicrosPerSecond * 10);
        Interlocked.Increment(ref buckets[Math.Min(BucketOf(tenths), buckets.Length - 1)]);
    }

    public WaitTimes Times() => new(At(0.5), At(0.99), At(0.999), At(1));

    private static int BucketOf(long tenths)
    {
        if (tenths < Steps) return (int)Math.Max(0, tenths);
        var shift = 63 - Bits - System.Numerics.BitOperations.LeadingZeroCount((ulong)tenths);
        return (shift * Steps) + (int)(tenths >> shift);
    }

    private static double TenthsOf(int bucket)
    {
        if (bucket < Steps) return bucket;
        var shift = (bucket / Steps) - 1;
        return (double)((bucket % Steps) + Steps) * (1L << shift);
    }

    private double At(double share)
    {
        var wanted = (long)Math.Ceiling(buckets.Sum() * share);
        var seen = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            seen += buckets[i];
            if (seen >= wanted && seen > 0) return TenthsOf(i) / 10;
        }
        return 0;
    }
}
