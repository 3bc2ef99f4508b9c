using System.Numerics;

namespace Cordon.Engine.Patterns;

/// <summary>
/// How unlikely something is, in 1,024ths of a bit. Whole numbers only: a floating logarithm may differ between machines,
/// and an alert must not.
/// </summary>
internal static class Surprise
{
    public const int Bit = 1024;
    private const int FractionBits = 10;

    // 1 / ln 2 in 1,024ths.
    private const long BitsPerNat = 1477;

    /// <summary>The binary logarithm of a number from 1 on.</summary>
    public static int Log2(long value)
    {
        if (value <= 1) return 0;
        var whole = BitOperations.Log2((ulong)value);
        // The mantissa in [1, 2) with 31 bits behind the point; squaring it gives the logarithm bit by bit.
        var mantissa = whole >= 31 ? (ulong)value >> (whole - 31) : (ulong)value << (31 - whole);
        var fraction = 0;
        for (var i = 0; i < FractionBits; i++)
        {
            mantissa = (mantissa * mantissa) >> 31;
            fraction <<= 1;
            if (mantissa < 1UL << 32) continue;
            mantissa >>= 1;
            fraction |= 1;
        }
        return (whole << FractionBits) + fraction;
    }

    /// <summary>Of seeing <paramref name="seen"/> where so many are expected; nothing where no more are seen than expected.</summary>
    /// <param name="seen">How many.</param>
    /// <param name="expected">How many would be usual, in 1,024ths, from 1 on.</param>
    public static int Poisson(int seen, long expected)
    {
        if (seen <= 0 || (long)seen * Bit <= expected) return 0;
        var ratio = Log2((long)seen * Bit) - Log2(Math.Max(1, expected));
        var bits = ((long)seen * ratio) - ((((long)seen * Bit) - expected) * BitsPerNat / Bit);
        return (int)Math.Clamp(bits, 0, int.MaxValue);
    }
}
