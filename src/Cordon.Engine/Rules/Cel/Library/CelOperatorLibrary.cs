using System.Linq.Expressions;
using static Cordon.Engine.Rules.Cel.CelOverload;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>Arithmetic, equality and negation. Overflow is an error. Source: the specification, "Standard Definitions".</summary>
internal static class CelOperatorLibrary
{
    public static void Add(CelEnvironmentBuilder builder)
    {
        CelType @int = CelType.Int, @uint = CelType.UInt, @double = CelType.Double, text = CelType.String, bytes = CelType.Bytes;
        CelType at = CelType.Timestamp, span = CelType.Duration, a = CelLibrary.A, list = CelLibrary.ListOfA;
        builder.Function("_+_",
            Of("add_int", false, [@int, @int], @int, Plus), Of("add_uint", false, [@uint, @uint], @uint, PlusUnsigned),
            Global("add_double", [@double, @double], @double, (x, _) => Expression.Add(x[0], x[1])),
            Of("add_string", false, [text, text], text, Join), Of("add_bytes", false, [bytes, bytes], bytes, JoinBytes),
            Of("add_list", false, [list, list], list, JoinLists) with { Costing = CelCosts.Concatenation },
            Of("add_timestamp_duration", false, [at, span], at, Later), Of("add_duration_timestamp", false, [span, at], at, LaterThan),
            Of("add_duration", false, [span, span], span, PlusSpan));
        builder.Function("_-_",
            Of("subtract_int", false, [@int, @int], @int, Minus), Of("subtract_uint", false, [@uint, @uint], @uint, MinusUnsigned),
            Global("subtract_double", [@double, @double], @double, (x, _) => Expression.Subtract(x[0], x[1])),
            Of("subtract_timestamps", false, [at, at], span, Between), Of("subtract_timestamp_duration", false, [at, span], at, Earlier),
            Of("subtract_duration", false, [span, span], span, MinusSpan));
        builder.Function("_*_",
            Of("multiply_int", false, [@int, @int], @int, Times), Of("multiply_uint", false, [@uint, @uint], @uint, TimesUnsigned),
            Global("multiply_double", [@double, @double], @double, (x, _) => Expression.Multiply(x[0], x[1])));
        builder.Function("_/_",
            Of("divide_int", false, [@int, @int], @int, Divide), Of("divide_uint", false, [@uint, @uint], @uint, DivideUnsigned),
            Global("divide_double", [@double, @double], @double, (x, _) => Expression.Divide(x[0], x[1])));
        builder.Function("_%_", Of("modulo_int", false, [@int, @int], @int, Modulo), Of("modulo_uint", false, [@uint, @uint], @uint, ModuloUnsigned));
        builder.Function("-_",
            Of("negate_int", false, [@int], @int, Negate),
            Global("negate_double", [@double], @double, (x, _) => Expression.Negate(x[0])));
        builder.Function("!_", Global("not", [CelType.Bool], CelType.Bool, (x, _) => Expression.Not(x[0])));
        builder.Function("_==_", Of("equals", false, [a, a], CelType.Bool, CelEquality.AreEqual));
        builder.Function("_!=_", Of("not_equals", false, [a, a], CelType.Bool, Differ));
    }

    private static bool Differ(object? a, object? b) => !CelEquality.AreEqual(a, b);

    private static T? Fail<T>(ref CelError? error, CelError with)
    {
        error = with;
        return default;
    }

    private static long Plus(long a, long b, ref CelError? error)
    {
        var sum = unchecked(a + b);
        return ((a ^ sum) & (b ^ sum)) < 0 ? Fail<long>(ref error, CelError.IntOverflow) : sum;
    }

    private static long Minus(long a, long b, ref CelError? error)
    {
        var difference = unchecked(a - b);
        return ((a ^ b) & (a ^ difference)) < 0 ? Fail<long>(ref error, CelError.IntOverflow) : difference;
    }

