using System.Linq.Expressions;
using static Cordon.Engine.Rules.Cel.CelOverload;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>The math extension.</summary>
internal static class CelMathLibrary
{
    public static void Add(CelEnvironmentBuilder builder)
    {
        CelType @int = CelType.Int, @uint = CelType.UInt, @double = CelType.Double;
        AddExtreme(builder, "math.greatest", 1, nameof(Math.Max));
        AddExtreme(builder, "math.least", -1, nameof(Math.Min));
        builder.Function("math.ceil", Of("math_ceil", false, [@double], @double, (double d) => Math.Ceiling(d)));
        builder.Function("math.floor", Of("math_floor", false, [@double], @double, (double d) => Math.Floor(d)));
        builder.Function("math.round", Of("math_round", false, [@double], @double, (double d) => Math.Round(d, MidpointRounding.AwayFromZero)));
        builder.Function("math.trunc", Of("math_trunc", false, [@double], @double, (double d) => Math.Truncate(d)));
        builder.Function("math.sqrt",
            Of("math_sqrt", false, [@double], @double, (double d) => Math.Sqrt(d)), Of("math_sqrt_int", false, [@int], @double, (long i) => Math.Sqrt(i)),
            Of("math_sqrt_uint", false, [@uint], @double, (ulong u) => Math.Sqrt(u)));
        builder.Function("math.abs",
            Of("math_abs_int", false, [@int], @int, Magnitude), Global("math_abs_uint", [@uint], @uint, (x, _) => x[0]),
            Of("math_abs_double", false, [@double], @double, (double d) => Math.Abs(d)));
        builder.Function("math.sign",
            Of("math_sign_int", false, [@int], @int, (long i) => (long)Math.Sign(i)), Of("math_sign_uint", false, [@uint], @uint, (ulong u) => u == 0 ? 0UL : 1UL),
            Of("math_sign_double", false, [@double], @double, (double d) => double.IsNaN(d) ? d : Math.Sign(d)));
        builder.Function("math.isNaN", Of("math_isNaN", false, [@double], CelType.Bool, (double d) => double.IsNaN(d)));
        builder.Function("math.isInf", Of("math_isInf", false, [@double], CelType.Bool, (double d) => double.IsInfinity(d)));
        builder.Function("math.isFinite", Of("math_isFinite", false, [@double], CelType.Bool, (double d) => double.IsFinite(d)));
        AddBits(builder);
    }

    private static void AddBits(CelEnvironmentBuilder builder)
    {
        CelType @int = CelType.Int, @uint = CelType.UInt;
        (string Name, Func<Expression, Expression, Expression> Emit)[] both = [("bitAnd", Expression.And), ("bitOr", Expression.Or), ("bitXor", Expression.ExclusiveOr)];
        foreach (var (name, emit) in both)
        {
            builder.Function($"math.{name}",
                Global($"math_{name}_int", [@int, @int], @int, (x, _) => emit(x[0], x[1])), Global($"math_{name}_uint", [@uint, @uint], @uint, (x, _) => emit(x[0], x[1])));
        }
        builder.Function("math.bitNot", Of("math_bitNot_int", false, [@int], @int, (long i) => ~i), Of("math_bitNot_uint", false, [@uint], @uint, (ulong u) => ~u));
        builder.Function("math.bitShiftLeft",
            Of("math_bitShiftLeft_int", false, [@int, @int], @int, ShiftLeft), Of("math_bitShiftLeft_uint", false, [@uint, @int], @uint, ShiftLeftUnsigned));
        builder.Function("math.bitShiftRight",
            Of("math_bitShiftRight_int", false, [@int, @int], @int, ShiftRight), Of("math_bitShiftRight_uint", false, [@uint, @int], @uint, ShiftRightUnsigned));
    }

    private static void AddExtreme(CelEnvironmentBuilder builder, string name, int sign, string plain)
    {
        CelType[] numbers = [CelType.Int, CelType.UInt, CelType.Double];
        foreach (var a in numbers)
        {
            builder.Function(name, Global($"{name}_{a}", [a], a, (x, _) => x[0]));
            builder.Function(name, Of($"{name}_list_{a}", false, [CelType.List(a)], a, (CelList list, ref CelError? error) => Extreme(list, sign, ref error)));
            foreach (var b in numbers)
            {
                builder.Function(name, a == b
                    ? Global($"{name}_{a}_{b}", [a, b], a, (x, _) => Expression.Call(typeof(Math).GetMethod(plain, [a.Clr, b.Clr])!, x[0], x[1]))
                    : Global($"{name}_{a}_{b}", [a, b], CelType.Dyn, Boxed(sign)));
            }
        }
    }

    // Of two numbers that are equal the first is answered.
    private static object? Larger(object? a, object? b, int sign) => CelEquality.CompareNumbers(b!, a!) * sign > 0 ? b : a;

    private static CelEmit Boxed(int sign) => (x, _) => Expression.Call(
        new Func<object?, object?, int, object?>(Larger).Method, Expression.Convert(x[0], typeof(object)), Expression.Convert(x[1], typeof(object)), Expression.Constant(sign));

    private static object? Extreme(CelList list, int sign, ref CelError? error)
    {
        object? best = null;
        foreach (var item in list.Items)
        {
            if (item is not (long or ulong or double))
            {
                error = CelError.NoSuchOverload;
                return null;
            }
            best = best is null ? item : Larger(best, item, sign);
        }
        if (best is null) error = CelError.NoSuchOverload;
        return best;
    }

    private static long Magnitude(long value, ref CelError? error)
    {
        if (value != long.MinValue) return Math.Abs(value);
        error = CelError.IntOverflow;
        return 0;
    }

    // A shift by a negative count is an error; by 64 or more nothing is left. Signed values shift in zeros from the left.
    private static bool IsShift(long count, ref CelError? error)
    {
        if (count < 0) error = CelError.Range;
        return count is >= 0 and < 64;
    }

    private static long ShiftLeft(long value, long count, ref CelError? error) => IsShift(count, ref error) ? value << (int)count : 0;

    private static ulong ShiftLeftUnsigned(ulong value, long count, ref CelError? error) => IsShift(count, ref error) ? value << (int)count : 0;

    private static long ShiftRight(long value, long count, ref CelError? error) => IsShift(count, ref error) ? value >>> (int)count : 0;

    private static ulong ShiftRightUnsigned(ulong value, long count, ref CelError? error) => IsShift(count, ref error) ? value >> (int)count : 0;
}
