using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>
/// Values that may not have been told: the age of an account nobody told of, the mean of no signals. They are errors of the
/// condition, and a condition that ends in an error says nothing: where nothing was told, nothing is held against anybody.
/// In a slot each type has a number that stands for it and that no told value has.
/// </summary>
internal static class Untold
{
    public const long Whole = long.MinValue;
    public const long Span = -1;
    public static readonly long Real = BitConverter.DoubleToInt64Bits(double.NaN);
    public static readonly long Moment = Instant.Min.Micros;

    private static readonly CelError Error = new("not told");

    private static readonly ImmutableArray<CelOverload> Overloads =
    [
        CelOverload.Of("told_int", false, [CelType.Int], CelType.Int, (Check<long>)Int),
        CelOverload.Of("told_double", false, [CelType.Double], CelType.Double, (Check<double>)Double),
        CelOverload.Of("told_duration", false, [CelType.Duration], CelType.Duration, (Check<CelDuration>)Duration),
        CelOverload.Of("told_timestamp", false, [CelType.Timestamp], CelType.Timestamp, (Check<CelTimestamp>)Timestamp),
    ];

    private delegate T Check<T>(T value, ref CelError? error);

    /// <summary>The number that stands for "not told" in a slot of a type.</summary>
    public static long Of(CelType type) => type.Kind switch
    {
        CelKind.Double => Real,
        CelKind.Duration => Span,
        CelKind.Timestamp => Moment,
        _ => Whole,
    };

    /// <summary>Whether a value read from a slot of a type was told.</summary>
    public static bool IsTold(CelType type, object? value) => value switch
    {
        long whole when type.Kind == CelKind.Int => whole != Whole,
        double real => !double.IsNaN(real),
        CelDuration span => span.Nanos >= 0,
        CelTimestamp moment => moment.Seconds > CelTimestamp.MinSeconds,
        Amount amount => amount.Minor != Whole,
        _ => true,
    };

    /// <summary>The variable of a slot, checked for being told.</summary>
    public static CelNode Checked(CelVariable slot)
    {
        var overload = Overloads.FirstOrDefault(o => o.Result.Equals(slot.Type))
            ?? (slot.Type.Clr == typeof(Amount) ? CelOverload.Of("told_money", false, [slot.Type], slot.Type, (Check<Amount>)Money) : null);
        return overload is null ? slot : new CelCall(slot.Id, slot.At, "@told", false, [slot]) { Type = slot.Type, Overloads = [overload] };
    }

    private static long Int(long value, ref CelError? error)
    {
        if (value == Whole) error = Error;
        return value;
    }

    private static double Double(double value, ref CelError? error)
    {
        if (double.IsNaN(value)) error = Error;
        return value;
    }

    private static CelDuration Duration(CelDuration value, ref CelError? error)
    {
        if (value.Nanos < 0) error = Error;
        return value;
    }

    private static CelTimestamp Timestamp(CelTimestamp value, ref CelError? error)
    {
        if (value.Seconds <= CelTimestamp.MinSeconds) error = Error;
        return value;
    }

    private static Amount Money(Amount value, ref CelError? error)
    {
        if (value.Minor == Whole) error = Error;
        return value;
    }
}
