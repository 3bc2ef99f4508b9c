using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel.Library;

namespace Cordon.Engine.Rules.Cel;

/// <summary>
/// What an evaluation costs at the very most, in steps; infinite where sizes multiply beyond counting.
/// Both sides of every choice count, every comprehension runs to its end, and every text is as long as it can be.
/// </summary>
internal sealed class CelCost
{
    private readonly CelSizes sizes;
    private double cost;

    // How many times what is looked at now is evaluated.
    private double times = 1;
    private ImmutableDictionary<string, CelShape> locals = ImmutableDictionary<string, CelShape>.Empty;

    private CelCost(CelSizes sizes) => this.sizes = sizes;

    /// <summary>The most steps an evaluation takes, by the sizes a host promises of its variables.</summary>
    public static double Estimate(CelChecked expression, CelSizes sizes)
    {
        var estimate = new CelCost(sizes);
        estimate.Shape(expression.Root);
        return double.IsNaN(estimate.cost) ? double.PositiveInfinity : estimate.cost;
    }

    private void Spend(double steps) => cost += times * steps;

    private CelShape Shape(CelNode node)
    {
        Spend(1);
        switch (node)
        {
            case CelConstant constant: return Of(constant.Value);
            case CelVariable { IsLocal: true } local: return locals[local.Name];
            case CelSelect select:
                var owner = Shape(select.Operand);
                return select.Declared is null && owner.Element is { } value ? select.IsOptional ? new CelShape(1, value) : value : Promised(select.Type);
            case CelCall call: return Call(call);
            case CelListLiteral list: return list.Elements.Aggregate(new CelShape(list.Elements.Length), (s, e) => s with { Element = Joined(s.Element, Shape(e)) });
            case CelMapLiteral map: return Map(map);
            case CelConditional c:
                Shape(c.Condition);
                return CelShape.Larger(Shape(c.Then), Shape(c.Else));
            case CelLoop loop: return Loop(loop);
            case CelBinding binding: return Within(binding.Name, Shape(binding.Value), () => Shape(binding.Body));
            case CelMessageLiteral message: return message.Values.Aggregate(CelShape.Scalar, (s, v) => CelShape.Larger(s, Shape(v)));
        }
        foreach (var child in node.Children) Shape(child);
        return Promised(node.Type);
    }

    private CelShape Map(CelMapLiteral map)
    {
        var shape = new CelShape(map.Optional.Length);
        for (var i = 0; i < map.Parts.Length; i += 2)
            shape = shape with { Key = Joined(shape.Key, Shape(map.Parts[i])), Element = Joined(shape.Element, Shape(map.Parts[i + 1])) };
        Spend(shape.Count);
        return shape;
    }

    private CelShape Call(CelCall call)
    {
        var arguments = call.Arguments.Select(Shape).ToList();
        var overloads = call.Overloads.IsEmpty
            ? call.Callee?.Overloads.Where(o => o.IsMember == call.IsMember && o.Parameters.Length == arguments.Count) ?? []
            : call.Overloads.AsEnumerable();
        var (most, result) = (0d, (CelShape?)null);
        foreach (var overload in overloads)
        {
            var one = overload.Costing is { } costing ? costing(arguments) : new CelCallCost(1 + arguments.Sum(a => a.Weight * CelCosts.Characters), Plain(arguments, overload.Result));
            most = Math.Max(most, one.Cost);
            result = Joined(result, one.Result);
        }
        Spend(most);
        return result ?? Promised(call.Type);
    }

    private CelShape Plain(List<CelShape> arguments, CelType result) => result.Kind switch
    {
        // Text made of texts is as long as these together; made of numbers, as a number is.
        CelKind.String or CelKind.Bytes when arguments.Any(a => a.Count > 0) => new CelShape(arguments.Sum(a => a.Count) + 64),
        CelKind.Dyn or CelKind.Parameter => arguments.Aggregate(Promised(result), CelShape.Larger),
        _ => Promised(result),
    };

    private CelShape Loop(CelLoop loop)
    {
        var range = Shape(loop.Range);
        var outer = times;
        times *= range.Count;
        var isList = loop.Range.Type.Kind == CelKind.List;
        var element = range.Element ?? CelShape.Scalar;
        var key = isList ? CelShape.Scalar : range.Key ?? range.Element ?? CelShape.Scalar;
        var first = isList && loop.Second is null ? element : loop.Range.Type.Kind == CelKind.Map ? key : CelShape.Larger(element, key);
        var body = Within(loop.First, first, () => Within(loop.Second ?? "", element, () =>
        {
            if (loop.Filter is not null) Shape(loop.Filter);
            return Shape(loop.Body);
        }));
        times = outer;
        return loop.Loop switch
        {
            CelLoopKind.List => new CelShape(range.Count, body),
            CelLoopKind.Map => new CelShape(range.Count, body, key),
            CelLoopKind.Entries => new CelShape(range.Count * body.Count, body.Element, body.Key),
            _ => CelShape.Scalar,
        };
    }

    private CelShape Within(string name, CelShape shape, Func<CelShape> body)
    {
        var outer = locals;
        locals = locals.SetItem(name, shape);
        var result = body();
        locals = outer;
        return result;
    }

    private static CelShape Joined(CelShape? a, CelShape b) => a is null ? b : CelShape.Larger(a, b);

    // A value of the host, of which only the type is known. What is dyn may be anything: a list of texts stands for it.
    private CelShape Promised(CelType type) => type.Kind switch
    {
        CelKind.String or CelKind.Bytes => new CelShape(sizes.TextLength),
        CelKind.List => new CelShape(sizes.ListLength, Promised(type.Parameters[0])),
        CelKind.Optional => new CelShape(1, Promised(type.Parameters[0])),
        CelKind.Map => new CelShape(sizes.ListLength, Promised(type.Parameters[1]), Promised(type.Parameters[0])),
        CelKind.Dyn or CelKind.Parameter => new CelShape(sizes.ListLength, new CelShape(sizes.TextLength), new CelShape(sizes.TextLength)),
        CelKind.Wrapper => Promised(type.Parameters[0]),
        _ => CelShape.Scalar,
    };

    private static CelShape Of(object? value) => value switch
    {
        string text => new CelShape(text.Length),
        CelBytes bytes => new CelShape(bytes.Content.Length),
        _ => CelShape.Scalar,
    };
}
