using System.Linq.Expressions;

namespace Cordon.Engine.Rules.Cel;

internal sealed partial class CelEmitter
{
    // As many comparisons in a row are as fast as a look-up in a set.
    private const int FewElements = 8;

    private Expression Call(CelCall call, LabelTarget failed)
    {
        if (CelFailing.IsEquality(call)) return Equality(call, failed);
        if (call.Overloads is [{ Id: "in_list" }] && Membership(call, failed) is { } member) return member;
        return CelFailing.IsDirect(call) ? Direct(call, call.Overloads[0], failed) : Dispatch(call, failed);
    }

    private Expression Direct(CelCall call, CelOverload overload, LabelTarget failed)
    {
        var emit = overload.Emit ?? throw new InvalidOperationException($"The function {call.Function} is host-only: its calls are rewritten before compiling.");
        var arguments = call.Arguments.Zip(overload.Parameters).Select(pair => To(pair.First, pair.Second.Clr, failed)).ToList();
        var code = emit(arguments, error);
        if (overload.CanFail) code = Checked(code, failed);
        return Settled(code, call.Type, failed);
    }

    private Expression Dispatch(CelCall call, LabelTarget failed)
    {
        if (call.Overloads.Any(o => o.Emit is null)) throw new InvalidOperationException($"The function {call.Function} is host-only: its calls are rewritten before compiling.");
        var answer = Expression.Call(
            Expression.Constant(call.Callee!), nameof(CelFunction.Invoke), null, Expression.Constant(call.IsMember), Boxes(call.Arguments, failed));
        return Convert(Checked(Runtime(nameof(CelRuntime.Open), answer, error), failed), call.Type.Clr, failed);
    }

    private Expression Equality(CelCall call, LabelTarget failed)
    {
        var isNegated = call.Overloads[0].Id == "not_equals";
        var (left, right) = (call.Arguments[0], call.Arguments[1]);
        var code = left.Type.Clr == right.Type.Clr && IsPlain(left.Type)
            ? SameTyped(Emit(left, failed), Emit(right, failed))
            : Expression.Call(typeof(CelEquality).GetMethod(nameof(CelEquality.AreEqual), [typeof(object), typeof(object)])!, To(left, typeof(object), failed), To(right, typeof(object), failed));
        return isNegated ? Expression.Not(code) : code;
    }

    // Whether equality is that of the CLR type.
    private static bool IsPlain(CelType type) => type.Kind is CelKind.Bool or CelKind.Int or CelKind.UInt or CelKind.Double or CelKind.String
        or CelKind.Bytes or CelKind.Timestamp or CelKind.Duration or CelKind.Opaque;

    private static Expression SameTyped(Expression left, Expression right)
    {
        var type = left.Type;
        if (type == typeof(string)) return Expression.Call(typeof(string).GetMethod(nameof(string.Equals), [typeof(string), typeof(string)])!, left, right);
        if (type.IsPrimitive || type.IsEnum || type.GetMethod("op_Equality", [type, type]) is not null) return Expression.Equal(left, right);
        var comparer = typeof(EqualityComparer<>).MakeGenericType(type);
        return Expression.Call(Expression.Property(null, comparer.GetProperty("Default")!), comparer.GetMethod("Equals", [type, type])!, left, right);
    }

    // x in [constants]: compared one by one, or looked up in a set made once. Null where the general way is right.
    private Expression? Membership(CelCall call, LabelTarget failed)
    {
        var value = call.Arguments[0];
        if (call.Arguments[1] is not CelListLiteral list || ConstantElements(list) is null) return null;
        if (!IsPlain(value.Type) || list.Elements.Any(e => e.Type.Clr != value.Type.Clr)) return null;
        if (list.Elements.IsEmpty) return null;
        if (list.Elements.Length > FewElements && value.Type.Kind is CelKind.Int or CelKind.UInt or CelKind.String)
        {
            var set = value.Type.Kind switch
            {
                CelKind.Int => (object)new HashSet<long>(list.Elements.Select(e => (long)((CelConstant)e).Value!)),
                CelKind.UInt => new HashSet<ulong>(list.Elements.Select(e => (ulong)((CelConstant)e).Value!)),
                _ => new HashSet<string>(list.Elements.Select(e => (string)((CelConstant)e).Value!), StringComparer.Ordinal),
            };
            return Expression.Call(Expression.Constant(set), nameof(HashSet<>.Contains), null, Emit(value, failed));
        }
        var held = Expression.Variable(value.Type.Clr);
        var any = list.Elements.Select(e => SameTyped(held, Constant((CelConstant)e))).Aggregate(Expression.OrElse);
        return Expression.Block([held], Expression.Assign(held, Emit(value, failed)), any);
    }
}
