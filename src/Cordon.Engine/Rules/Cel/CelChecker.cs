using System.Collections.Immutable;

namespace Cordon.Engine.Rules.Cel;

/// <summary>
/// Settles names and types. Loosely, variables are dyn and what would be a fault becomes a node that fails when it is evaluated.
/// </summary>
internal sealed partial class CelChecker(CelEnvironment environment, bool loose)
{
    private readonly CelUnifier types = new();
    private ImmutableDictionary<string, CelType> locals = ImmutableDictionary<string, CelType>.Empty;

    public List<CelFault> Faults { get; } = [];

    public CelNode Check(CelNode root) => Settle(Visit(root));

    // Type parameters found late still reach nodes visited early.
    private CelNode Settle(CelNode node)
    {
        var children = node.Children;
        if (!children.IsEmpty) node = node.With([.. children.Select(Settle)]);
        return node with { Type = types.Resolve(node.Type, settle: true) };
    }

    private CelFailure Fault(CelNode node, string message, string? suggestion = null, CelError? error = null)
    {
        if (!loose) Faults.Add(new CelFault(node.At.Line, node.At.Column, message, suggestion));
        return new CelFailure(node.Id, node.At, error ?? new CelError(message));
    }

    private CelType TypeOf(CelNode node) => types.Resolve(node.Type, settle: false);

    private CelNode Visit(CelNode node) => node switch
    {
        CelVariable variable => Variable(variable),
        CelSelect select => Select(select),
        CelPresence presence => Presence(presence),
        CelCall call => Call(call),
        CelLogic logic => Logic(logic),
        CelConditional conditional => Conditional(conditional),
        CelListLiteral list => List(list),
        CelMapLiteral map => Map(map),
        CelMessageLiteral message => CelMessages.Check(message with { Values = Visit(message.Values) }, environment, this),
        CelLoop loop => Loop(loop),
        CelBinding binding => Binding(binding),
        _ => node,
    };

    private ImmutableArray<CelNode> Visit(ImmutableArray<CelNode> nodes) => [.. nodes.Select(Visit)];

    private CelNode Variable(CelVariable variable)
    {
        if (!variable.IsRooted && locals.TryGetValue(variable.Name, out var local)) return variable with { IsLocal = true, Type = local };
        var name = variable.IsRooted ? "." + variable.Name : variable.Name;
        return Named(variable, name) ?? Fault(variable, $"The name '{variable.Name}' is not known here.", CelNames.Nearest(variable.Name, KnownNames()));
    }

    private IEnumerable<string> KnownNames() =>
        environment.Variables.Keys.Concat(environment.Constants.Keys).Concat(locals.Keys.Where(n => n[0] != '@'))
            .SelectMany(n => n.Contains('.', StringComparison.Ordinal) ? [n, n[..n.IndexOf('.', StringComparison.Ordinal)]] : (string[])[n]);

    // A declared variable or constant by a name that may be qualified.
    private CelNode? Named(CelNode node, string name)
    {
        foreach (var candidate in CelNames.Candidates(environment.Container, name))
        {
            if (environment.Variables.TryGetValue(candidate, out var type))
                return new CelVariable(node.Id, node.At, candidate) { Type = loose ? CelType.Dyn : type };
            if (environment.Constants.TryGetValue(candidate, out var constant))
                return new CelConstant(node.Id, node.At, constant.Value) { Type = constant.Type };
        }
        return null;
    }

    // The name a chain of fields spells, unless a comprehension's variable begins it.
    private string? FreeName(CelNode node)
    {
        var name = CelParser.QualifiedName(node);
        if (name is null || name.StartsWith('.')) return name;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return locals.ContainsKey(dot < 0 ? name : name[..dot]) ? null : name;
    }

    private CelNode Select(CelSelect select)
    {
        if (FreeName(select) is { } name)
        {
            if (Named(select, name) is { } named) return named;
            // Nothing begins with this name: then the whole of it was meant, and the nearest whole name helps most.
            if (!StartsKnownName(select.Operand))
                return Fault(select, $"The name '{name}' is not known here.", CelNames.Nearest(name, KnownNames()));
        }
        var operand = Visit(select.Operand);
        var type = TypeOf(operand);
        var isOptional = select.IsOptional || type.Kind == CelKind.Optional;
        if (type.Kind == CelKind.Optional) type = types.Resolve(type.Parameters[0], settle: false);
        if (FieldType(select, type, select.Field, out var declared) is not { } field) return Failed(select, operand);
        if (declared is not null && TypeOf(operand).Kind == CelKind.Optional) return Fault(select, "Take the value out of the optional before its fields.");
        return select with { Operand = operand, Declared = declared, Type = isOptional ? CelType.Optional(field) : field };
    }

    private bool StartsKnownName(CelNode node)
    {
        for (; node is CelSelect select; node = select.Operand)
            if (Named(node, CelParser.QualifiedName(node)!) is not null) return true;
        return node is CelVariable v && Named(v, v.IsRooted ? "." + v.Name : v.Name) is not null;
    }

