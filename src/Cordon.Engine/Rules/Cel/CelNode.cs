using System.Collections.Immutable;

namespace Cordon.Engine.Rules.Cel;

/// <summary>
/// A node of an expression's tree. Trees are immutable; <see cref="With"/> makes one over other children.
/// Before checking every type is dyn; after it the type is the one evaluation will give.
/// </summary>
/// <remarks><c>Id</c>: unique in its tree, and kept when a tree is rewritten. <c>At</c>: where it stands in the source.</remarks>
internal abstract record CelNode(int Id, CelPosition At)
{
    public CelType Type { get; init; } = CelType.Dyn;

    public abstract ImmutableArray<CelNode> Children { get; }

    /// <summary>The same node over other children, as many as it has.</summary>
    public abstract CelNode With(ImmutableArray<CelNode> children);

    /// <summary>Levels of the tree from here down. Kept, so that trees built from the leaves up never recurse deeply.</summary>
    public int Depth => depth != 0 ? depth : depth = 1 + (Children.IsEmpty ? 0 : Children.Max(c => c.Depth));

    private int depth;
}

/// <summary>A literal, a named constant or a folded call.</summary>
internal sealed record CelConstant(int Id, CelPosition At, object? Value) : CelNode(Id, At)
{
    public override ImmutableArray<CelNode> Children => [];

    public override CelNode With(ImmutableArray<CelNode> children) => this;
}

/// <summary>A variable of the host or of a comprehension.</summary>
/// <remarks><c>Name</c>: after checking, the name the variable was declared under, qualified (<c>params.limit</c>).
/// <c>IsRooted</c>: written with a leading point: comprehension variables do not hide it.</remarks>
internal sealed record CelVariable(int Id, CelPosition At, string Name, bool IsRooted = false) : CelNode(Id, At)
{
    /// <summary>Whether a comprehension or binding declares it, rather than the host.</summary>
    public bool IsLocal { get; init; }

    public override ImmutableArray<CelNode> Children => [];

    public override CelNode With(ImmutableArray<CelNode> children) => this;
}

/// <summary>A field: <c>call.caller</c>, or with <c>IsOptional</c> <c>m.?key</c>.</summary>
internal sealed record CelSelect(int Id, CelPosition At, CelNode Operand, string Field, bool IsOptional = false) : CelNode(Id, At)
{
    /// <summary>The field as the host declared it; null on maps and dyn.</summary>
    public CelField? Declared { get; init; }

    public override ImmutableArray<CelNode> Children => [Operand];

    public override CelNode With(ImmutableArray<CelNode> children) => this with { Operand = children[0] };
}

/// <summary><c>has(x.field)</c>.</summary>
internal sealed record CelPresence(int Id, CelPosition At, CelNode Operand, string Field) : CelNode(Id, At)
{
    public CelField? Declared { get; init; }

    public override ImmutableArray<CelNode> Children => [Operand];

    public override CelNode With(ImmutableArray<CelNode> children) => this with { Operand = children[0] };
}

/// <summary>A call of a function, member function or operator; a member call's target is the first argument.</summary>
/// <remarks><c>Function</c>: its name; operators are named as in the specification: <c>_+_</c>, <c>!_</c>, <c>@in</c>, <c>_[_]</c>.</remarks>
internal sealed record CelCall(int Id, CelPosition At, string Function, bool IsMember, ImmutableArray<CelNode> Arguments) : CelNode(Id, At)
{
    /// <summary>The overloads the argument types leave possible; several only where a type is dyn.</summary>
    public ImmutableArray<CelOverload> Overloads { get; init; } = [];

    /// <summary>The function with all its overloads; null before checking.</summary>
    public CelFunction? Callee { get; init; }

    public override ImmutableArray<CelNode> Children => Arguments;

    public override CelNode With(ImmutableArray<CelNode> children) => this with { Arguments = children };
}

