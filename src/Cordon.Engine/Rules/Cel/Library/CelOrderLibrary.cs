using System.Linq.Expressions;
using static Cordon.Engine.Rules.Cel.CelOverload;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>The order of values. Numbers of all types stand on one line; text follows code points, bytes their values.</summary>
internal static class CelOrderLibrary
{
    // What a comparison of two values answers for the sign: how their order must stand to zero.
    private enum Order
    {
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
    }

    public static void Add(CelEnvironmentBuilder builder)
    {
        Add(builder, "_<_", Order.Less, Expression.LessThan);
        Add(builder, "_<=_", Order.LessOrEqual, Expression.LessThanOrEqual);
        Add(builder, "_>_", Order.Greater, Expression.GreaterThan);
        Add(builder, "_>=_", Order.GreaterOrEqual, Expression.GreaterThanOrEqual);
    }

    private static void Add(CelEnvironmentBuilder builder, string name, Order order, Func<Expression, Expression, Expression> compare)
    {
        CelType[] plain = [CelType.Int, CelType.UInt, CelType.Double, CelType.Timestamp, CelType.Duration];
        foreach (var type in plain)
            builder.Function(name, Global($"{name}{type}", [type, type], CelType.Bool, (x, _) => compare(x[0], x[1])));
        // These three have a comparing method; its answer is compared with zero.
        Compared(builder, name, CelType.Bool, CelType.Bool, compare, (bool a, bool b) => a.CompareTo(b));
        Compared(builder, name, CelType.String, CelType.String, compare, (string a, string b) => CelEquality.Compare(a, b));
        Compared(builder, name, CelType.Bytes, CelType.Bytes, compare, (CelBytes a, CelBytes b) => a.Span.SequenceCompareTo(b.Span));
        Mixed(builder, name, CelType.Int, CelType.UInt, (long a, ulong b) => Stands(CelEquality.Compare(a, b), order));
        Mixed(builder, name, CelType.UInt, CelType.Int, (ulong a, long b) => Stands(-CelEquality.Compare(b, a), order));
        Mixed(builder, name, CelType.Int, CelType.Double, (long a, double b) => Stands(CelEquality.Compare(a, b), order));
        Mixed(builder, name, CelType.Double, CelType.Int, (double a, long b) => Stands(-CelEquality.Compare(b, a), order));
        Mixed(builder, name, CelType.UInt, CelType.Double, (ulong a, double b) => Stands(CelEquality.Compare(a, b), order));
        Mixed(builder, name, CelType.Double, CelType.UInt, (double a, ulong b) => Stands(-CelEquality.Compare(b, a), order));
    }

    private static void Compared(CelEnvironmentBuilder builder, string name, CelType a, CelType b, Func<Expression, Expression, Expression> compare, Delegate method)
    {
        var order = Of("order", false, [a, b], CelType.Int, method).Emit!;
        builder.Function(name, Global($"{name}{a}", [a, b], CelType.Bool, (x, error) => compare(order(x, error), Expression.Constant(0))));
    }

    private static void Mixed(CelEnvironmentBuilder builder, string name, CelType a, CelType b, Delegate method) =>
        builder.Function(name, Of($"{name}{a}_{b}", false, [a, b], CelType.Bool, method));

    // Nothing stands in any order to a double that is not a number.
    private static bool Stands(int? order, Order asked) => asked switch
    {
        Order.Less => order < 0,
        Order.LessOrEqual => order <= 0,
        Order.Greater => order > 0,
        _ => order >= 0,
    };
}