    // The operand's own failure says more than what failed on top of it.
    private static CelFailure Failed(CelNode node, CelNode operand) =>
        operand as CelFailure ?? new CelFailure(node.Id, node.At, CelError.NoSuchOverload);

    private CelType? FieldType(CelNode node, CelType owner, string name, out CelField? declared)
    {
        declared = null;
        switch (owner.Kind)
        {
            case CelKind.Dyn or CelKind.Parameter:
                return CelType.Dyn;
            case CelKind.Map when types.TryAssign(CelType.String, owner.Parameters[0]):
                return owner.Parameters[1];
            case CelKind.Opaque when environment.Fields.TryGetValue((owner.Name, name), out declared):
                return declared.Type;
            case CelKind.Opaque:
                Fault(node, $"{owner} has no field '{name}'.", CelNames.Nearest(name, environment.Fields.Keys.Where(k => k.Owner == owner.Name).Select(k => k.Field)));
                return null;
            default:
                Fault(node, $"{owner} has no fields.");
                return null;
        }
    }

    private CelNode Presence(CelPresence presence)
    {
        var operand = Visit(presence.Operand);
        var type = TypeOf(operand);
        if (type.Kind == CelKind.Optional) type = types.Resolve(type.Parameters[0], settle: false);
        if (FieldType(presence, type, presence.Field, out var declared) is null) return Failed(presence, operand);
        if (declared is { Presence: null } || (declared is not null && TypeOf(operand).Kind == CelKind.Optional)) return Fault(presence, $"{type}.{presence.Field} is always there: has() has nothing to ask.");
        CelNode settled = presence with { Operand = operand, Declared = declared, Type = CelType.Bool };
        return settled;
    }

    private CelNode Truth(CelNode node)
    {
        var visited = Visit(node);
        if (!types.TryAssign(TypeOf(visited), CelType.Bool)) Fault(node, $"A bool is expected, not {TypeOf(visited)}.");
        return visited;
    }

    private CelLogic Logic(CelLogic logic) => logic with { Left = Truth(logic.Left), Right = Truth(logic.Right), Type = CelType.Bool };

    private CelNode Conditional(CelConditional conditional)
    {
        var condition = Truth(conditional.Condition);
        var (then, other) = (Visit(conditional.Then), Visit(conditional.Else));
        var result = types.Fresh();
        if (!types.TryAssign([TypeOf(then), TypeOf(other)], [result, result]))
        {
            if (!loose) return Fault(conditional, $"Both sides of '? :' have one type, not {TypeOf(then)} and {TypeOf(other)}.");
            result = CelType.Dyn;
        }
        CelNode settled = conditional with { Condition = condition, Then = then, Else = other, Type = types.Resolve(result, settle: false) };
        return settled;
    }

    private CelType Unwrapped(CelNode node, bool isOptional)
    {
        var type = TypeOf(node);
        if (!isOptional || type.Kind is CelKind.Dyn or CelKind.Parameter) return isOptional ? CelType.Dyn : type;
        if (type.Kind == CelKind.Optional) return type.Parameters[0];
        Fault(node, $"An optional is expected after '?', not {type}.");
        return CelType.Dyn;
    }

    private CelListLiteral List(CelListLiteral list)
    {
        var elements = Visit(list.Elements);
        CelType? joined = null;
        for (var i = 0; i < elements.Length; i++) joined = types.Join(joined, Unwrapped(elements[i], list.Optional[i]));
        return list with { Elements = elements, Type = CelType.List(joined ?? types.Fresh()) };
    }

    private CelMapLiteral Map(CelMapLiteral map)
    {
        var parts = Visit(map.Parts);
        CelType? keys = null, values = null;
        for (var i = 0; i < parts.Length; i += 2)
        {
            var key = TypeOf(parts[i]);
            // No other type gets into a key's place, not even to go on: types that hold one another twice would double at each level.
            if (key.Kind is not (CelKind.Bool or CelKind.Int or CelKind.UInt or CelKind.String))
            {
                if (key.Kind is not (CelKind.Dyn or CelKind.Parameter)) Fault(parts[i], $"A key is a bool, int, uint or string, not {key}.");
                key = CelType.Dyn;
            }
            keys = types.Join(keys, key);
            values = types.Join(values, Unwrapped(parts[i + 1], map.Optional[i / 2]));
        }
        return map with { Parts = parts, Type = CelType.Map(keys ?? types.Fresh(), values ?? types.Fresh()) };
    }

    private CelNode Binding(CelBinding binding)
    {
        var value = Visit(binding.Value);
        var outer = locals;
        locals = locals.SetItem(binding.Name, TypeOf(value));
        var body = Visit(binding.Body);
        locals = outer;
        return binding with { Value = value, Body = body, Type = TypeOf(body) };
    }
}
