using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;

namespace Cordon.Engine.Rules.Cel;

/// <summary>
/// Makes the code of nodes. A node that fails sets the error variable and jumps to the label its reader gave; a node that cannot
/// fail holds no jump. The value's CLR type is that of the node's type.
/// </summary>
internal sealed partial class CelEmitter(ParameterExpression error, CelFailing failing, Func<string, Expression?> variables)
{
    private static readonly Expression NoError = Expression.Constant(null, typeof(CelError));

    private ImmutableDictionary<string, (ParameterExpression Value, ParameterExpression? Error)> locals =
        ImmutableDictionary<string, (ParameterExpression Value, ParameterExpression? Error)>.Empty;

    public Expression Emit(CelNode node, LabelTarget failed) => node switch
    {
        CelConstant constant => Constant(constant),
        CelVariable variable => Variable(variable, failed),
        CelSelect select => Select(select, failed),
        CelPresence presence => Presence(presence, failed),
        CelCall call => Call(call, failed),
        CelLogic logic => Logic(logic, failed),
        CelConditional conditional => Expression.Condition(
            To(conditional.Condition, typeof(bool), failed), To(conditional.Then, conditional.Type.Clr, failed), To(conditional.Else, conditional.Type.Clr, failed)),
        CelListLiteral list => List(list, failed),
        CelMapLiteral map => Checked(Runtime(nameof(CelRuntime.MakeMap), Boxes(map.Parts, failed), Expression.Constant(map.Optional.ToArray()), error), failed),
        CelMessageLiteral message => Convert(Checked(Expression.Call(
            typeof(CelMessages).GetMethod(nameof(CelMessages.Make), BindingFlags.Public | BindingFlags.Static)!,
            Expression.Constant(message.Name), Expression.Constant(message.Fields.ToArray()), Boxes(message.Values, failed), Expression.Constant(message.Optional.ToArray()), error), failed), message.Type.Clr, failed),
        CelLoop loop => Loop(loop, failed),
        CelBinding binding => Binding(binding, failed),
        CelFailure failure => Failure(failure.Error, node.Type.Clr, failed),
        _ => throw new InvalidOperationException($"No code for {node.GetType().Name}."),
    };

    private static MethodCallExpression Runtime(string method, params Expression[] arguments) =>
        Expression.Call(typeof(CelRuntime).GetMethods().First(m => m.Name == method && m.GetParameters().Length == arguments.Length), arguments);

    private static Expression Constant(CelConstant constant)
    {
        // A struct that is not a primitive would be boxed anew at each reading of a closure: it is built from its parts.
        return constant.Value switch
        {
            CelTimestamp at => Expression.New(typeof(CelTimestamp).GetConstructor([typeof(long), typeof(int)])!, Expression.Constant(at.Seconds), Expression.Constant(at.Nanos)),
            CelDuration span => Expression.New(typeof(CelDuration).GetConstructor([typeof(long)])!, Expression.Constant(span.Nanos)),
            _ => Expression.Constant(constant.Value, constant.Type.Clr),
        };
    }

    private BlockExpression Failure(CelError what, Type type, LabelTarget failed) =>
        Expression.Block(Expression.Assign(error, Expression.Constant(what)), Expression.Goto(failed), Expression.Default(type));

    // Evaluates what may set the error, and leaves where it did.
    private BlockExpression Checked(Expression code, LabelTarget failed)
    {
        var value = Expression.Variable(code.Type);
        return Expression.Block([value], Expression.Assign(value, code), Expression.IfThen(HasError(error), Expression.Goto(failed)), value);
    }

    private static BinaryExpression HasError(ParameterExpression variable) => Expression.ReferenceNotEqual(variable, NoError);

    private Expression To(CelNode node, Type type, LabelTarget failed) => Convert(Emit(node, failed), type, failed);

    private Expression Convert(Expression code, Type type, LabelTarget failed)
    {
        if (code.Type == type) return code;
        if (code.Type != typeof(object)) code = Expression.Convert(code, typeof(object));
        return type == typeof(object)
            ? code
            : Checked(Expression.Call(typeof(CelRuntime).GetMethod(nameof(CelRuntime.As))!.MakeGenericMethod(type), code, error), failed);
    }

    // An element or answer whose type checking has settled: it needs a look only where null may stand in its place.
    private Expression Settled(Expression code, CelType type, LabelTarget failed) =>
        code.Type != typeof(object) || CelFailing.IsNullable(type) ? Convert(code, type.Clr, failed)
        : type.Clr == typeof(object) ? code : Expression.Convert(code, type.Clr);

    private NewArrayExpression Boxes(IEnumerable<CelNode> nodes, LabelTarget failed) =>
        Expression.NewArrayInit(typeof(object), nodes.Select(n => To(n, typeof(object), failed)));

    private Expression Variable(CelVariable variable, LabelTarget failed)
    {
        if (variable.IsLocal)
        {
            var (value, itsError) = locals[variable.Name];
            return itsError is null
                ? value
                : Expression.Block(Expression.IfThen(HasError(itsError), Expression.Block(Expression.Assign(error, itsError), Expression.Goto(failed))), value);
        }
        return variables(variable.Name) is { } code
            ? code.Type == variable.Type.Clr || variable.Type.Clr != typeof(object) ? code : Expression.Convert(code, typeof(object))
            : Failure(new CelError($"undeclared reference to '{variable.Name}'"), variable.Type.Clr, failed);
    }