    private static long Times(long a, long b, ref CelError? error)
    {
        var product = (Int128)a * b;
        return product < long.MinValue || product > long.MaxValue ? Fail<long>(ref error, CelError.IntOverflow) : (long)product;
    }

    private static long Divide(long a, long b, ref CelError? error)
    {
        if (b == 0) return Fail<long>(ref error, CelError.DivideByZero);
        return b == -1 && a == long.MinValue ? Fail<long>(ref error, CelError.IntOverflow) : a / b;
    }

    private static long Modulo(long a, long b, ref CelError? error)
    {
        if (b == 0) return Fail<long>(ref error, CelError.ModulusByZero);
        return b == -1 ? a == long.MinValue ? Fail<long>(ref error, CelError.IntOverflow) : 0 : a % b;
    }

    private static long Negate(long a, ref CelError? error) => a == long.MinValue ? Fail<long>(ref error, CelError.IntOverflow) : -a;

    private static ulong PlusUnsigned(ulong a, ulong b, ref CelError? error) => a > ulong.MaxValue - b ? Fail<ulong>(ref error, CelError.IntOverflow) : a + b;

    private static ulong MinusUnsigned(ulong a, ulong b, ref CelError? error) => b > a ? Fail<ulong>(ref error, CelError.IntOverflow) : a - b;

    private static ulong TimesUnsigned(ulong a, ulong b, ref CelError? error)
    {
        var product = (UInt128)a * b;
        return product > ulong.MaxValue ? Fail<ulong>(ref error, CelError.IntOverflow) : (ulong)product;
    }

    private static ulong DivideUnsigned(ulong a, ulong b, ref CelError? error) => b == 0 ? Fail<ulong>(ref error, CelError.DivideByZero) : a / b;

    private static ulong ModuloUnsigned(ulong a, ulong b, ref CelError? error) => b == 0 ? Fail<ulong>(ref error, CelError.ModulusByZero) : a % b;

    private static string Join(string a, string b) => a + b;

    private static CelBytes JoinBytes(CelBytes a, CelBytes b) => new(a.Content.AddRange(b.Content));

    private static CelList JoinLists(CelList a, CelList b) => new(a.Items.AddRange(b.Items));

    private static CelTimestamp At(Int128 nanos, ref CelError? error)
    {
        // Rounded down, so that the nanoseconds within the second are never negative.
        var seconds = nanos / CelDuration.PerSecond;
        if (nanos % CelDuration.PerSecond < 0) seconds--;
        if (seconds < CelTimestamp.MinSeconds || seconds > CelTimestamp.MaxSeconds) return Fail<CelTimestamp>(ref error, CelError.Range);
        return new CelTimestamp((long)seconds, (int)(nanos - (seconds * CelDuration.PerSecond)));
    }

    private static Int128 Nanos(CelTimestamp at) => ((Int128)at.Seconds * CelDuration.PerSecond) + at.Nanos;

    private static CelDuration Span(Int128 nanos, ref CelError? error) =>
        nanos < long.MinValue || nanos > long.MaxValue ? Fail<CelDuration>(ref error, CelError.Range) : new CelDuration((long)nanos);

    private static CelTimestamp Later(CelTimestamp at, CelDuration span, ref CelError? error) => At(Nanos(at) + span.Nanos, ref error);

    private static CelTimestamp LaterThan(CelDuration span, CelTimestamp at, ref CelError? error) => At(Nanos(at) + span.Nanos, ref error);

    private static CelTimestamp Earlier(CelTimestamp at, CelDuration span, ref CelError? error) => At(Nanos(at) - span.Nanos, ref error);

    private static CelDuration Between(CelTimestamp a, CelTimestamp b, ref CelError? error) => Span(Nanos(a) - Nanos(b), ref error);

    private static CelDuration PlusSpan(CelDuration a, CelDuration b, ref CelError? error) => Span((Int128)a.Nanos + b.Nanos, ref error);

    private static CelDuration MinusSpan(CelDuration a, CelDuration b, ref CelError? error) => Span((Int128)a.Nanos - b.Nanos, ref error);
}
