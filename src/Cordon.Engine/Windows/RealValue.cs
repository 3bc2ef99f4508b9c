namespace Cordon.Engine.Windows;

/// <summary>
/// Real numbers as the whole numbers that windows hold. Floating-point addition depends on its order, so sums are taken
/// of fixed-point numbers: steps of 2^-20 (about a millionth), magnitudes to 8.7 million million. The smallest, largest
/// and newest number is kept as it is.
/// </summary>
internal static class RealValue
{
    private const double Steps = 1 << 20;
    private const double Bound = 9.2e18;

    /// <summary>The number as a measure's state takes it.</summary>
    public static long ToState(WindowMeasure measure, double value) =>
        measure is WindowMeasure.Sum or WindowMeasure.Average ? (long)Math.Round(Math.Clamp(value * Steps, -Bound, Bound)) : ToOrdered(value);

    public static double FromState(WindowMeasure measure, in WindowAnswer answer) =>
        measure is WindowMeasure.Sum or WindowMeasure.Average ? answer.ToReal() / Steps : FromOrdered((long)answer.Total);

    // The bits of a positive number have the order of the numbers, those of a negative one the opposite order.
    private static long ToOrdered(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value == 0 ? 0.0 : value);
        return bits ^ ((bits >> 63) & long.MaxValue);
    }

    private static double FromOrdered(long ordered) => BitConverter.Int64BitsToDouble(ordered ^ ((ordered >> 63) & long.MaxValue));
}
