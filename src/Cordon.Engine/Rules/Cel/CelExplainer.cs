using System.Collections.Immutable;

namespace Cordon.Engine.Rules.Cel;

/// <summary>Evaluates a tree node by node and keeps what it saw. Slow, allocating, and of the same answers as compiled code.</summary>
internal sealed class CelExplainer
{
    private readonly CelLookup variables;
    private readonly ImmutableDictionary<int, CelOutcome>.Builder seen = ImmutableDictionary.CreateBuilder<int, CelOutcome>();
    private ImmutableDictionary<string, CelOutcome> locals = ImmutableDictionary<string, CelOutcome>.Empty;

    private CelExplainer(CelLookup variables) => this.variables = variables;

    /// <summary>Evaluates an expression. Host-only calls and fields have been rewritten; a variable without a value is an error of the evaluation.</summary>
    public static CelExplanation Explain(CelChecked expression, CelLookup variables)
    {
        var explainer = new CelExplainer(variables);
        var result = explainer.Value(expression.Root);
        return new CelExplanation(result, explainer.seen.ToImmutable());
    }

    private CelOutcome Value(CelNode node)
    {
        CelError? error = null;
        var value = Evaluate(node, ref error);
        var outcome = error is null ? new CelOutcome(value, null) : new CelOutcome(null, error);
        seen[node.Id] = outcome;
        return outcome;
    }

    // The value of a child, or null with the error set.
    private object? Take(CelNode node, ref CelError? error)
    {
        if (error is not null) return null;
        var outcome = Value(node);
        error = outcome.Error;
        return outcome.Value;
    }

    private object?[] Take(ImmutableArray<CelNode> nodes, ref CelError? error)
    {
        var values = new object?[nodes.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Take(nodes[i], ref error);
        return values;
    }

    private object? Evaluate(CelNode node, ref CelError? error)
    {
        switch (node)
        {
            case CelConstant constant: return constant.Value;
            case CelVariable variable: return Variable(variable, ref error);
            case CelSelect select: return Select(select, Take(select.Operand, ref error), ref error);
            case CelPresence presence: return Presence(presence, Take(presence.Operand, ref error), ref error);
            case CelCall call: return Call(call, Take(call.Arguments, ref error), ref error);
            case CelLogic logic: return Logic(logic, ref error);
            case CelConditional c:
                var condition = Truth(c.Condition, ref error);
                return error is null ? Narrow(Take(condition ? c.Then : c.Else, ref error), c.Type, ref error) : null;
            case CelListLiteral list:
                var elements = Take(list.Elements, ref error);
                return error is null ? CelRuntime.MakeList(elements, [.. list.Optional], ref error) : null;
            case CelMapLiteral map:
                var parts = Take(map.Parts, ref error);
                return error is null ? CelRuntime.MakeMap(parts, [.. map.Optional], ref error) : null;
            case CelMessageLiteral message:
                var values = Take(message.Values, ref error);
                return error is null ? CelMessages.Make(message.Name, [.. message.Fields], values, [.. message.Optional], ref error) : null;
            case CelLoop loop: return new CelLoopWalk(this, loop).Run(Take(loop.Range, ref error), ref error);
            case CelBinding binding: return Binding(binding, ref error);
            default:
                error = ((CelFailure)node).Error;
                return null;
        }
    }

    private object? Variable(CelVariable variable, ref CelError? error)
    {
        if (variable.IsLocal)
        {
            var local = locals[variable.Name];
            error = local.Error;
            return local.Value;
        }
        if (variables(variable.Name, out var value)) return value;
        error = new CelError($"undeclared reference to '{variable.Name}'");
        return null;
    }

    // Compiled code holds a value in its type's CLR type, where a null that checking let pass has no place.
    private static object? Narrow(object? value, CelType type, ref CelError? error)
    {
        if (error is null && value is null && CelFailing.IsNullable(type)) error = CelError.NoSuchOverload;
        return value;
    }

    private static object? Select(CelSelect select, object? operand, ref CelError? error)
    {
        if (error is not null) return null;
        if (select.Declared is not { } field)
        {
            var value = select.IsOptional ? CelRuntime.SelectOptional(operand, select.Field, ref error) : CelRuntime.Select(operand, select.Field, ref error);
            return Narrow(value, select.Type, ref error);
        }
        if (!select.IsOptional) return field.Read(operand);
        return field.Presence is null || field.Has(operand) is true ? CelOptional.Of(field.Read(operand)) : CelOptional.None;
    }

    private static object? Presence(CelPresence presence, object? operand, ref CelError? error)
    {
        if (error is not null) return null;
        return presence.Declared is { } field ? field.Has(operand) : CelRuntime.Has(operand, presence.Field, ref error);
    }

    private static object? Call(CelCall call, object?[] arguments, ref CelError? error)
    {
        if (error is not null) return null;
        if (CelFailing.IsEquality(call)) return CelEquality.AreEqual(arguments[0], arguments[1]) == (call.Overloads[0].Id == "equals");
        if (!CelFailing.IsDirect(call)) return CelRuntime.Open(call.Callee!.Invoke(call.IsMember, arguments), ref error);
        var overload = call.Overloads[0];
        for (var i = 0; i < arguments.Length; i++)
            if (!CelRuntime.Is(arguments[i], overload.Parameters[i])) error = CelError.NoSuchOverload;
        if (error is not null) return null;
        var answer = CelRuntime.Open(overload.Invoke(arguments), ref error);
        return overload.Result.Kind == CelKind.Parameter ? Narrow(answer, call.Type, ref error) : answer;
    }

    internal bool Truth(CelNode node, ref CelError? error)
    {
        var value = Take(node, ref error);
        return error is null && CelRuntime.As<bool>(value, ref error);
    }

    private bool Logic(CelLogic logic, ref CelError? error)
    {
        var settling = !logic.IsAnd;
        CelError? first = null;
        var left = Truth(logic.Left, ref first);
        if (first is null && left == settling) return settling;
        CelError? second = null;
        var right = Truth(logic.Right, ref second);
        if (second is null && right == settling) return settling;
        error = first ?? second;
        return !settling;
    }

    private object? Binding(CelBinding binding, ref CelError? error)
    {
        var outer = locals;
        locals = locals.SetItem(binding.Name, Value(binding.Value));
        var result = Take(binding.Body, ref error);
        locals = outer;
        return result;
    }

    /// <summary>Evaluates a node with the variables of a comprehension's turn.</summary>
    internal CelOutcome Within(CelLoop loop, object? first, object? second, CelNode node)
    {
        var outer = locals;
        locals = locals.SetItem(loop.First, new CelOutcome(first, null));
        if (loop.Second is not null) locals = locals.SetItem(loop.Second, new CelOutcome(second, null));
        var outcome = Value(node);
        locals = outer;
        return outcome;
    }
}
