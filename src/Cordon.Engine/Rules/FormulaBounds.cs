using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel;

namespace Cordon.Engine.Rules;

/// <summary>Between which bounds a node lies.</summary>
/// <param name="Low">The least; of a truth 0 where it can be false.</param>
/// <param name="High">The most; of a truth 1 where it can be true.</param>
internal readonly record struct NodeBounds(double Low, double High)
{
    public static readonly NodeBounds All = new(double.NegativeInfinity, double.PositiveInfinity);

    public static NodeBounds Truth(bool canBeFalse, bool canBeTrue) => new(canBeFalse ? 0 : 1, canBeTrue ? 1 : 0);

    public bool CanBeTrue => High == 1;

    public bool CanBeFalse => Low == 0;

    public NodeBounds Or(NodeBounds other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));
}

/// <summary>
/// Interval arithmetic over a checked expression. A name that stands twice is taken as two: bounds are never too narrow, and may be wider
/// than need be.
/// </summary>
/// <param name="values">The value of a name; null where it was not told.</param>
/// <param name="untold">Is told each name that was asked for in vain.</param>
internal sealed class FormulaBounds(Func<string, FormulaValue?> values, Action<string> untold)
{
    private ImmutableDictionary<string, NodeBounds> locals = ImmutableDictionary<string, NodeBounds>.Empty;

    /// <summary>Whether the bounds of a node can be told from those of its children.</summary>
    public static bool Knows(CelNode node) => node switch
    {
        CelConstant { Value: double or long or bool } => true,
        CelVariable or CelLogic or CelConditional or CelBinding => true,
        // Whole numbers have another division, and overflow.
        CelCall { Function: "_+_" or "_-_" or "_*_" or "_/_" or "-_" or "math.abs" or "math.least" or "math.greatest" } call => call.Type.Kind == CelKind.Double,
        CelCall { Function: "double", Arguments: [var one] } => one.Type.Kind is CelKind.Double or CelKind.Int,
        CelCall call => call.Function is "!_" or "_<_" or "_<=_" or "_>_" or "_>=_" or "_==_" or "_!=_",
        // What math.least(a, b, c) is written with.
        CelListLiteral => true,
        _ => false,
    };

    public NodeBounds Of(CelNode node)
    {
        switch (node)
        {
            case CelConstant constant: return Of(constant.Value);
            case CelVariable { IsLocal: true } local: return locals[local.Name];
            case CelVariable variable: return Of(variable.Name);
            case CelLogic logic:
                var left = Of(logic.Left);
                // What is decided asks no further.
                if (logic.IsAnd ? !left.CanBeTrue : !left.CanBeFalse) return left;
                var right = Of(logic.Right);
                return logic.IsAnd ? new NodeBounds(Math.Min(left.Low, right.Low), Math.Min(left.High, right.High)) : new NodeBounds(Math.Max(left.Low, right.Low), Math.Max(left.High, right.High));
            case CelConditional choice:
                var condition = Of(choice.Condition);
                if (!condition.CanBeFalse) return Of(choice.Then);
                return condition.CanBeTrue ? Of(choice.Then).Or(Of(choice.Else)) : Of(choice.Else);
            case CelBinding binding:
                var outer = locals;
                locals = locals.SetItem(binding.Name, Of(binding.Value));
                var body = Of(binding.Body);
                locals = outer;
                return body;
            case CelCall call: return Call(call);
            default: return NodeBounds.All;
        }
    }

    private static NodeBounds Of(object? constant)
    {
        var value = constant switch
        {
            bool truth => truth ? 1 : 0,
            long whole => whole,
            _ => (double)constant!,
        };
        return new NodeBounds(value, value);
    }

    private NodeBounds Of(string name)
    {
        if (values(name) is { } value) return new NodeBounds(value.Low, value.High);
        untold(name);
        return NodeBounds.All;
    }

    private NodeBounds Call(CelCall call)
    {
        var x = (call.Arguments is [CelListLiteral list] ? list.Elements : call.Arguments).Select(Of).ToArray();
        switch (call.Function)
        {
            case "double": return x[0];
            case "-_": return new NodeBounds(-x[0].High, -x[0].Low);
            case "!_": return new NodeBounds(1 - x[0].High, 1 - x[0].Low);
            case "_+_": return new NodeBounds(x[0].Low + x[1].Low, x[0].High + x[1].High);
            case "_-_": return new NodeBounds(x[0].Low - x[1].High, x[0].High - x[1].Low);
            case "_*_": return Corners(x[0], x[1], static (a, b) => a * b);
            case "_/_": return x[1].Low <= 0 && x[1].High >= 0 ? NodeBounds.All : Corners(x[0], x[1], static (a, b) => a / b);
            case "math.least": return x.Aggregate((a, b) => new NodeBounds(Math.Min(a.Low, b.Low), Math.Min(a.High, b.High)));
            case "math.greatest": return x.Aggregate((a, b) => new NodeBounds(Math.Max(a.Low, b.Low), Math.Max(a.High, b.High)));
            case "math.abs": return x[0].Low >= 0 ? x[0] : x[0].High <= 0 ? new NodeBounds(-x[0].High, -x[0].Low) : new NodeBounds(0, Math.Max(-x[0].Low, x[0].High));
            case "_<_": return NodeBounds.Truth(x[0].High >= x[1].Low, x[0].Low < x[1].High);
            case "_<=_": return NodeBounds.Truth(x[0].High > x[1].Low, x[0].Low <= x[1].High);
            case "_>_": return NodeBounds.Truth(x[0].Low <= x[1].High, x[0].High > x[1].Low);
            case "_>=_": return NodeBounds.Truth(x[0].Low < x[1].High, x[0].High >= x[1].Low);
            case "_==_": return Same(x[0], x[1]);
            case "_!=_": return new NodeBounds(1 - Same(x[0], x[1]).High, 1 - Same(x[0], x[1]).Low);
            default: return NodeBounds.All;
        }
    }

    private static NodeBounds Same(NodeBounds a, NodeBounds b) =>
        NodeBounds.Truth(!(a.Low == a.High && b.Low == b.High && a.Low == b.Low), a.Low <= b.High && b.Low <= a.High);

    private static NodeBounds Corners(NodeBounds a, NodeBounds b, Func<double, double, double> of)
    {
        double[] corners = [of(a.Low, b.Low), of(a.Low, b.High), of(a.High, b.Low), of(a.High, b.High)];
        return corners.Any(double.IsNaN) ? NodeBounds.All : new NodeBounds(corners.Min(), corners.Max());
    }
}