/// <summary><c>&amp;&amp;</c> and <c>||</c>.</summary>
internal sealed record CelLogic(int Id, CelPosition At, bool IsAnd, CelNode Left, CelNode Right) : CelNode(Id, At)
{
    public override ImmutableArray<CelNode> Children => [Left, Right];

    public override CelNode With(ImmutableArray<CelNode> children) => this with { Left = children[0], Right = children[1] };
}

/// <summary><c>a ? b : c</c>.</summary>
internal sealed record CelConditional(int Id, CelPosition At, CelNode Condition, CelNode Then, CelNode Else) : CelNode(Id, At)
{
    public override ImmutableArray<CelNode> Children => [Condition, Then, Else];

    public override CelNode With(ImmutableArray<CelNode> children) => this with { Condition = children[0], Then = children[1], Else = children[2] };
}

/// <summary><c>[a, ?b]</c>.</summary>
/// <remarks><c>Optional</c>: which elements are written with a question mark.</remarks>
internal sealed record CelListLiteral(int Id, CelPosition At, ImmutableArray<CelNode> Elements, ImmutableArray<bool> Optional) : CelNode(Id, At)
{
    public override ImmutableArray<CelNode> Children => Elements;

    public override CelNode With(ImmutableArray<CelNode> children) => this with { Elements = children };
}

/// <summary><c>{k: v, ?k: v}</c>; keys and values take turns in <c>Parts</c>.</summary>
internal sealed record CelMapLiteral(int Id, CelPosition At, ImmutableArray<CelNode> Parts, ImmutableArray<bool> Optional) : CelNode(Id, At)
{
    public override ImmutableArray<CelNode> Children => Parts;

    public override CelNode With(ImmutableArray<CelNode> children) => this with { Parts = children };
}

/// <summary><c>google.protobuf.Int64Value{value: 1}</c>: only the well-known types can be made.</summary>
internal sealed record CelMessageLiteral(int Id, CelPosition At, string Name, ImmutableArray<string> Fields, ImmutableArray<CelNode> Values, ImmutableArray<bool> Optional) : CelNode(Id, At)
{
    public override ImmutableArray<CelNode> Children => Values;

    public override CelNode With(ImmutableArray<CelNode> children) => this with { Values = children };
}

/// <summary>The comprehensions.</summary>
internal enum CelLoopKind
{
    All,
    Exists,
    ExistsOne,

    /// <summary>map, filter and transformList: a list.</summary>
    List,

    /// <summary>transformMap: the keys stay.</summary>
    Map,

    /// <summary>transformMapEntry: the body makes the entries.</summary>
    Entries,
}

/// <summary>A comprehension over a list or the keys of a map.</summary>
/// <remarks><c>Second</c>: the value's variable in a loop over index and value or key and value; null with one variable.
/// <c>Filter</c>: which turns count; null where all do.</remarks>
internal sealed record CelLoop(int Id, CelPosition At, CelLoopKind Loop, string First, string? Second, CelNode Range, CelNode? Filter, CelNode Body) : CelNode(Id, At)
{
    public override ImmutableArray<CelNode> Children => Filter is null ? [Range, Body] : [Range, Filter, Body];

    public override CelNode With(ImmutableArray<CelNode> children) => Filter is null
        ? this with { Range = children[0], Body = children[1] }
        : this with { Range = children[0], Filter = children[1], Body = children[2] };
}

/// <summary>A name for a value: <c>cel.bind(name, value, body)</c>. An error in the value is met where the name is used.</summary>
internal sealed record CelBinding(int Id, CelPosition At, string Name, CelNode Value, CelNode Body) : CelNode(Id, At)
{
    public override ImmutableArray<CelNode> Children => [Value, Body];

    public override CelNode With(ImmutableArray<CelNode> children) => this with { Value = children[0], Body = children[1] };
}

/// <summary>An expression that always fails: what an unchecked expression leaves of an unknown name.</summary>
internal sealed record CelFailure(int Id, CelPosition At, CelError Error) : CelNode(Id, At)
{
    public override ImmutableArray<CelNode> Children => [];

    public override CelNode With(ImmutableArray<CelNode> children) => this;
}
