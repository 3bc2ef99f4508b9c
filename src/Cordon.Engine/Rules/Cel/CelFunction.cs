using System.Collections.Immutable;
using System.Linq.Expressions;

namespace Cordon.Engine.Rules.Cel;

/// <summary>Makes the code of a call.</summary>
/// <param name="arguments">One expression an argument, of the parameter types' CLR types; each may be used once only.</param>
/// <param name="error">A variable of type <see cref="CelError"/>: to be set, and any value answered, where the call fails.</param>
internal delegate Expression CelEmit(IReadOnlyList<Expression> arguments, ParameterExpression error);

/// <summary>Looks at a call whose overload is known: answers another node for it (a folded constant), or says what is wrong.</summary>
internal delegate CelNode? CelFolding(CelCall call, out string? fault);

/// <summary>What a call costs at most, and how large its answer is, by the sizes of its arguments.</summary>
internal delegate CelCallCost CelCosting(IReadOnlyList<CelShape> arguments);

/// <summary>One overload of a function.</summary>
/// <remarks><c>Id</c>: unique in the function: a later overload of the same id takes the earlier one's place.
/// <c>IsMember</c>: whether it is called on its first parameter: <c>text.size()</c>.
/// <c>Emit</c>: Null for a host-only overload: its calls must be rewritten before an expression is compiled.</remarks>
internal sealed record CelOverload(string Id, bool IsMember, ImmutableArray<CelType> Parameters, CelType Result, CelEmit? Emit)
{
    /// <summary>Whether a call can end in an error though its arguments do not.</summary>
    public bool CanFail { get; init; }

    /// <summary>Asked after checking; null where calls stay as they are.</summary>
    public CelFolding? Folding { get; init; }

    /// <summary>Null where a call costs one step and answers a scalar, or text no longer than its arguments together.</summary>
    public CelCosting? Costing { get; init; }

    /// <summary>Asked of arguments whose types are known only at run time, beyond their CLR types.</summary>
    public Func<object?[], bool>? Guard { get; init; }

    /// <summary>Whether checking leaves it out: it is there for values whose types only evaluation knows.</summary>
    public bool IsRuntimeOnly { get; init; }

    private Func<object?[], object?>? invoke;

    /// <summary>Calls it on boxed arguments of the right types; answers the value or a <see cref="CelError"/>.</summary>
    public object? Invoke(object?[] arguments) => (invoke ??= CelBoxing.Box(this))(arguments);

    /// <summary>A function: <c>size(text)</c>.</summary>
    public static CelOverload Global(string id, ImmutableArray<CelType> parameters, CelType result, CelEmit? emit) => new(id, false, parameters, result, emit);

    /// <summary>A member function: <c>text.size()</c>.</summary>
    public static CelOverload Member(string id, ImmutableArray<CelType> parameters, CelType result, CelEmit? emit) => new(id, true, parameters, result, emit);

    /// <summary>
    /// A function over a method whose parameters have the CLR types of <paramref name="parameters"/>;
    /// a last parameter <c>ref CelError?</c> makes it one that can fail.
    /// </summary>
    public static CelOverload Of(string id, bool isMember, ImmutableArray<CelType> parameters, CelType result, Delegate method)
    {
        var canFail = method.Method.GetParameters() is [.., { ParameterType.IsByRef: true }];
        var target = method.Method.IsStatic ? null : Expression.Constant(method.Target);
        return new(id, isMember, parameters, result, (arguments, error) =>
            Expression.Call(target, method.Method, canFail ? [.. arguments, error] : arguments)) { CanFail = canFail };
    }

    /// <summary>Whether boxed values can be its arguments.</summary>
    public bool Accepts(object?[] arguments)
    {
        if (arguments.Length != Parameters.Length) return false;
        for (var i = 0; i < arguments.Length; i++)
            if (!CelRuntime.Is(arguments[i], Parameters[i])) return false;
        return Guard is null || Guard(arguments);
    }
}

/// <summary>A function: a name with overloads.</summary>
internal sealed record CelFunction(string Name, ImmutableArray<CelOverload> Overloads)
{
    /// <summary>Calls the first overload that takes these values; <see cref="CelError.NoSuchOverload"/> where none does.</summary>
    public object? Invoke(bool isMember, object?[] arguments)
    {
        foreach (var overload in Overloads)
            if (overload.IsMember == isMember && overload.Emit is not null && overload.Accepts(arguments)) return overload.Invoke(arguments);
        return CelError.NoSuchOverload;
    }
}

/// <summary>A field of a host's type.</summary>
/// <remarks><c>Owner</c>: the opaque type.
/// <c>Emit</c>: from the owner's value to the field's; null for a host-only field: selections must be rewritten before compiling.
/// <c>Presence</c>: from the owner's value to whether the field is there; null where <c>has</c> may not be asked.</remarks>
internal sealed record CelField(CelType Owner, string Name, CelType Type, Func<Expression, Expression>? Emit, Func<Expression, Expression>? Presence = null)
{
    private Func<object?[], object?>? read;
    private Func<object?[], object?>? has;

    public object? Read(object? owner) => (read ??= CelBoxing.Box(Owner, Emit, $"field {Owner}.{Name}"))([owner]);

    public object? Has(object? owner) => (has ??= CelBoxing.Box(Owner, Presence, $"has({Owner}.{Name})"))([owner]);
}
