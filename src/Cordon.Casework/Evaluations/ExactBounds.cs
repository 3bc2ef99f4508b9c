namespace Cordon.Casework.Evaluations;

/// <summary>Between which shares the true one lies, in parts of a million: the low bound rounded down, the high one up.</summary>
/// <param name="Low">The least, 0 to 1,000,000.</param>
/// <param name="High">The most, 0 to 1,000,000.</param>
public readonly record struct ShareBounds(int Low, int High);

/// <summary>
/// The exact interval of Clopper and Pearson for a share seen in so many occasions. It holds with at least the chance stated for every share and
/// every number of occasions; intervals that hold on average only, such as Wilson's, fall short of it just where shares are near 0 or 1, as
/// they are here. Pure.
/// </summary>
public static class ExactBounds
{
    private const int Million = 1_000_000;
    private const int MostTerms = 100_000;

    /// <summary>The bounds of a share.</summary>
    /// <param name="hits">How often it was so, 0 to <paramref name="occasions"/>.</param>
    /// <param name="occasions">Of how many, at least 1.</param>
    /// <param name="tail">The chance that the true share lies beyond one bound, above 0 and below one half.</param>
    public static ShareBounds Of(long hits, long occasions, double tail)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(occasions, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, occasions);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tail is > 0 and < 0.5, true);
        var low = hits == 0 ? 0 : Last(share => AtLeast(hits, occasions, share) <= tail);
        var high = hits == occasions ? Million : Million - Last(rest => AtLeast(occasions - hits, occasions, rest) <= tail);
        return new ShareBounds(low, high);
    }

    /// <summary>The chance of at least so many hits: the regularised incomplete beta function I(share; hits, occasions - hits + 1).</summary>
    internal static double AtLeast(long hits, long occasions, double share)
    {
        if (hits == 0) return 1;
        if (share <= 0) return 0;
        if (share >= 1) return 1;
        double a = hits, b = occasions - hits + 1;
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(share)) + (b * Math.Log(1 - share)));
        // The fraction converges fast on the side of the mean only; the other side is its complement.
        return share < (a + 1) / (a + b + 2) ? front * Fraction(a, b, share) / a : 1 - (front * Fraction(b, a, 1 - share) / b);
    }

    // The greatest part of a million for which it still holds; it holds at 0 and grows less true upwards.
    private static int Last(Func<double, bool> holds)
    {
        var (low, high) = (0, Million);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (holds(middle / (double)Million)) low = middle;
            else high = middle;
        }
        return low;
    }

    // Abramowitz and Stegun 26.5.8, by Lentz's method.
    private static double Fraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        var c = 1.0;
        var d = Inverse(1 - ((a + b) * x / (a + 1)));
        var value = d;
        for (var m = 1; m <= MostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = Inverse(1 + (even * d));
            c = Away(1 + (even / c));
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = Inverse(1 + (odd * d));
            c = Away(1 + (odd / c));
            value *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-14) break;
        }
        return value;

        static double Away(double v) => Math.Abs(v) < Tiny ? Tiny : v;
        static double Inverse(double v) => 1 / Away(v);
    }

    // Stirling's series, shifted up to where five terms are exact to the last digits.
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 15; x++) shift += Math.Log(x);
        var (inverse, square) = (1 / x, 1 / (x * x));
        var series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square * (1.0 / 1188)))))))));
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - shift;
    }
}
