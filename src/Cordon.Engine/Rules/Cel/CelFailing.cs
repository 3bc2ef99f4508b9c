using System.Collections.Immutable;

namespace Cordon.Engine.Rules.Cel;

/// <summary>
/// Tells which nodes can end in an error. Code for the others holds no error paths, so the usual condition runs straight through.
/// </summary>
internal sealed class CelFailing
{
    private readonly Dictionary<CelNode, bool> failing = new(ReferenceEqualityComparer.Instance);
    private readonly Func<string, bool> isBound;
    private ImmutableDictionary<string, bool> locals = ImmutableDictionary<string, bool>.Empty;

    /// <param name="root">The tree.</param>
    /// <param name="isBound">Whether a host variable has a value.</param>
    public CelFailing(CelNode root, Func<string, bool> isBound)
    {
        this.isBound = isBound;
        Mark(root);
    }

    public bool this[CelNode node] => failing[node];

    private bool Mark(CelNode node)
    {
        if (node is CelLoop loop) return failing[node] = MarkLoop(loop);
        if (node is CelBinding binding) return failing[node] = MarkBinding(binding);
        var below = false;
        foreach (var child in node.Children) below |= Mark(child);
        return failing[node] = Itself(node) || below;
    }

    private bool MarkLoop(CelLoop loop)
    {
        var fails = Mark(loop.Range) || loop.Range.Type.Kind is not (CelKind.List or CelKind.Map);
        var outer = locals;
        locals = locals.SetItem(loop.First, false);
        if (loop.Second is not null) locals = locals.SetItem(loop.Second, false);
        if (loop.Filter is { } filter) fails |= Mark(filter) || filter.Type.Kind != CelKind.Bool;
        fails |= Mark(loop.Body);
        locals = outer;
        return loop.Loop switch
        {
            CelLoopKind.All or CelLoopKind.Exists or CelLoopKind.ExistsOne => fails || loop.Body.Type.Kind != CelKind.Bool || MayHoldNull(loop.Range.Type),
            CelLoopKind.List => fails || MayHoldNull(loop.Range.Type),
            _ => true,
        };
    }

    private bool MarkBinding(CelBinding binding)
    {
        var value = Mark(binding.Value);
        var outer = locals;
        locals = locals.SetItem(binding.Name, value);
        var body = Mark(binding.Body);
        locals = outer;
        return body;
    }

    private bool Itself(CelNode node) => node switch
    {
        CelConstant => false,
        CelVariable { IsLocal: true } local => locals[local.Name],
        CelVariable variable => !isBound(variable.Name),
        CelSelect select => select.Declared is null,
        CelPresence presence => presence.Declared is null && presence.Operand.Type.Kind != CelKind.Map,
        CelCall call => CallFails(call),
        CelLogic logic => logic.Left.Type.Kind != CelKind.Bool || logic.Right.Type.Kind != CelKind.Bool,
        CelConditional c => c.Condition.Type.Kind != CelKind.Bool || Narrows(c.Then, c.Type) || Narrows(c.Else, c.Type),
        CelListLiteral list => list.Optional.Any(o => o),
        CelMapLiteral map => !map.Parts.IsEmpty,
        _ => true,
    };

    private static bool CallFails(CelCall call)
    {
        if (IsEquality(call)) return false;
        if (!IsDirect(call) || call.Overloads[0].CanFail) return true;
        var overload = call.Overloads[0];
        if (overload.Result.Kind == CelKind.Parameter && call.Type.Clr != typeof(object) && IsNullable(call.Type)) return true;
        return call.Arguments.Zip(overload.Parameters).Any(pair => Narrows(pair.First, pair.Second));
    }

    /// <summary>Whether a call compares any two values, which always has an answer.</summary>
    public static bool IsEquality(CelCall call) => call.Overloads is [{ Id: "equals" or "not_equals" }];

    /// <summary>Whether one overload is known to be meant, so that no choice is left to evaluation.</summary>
    public static bool IsDirect(CelCall call) => call.Overloads.Length == 1
        && (!call.Arguments.Any(a => a.Type.Clr == typeof(object)) || !call.Callee!.Overloads.Any(o => o.IsRuntimeOnly));

    private static bool Narrows(CelNode node, CelType place) => node.Type.Clr != place.Clr && place.Clr != typeof(object);

    /// <summary>Whether null can stand where a value of the type is expected; see the checker's assignments.</summary>
    public static bool IsNullable(CelType type) => type.Kind is CelKind.Timestamp or CelKind.Duration or CelKind.Optional or CelKind.Opaque;

    private static bool MayHoldNull(CelType range) => range.Parameters.Any(IsNullable);
}
