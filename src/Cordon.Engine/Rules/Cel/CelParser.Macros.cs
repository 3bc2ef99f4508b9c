using System.Collections.Immutable;
using System.Globalization;

namespace Cordon.Engine.Rules.Cel;

internal sealed partial class CelParser
{
    // Answers null where the call is not a macro.
    private CelNode? Expand(string name, CelNode? target, ImmutableArray<CelNode> arguments, CelPosition at)
    {
        if (target is null) return name is "has" or ".has" ? Has(arguments, at) : null;
        if (target is CelVariable { Name: "cel" }) return ExpandCel(name, arguments, at);
        if (target is CelVariable { Name: "math" } && name is "greatest" or "least") return ExpandExtreme(name, target, arguments, at);
        return (name, arguments.Length) switch
        {
            ("all", 2 or 3) => Predicate(CelLoopKind.All, target, arguments, at),
            ("exists", 2 or 3) => Predicate(CelLoopKind.Exists, target, arguments, at),
            ("exists_one" or "existsOne", 2 or 3) => Predicate(CelLoopKind.ExistsOne, target, arguments, at),
            ("filter", 2) => Loop(CelLoopKind.List, target, arguments[0], null, arguments[1], arguments[0], at),
            ("map", 2) => Loop(CelLoopKind.List, target, arguments[0], null, null, arguments[1], at),
            ("map", 3) => Loop(CelLoopKind.List, target, arguments[0], null, arguments[1], arguments[2], at),
            ("transformList", 3 or 4) => Transform(CelLoopKind.List, target, arguments, at),
            ("transformMap", 3 or 4) => Transform(CelLoopKind.Map, target, arguments, at),
            ("transformMapEntry", 3 or 4) => Transform(CelLoopKind.Entries, target, arguments, at),
            ("optMap", 2) => OptionalMap(target, arguments, isFlat: false, at),
            ("optFlatMap", 2) => OptionalMap(target, arguments, isFlat: true, at),
            _ => null,
        };
    }

    private CelNode Has(ImmutableArray<CelNode> arguments, CelPosition at) => arguments is [CelSelect { IsOptional: false } field]
        ? new CelPresence(NewId(), at, field.Operand, field.Field)
        : FaultAt(at, "has() takes one field selection, such as has(call.trunk).");

    private CelNode Predicate(CelLoopKind kind, CelNode range, ImmutableArray<CelNode> arguments, CelPosition at) => arguments.Length == 2
        ? Loop(kind, range, arguments[0], null, null, arguments[1], at)
        : Loop(kind, range, arguments[0], arguments[1], null, arguments[2], at);

    private CelNode Transform(CelLoopKind kind, CelNode range, ImmutableArray<CelNode> arguments, CelPosition at) => arguments.Length == 3
        ? Loop(kind, range, arguments[0], arguments[1], null, arguments[2], at)
        : Loop(kind, range, arguments[0], arguments[1], arguments[2], arguments[3], at);

    private CelNode Loop(CelLoopKind kind, CelNode range, CelNode first, CelNode? second, CelNode? filter, CelNode body, CelPosition at)
    {
        if (first is not CelVariable { IsRooted: false } one || second is not (null or CelVariable { IsRooted: false }))
            return FaultAt((first is CelVariable ? second ?? first : first).At, "A comprehension's variable is a simple name.");
        var two = second as CelVariable;
        return one.Name == two?.Name
            ? FaultAt(two.At, "A comprehension's two variables have different names.")
            : new CelLoop(NewId(), at, kind, one.Name, two?.Name, range, filter, body);
    }

    private CelNode? ExpandCel(string name, ImmutableArray<CelNode> arguments, CelPosition at)
    {
        switch (name, arguments)
        {
            case ("bind", [CelVariable { IsRooted: false } variable, var value, var body]):
                return new CelBinding(NewId(), at, variable.Name, value, body);
            case ("bind", { Length: 3 }):
                return FaultAt(arguments[0].At, "cel.bind names its value by a simple name.");
            case ("index", [CelConstant { Value: long index }]):
                return new CelVariable(NewId(), at, string.Create(CultureInfo.InvariantCulture, $"@index{index}"));
            case ("iterVar" or "accuVar", [CelConstant { Value: long depth }, CelConstant { Value: long number }]):
                return new CelVariable(NewId(), at, string.Create(CultureInfo.InvariantCulture, $"@{name}:{depth}:{number}"));
            case ("block", [CelListLiteral slots, var body]):
                var node = body;
                for (var i = slots.Elements.Length - 1; i >= 0; i--)
                    node = Bound(new CelBinding(NewId(), at, string.Create(CultureInfo.InvariantCulture, $"@index{i}"), slots.Elements[i], node));
                return node;
            default:
                return null;
        }
    }

    // Any number of arguments: one or two stay arguments, more become a list.
    private CelCall ExpandExtreme(string name, CelNode math, ImmutableArray<CelNode> arguments, CelPosition at)
    {
        if (arguments.Length <= 2) return new CelCall(NewId(), at, name, true, [math, .. arguments]);
        var list = Bound(new CelListLiteral(NewId(), at, arguments, [.. arguments.Select(_ => false)]));
        return new CelCall(NewId(), at, name, true, [math, list]);
    }

    // The target is evaluated once: it gets a name no source can spell.
    private CelNode OptionalMap(CelNode target, ImmutableArray<CelNode> arguments, bool isFlat, CelPosition at)
    {
        if (arguments[0] is not CelVariable { IsRooted: false } variable) return FaultAt(arguments[0].At, "optMap names the value by a simple name.");
        var held = string.Create(CultureInfo.InvariantCulture, $"@optional{NewId()}");
        CelNode Held() => new CelVariable(NewId(), target.At, held);
        CelNode result = new CelBinding(NewId(), at, variable.Name, new CelCall(NewId(), at, "value", true, [Held()]), arguments[1]);
        if (!isFlat) result = new CelCall(NewId(), at, "optional.of", false, [result]);
        var test = new CelCall(NewId(), at, "hasValue", true, [Held()]);
        var choice = new CelConditional(NewId(), at, test, result, new CelCall(NewId(), at, "optional.none", false, []));
        return new CelBinding(NewId(), at, held, target, choice);
    }
}
