using System.Linq.Expressions;

namespace Cordon.Engine.Rules.Cel;

/// <summary>Makes callable by boxed values what is declared as code over typed ones.</summary>
internal static class CelBoxing
{
    public static Func<object?[], object?> Box(CelOverload overload) => Box(
        [.. overload.Parameters],
        overload.Emit ?? throw new InvalidOperationException($"{overload.Id} is host-only: its calls are rewritten before evaluation."));

    public static Func<object?[], object?> Box(CelType owner, Func<Expression, Expression>? emit, string name) => Box(
        [owner],
        emit is null ? throw new InvalidOperationException($"{name} is host-only: it is rewritten before evaluation.") : (arguments, _) => emit(arguments[0]));

    private static Func<object?[], object?> Box(CelType[] parameters, CelEmit emit)
    {
        var arguments = Expression.Parameter(typeof(object[]));
        var error = Expression.Variable(typeof(CelError));
        var value = Expression.Variable(typeof(object));
        var unboxed = parameters.Select((p, i) => (Expression)Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), p.Clr)).ToList();
        var body = Expression.Block(
            [error, value],
            Expression.Assign(value, Expression.Convert(emit(unboxed, error), typeof(object))),
            Expression.Condition(Expression.ReferenceEqual(error, Expression.Constant(null, typeof(CelError))), value, Expression.Convert(error, typeof(object))));
        return Expression.Lambda<Func<object?[], object?>>(body, arguments).Compile();
    }
}