    private Expression Select(CelSelect select, LabelTarget failed)
    {
        if (select.Declared is not { } field)
        {
            var method = select.IsOptional ? nameof(CelRuntime.SelectOptional) : nameof(CelRuntime.Select);
            return Settled(Checked(Runtime(method, To(select.Operand, typeof(object), failed), Expression.Constant(select.Field), error), failed), select.Type, failed);
        }
        var emit = field.Emit ?? throw new InvalidOperationException($"The field {field.Owner}.{field.Name} is host-only: it is rewritten before compiling.");
        if (!select.IsOptional) return emit(Emit(select.Operand, failed));
        var owner = Expression.Variable(field.Owner.Clr);
        var some = Expression.Call(typeof(CelOptional), nameof(CelOptional.Of), null, Expression.Convert(emit(owner), typeof(object)));
        Expression value = field.Presence is null ? some : Expression.Condition(field.Presence(owner), some, Expression.Constant(CelOptional.None));
        return Expression.Block([owner], Expression.Assign(owner, Emit(select.Operand, failed)), value);
    }

    private Expression Presence(CelPresence presence, LabelTarget failed)
    {
        if (presence.Declared is { Presence: { } emit }) return emit(Emit(presence.Operand, failed));
        var code = Runtime(nameof(CelRuntime.Has), To(presence.Operand, typeof(object), failed), Expression.Constant(presence.Field), error);
        return failing[presence] ? Checked(code, failed) : code;
    }

    private Expression List(CelListLiteral list, LabelTarget failed)
    {
        // A list of constants is made once.
        if (ConstantElements(list) is { } elements) return Expression.Constant(elements);
        return list.Optional.Any(o => o)
            ? Checked(Runtime(nameof(CelRuntime.MakeList), Boxes(list.Elements, failed), Expression.Constant(list.Optional.ToArray()), error), failed)
            : Runtime(nameof(CelRuntime.MakeList), Boxes(list.Elements, failed));
    }

    private static CelList? ConstantElements(CelListLiteral list) =>
        !list.Optional.Any(o => o) && list.Elements.All(e => e is CelConstant) ? CelList.Of(list.Elements.Select(e => ((CelConstant)e).Value)) : null;

    private BlockExpression Binding(CelBinding binding, LabelTarget failed)
    {
        var value = Expression.Variable(binding.Value.Type.Clr, binding.Name);
        var outer = locals;
        if (!failing[binding.Value])
        {
            var code = Emit(binding.Value, failed);
            locals = locals.SetItem(binding.Name, (value, null));
            var plain = Expression.Block([value], Expression.Assign(value, code), Emit(binding.Body, failed));
            locals = outer;
            return plain;
        }
        var itsError = Expression.Variable(typeof(CelError));
        var valueFailed = Expression.Label();
        var assign = Expression.Assign(value, Emit(binding.Value, valueFailed));
        locals = locals.SetItem(binding.Name, (value, itsError));
        var body = Emit(binding.Body, failed);
        locals = outer;
        return Expression.Block(
            [value, itsError], assign, Expression.Label(valueFailed), Expression.Assign(itsError, error), Expression.Assign(error, NoError), body);
    }

    private Expression Logic(CelLogic logic, LabelTarget failed)
    {
        if (!failing[logic.Left] && logic.Left.Type.Kind == CelKind.Bool)
        {
            var (left, right) = (Emit(logic.Left, failed), To(logic.Right, typeof(bool), failed));
            return logic.IsAnd ? Expression.AndAlso(left, right) : Expression.OrElse(left, right);
        }
        var (first, second, result) = (Expression.Variable(typeof(bool)), Expression.Variable(typeof(bool)), Expression.Variable(typeof(bool)));
        var firstError = Expression.Variable(typeof(CelError));
        var (firstDone, secondDone, done) = (Expression.Label(), Expression.Label(), Expression.Label());
        // The value that settles the answer whatever the other operand is.
        Expression Settles(Expression value) => logic.IsAnd ? Expression.Not(value) : value;
        return Expression.Block(
            [first, second, result, firstError],
            Expression.Assign(first, To(logic.Left, typeof(bool), firstDone)),
            Expression.Label(firstDone),
            Expression.Assign(result, Expression.Constant(!logic.IsAnd)),
            Expression.IfThen(Expression.AndAlso(Expression.Not(HasError(error)), Settles(first)), Expression.Goto(done)),
            Expression.Assign(firstError, error),
            Expression.Assign(error, NoError),
            Expression.Assign(second, To(logic.Right, typeof(bool), secondDone)),
            Expression.Label(secondDone),
            Expression.IfThen(Expression.AndAlso(Expression.Not(HasError(error)), Settles(second)), Expression.Goto(done)),
            Expression.IfThen(HasError(firstError), Expression.Assign(error, firstError)),
            Expression.IfThen(HasError(error), Expression.Goto(failed)),
            Expression.Assign(result, Expression.Constant(logic.IsAnd)),
            Expression.Label(done),
            result);
    }
}
