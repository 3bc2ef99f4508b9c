using System.Collections.Immutable;
using Cordon.Engine.Rules.Cel.Library;

namespace Cordon.Engine.Rules.Cel;

internal sealed partial class CelChecker
{
    internal CelFailure Refuse(CelNode node, string message, string? suggestion = null) => Fault(node, message, suggestion);

    internal bool IsAssignable(CelNode node, CelType type) => types.TryAssign(TypeOf(node), type);

    internal CelType TypeNow(CelNode node) => TypeOf(node);

    private CelNode Call(CelCall call)
    {
        // math.greatest(x): a function of a qualified name looks like a member call until it is looked up.
        if (call.IsMember && FreeName(call.Arguments[0]) is { } prefix && Function($"{prefix}.{call.Function}") is { } qualified)
            return Resolve(call with { Function = qualified.Name, IsMember = false, Arguments = Visit(call.Arguments.RemoveAt(0)) }, qualified);
        var function = call.IsMember ? environment.Functions.GetValueOrDefault(call.Function) : Function(call.Function);
        if (function is null)
        {
            var name = call.IsMember && FreeName(call.Arguments[0]) is { } start && !StartsKnownName(call.Arguments[0]) ? $"{start}.{call.Function}" : call.Function;
            if (name == call.Function) Visit(call.Arguments);
            else Visit(call.Arguments.RemoveAt(0));
            return Fault(call, $"The function '{name}' is not known.", CelNames.Nearest(name, environment.Functions.Keys.Where(IsSpoken)));
        }
        return Resolve(call with { Arguments = Visit(call.Arguments) }, function);
    }

    private CelFunction? Function(string name) =>
        CelNames.Candidates(environment.Container, name).Select(environment.Functions.GetValueOrDefault).FirstOrDefault(f => f is not null);

    // Operators and what macros call have names no author writes.
    private static bool IsSpoken(string function) => !function.Contains('@', StringComparison.Ordinal) && !function.Contains('_', StringComparison.Ordinal);

    private CelNode Resolve(CelCall call, CelFunction function)
    {
        var arguments = call.Arguments.Select(TypeOf).ToList();
        var possible = ImmutableArray.CreateBuilder<CelOverload>();
        CelType? result = null;
        foreach (var overload in function.Overloads)
        {
            if (overload.IsRuntimeOnly || overload.IsMember != call.IsMember || overload.Parameters.Length != arguments.Count) continue;
            var (parameters, answer) = types.Instantiate(overload);
            if (!types.TryAssign(arguments, parameters)) continue;
            possible.Add(overload);
            answer = types.Resolve(answer, settle: false);
            result = result is null || result.Equals(answer) ? answer : CelType.Dyn;
        }
        call = call with { Callee = function, Overloads = possible.ToImmutable(), Type = result ?? CelType.Dyn };
        if (result is null) return loose ? call : NoOverload(call, arguments);
        return possible is [{ Folding: { } folding }] ? Fold(call, folding) : call;
    }

    private CelNode Fold(CelCall call, CelFolding folding)
    {
        var folded = folding(call, out var fault);
        return fault is null ? folded ?? call : Fault(call, fault);
    }

    private CelFailure NoOverload(CelCall call, List<CelType> arguments)
    {
        // What failed below has its own fault; a second one about its unknown type would only blur it.
        if (call.Arguments.FirstOrDefault(a => a is CelFailure) is CelFailure below) return below;
        if (CelMoney.Clash(arguments) is { } clash) return Fault(call, clash);
        var sign = Sign(call.Function);
        var taken = arguments.Select(a => types.Resolve(a, settle: true).ToString()).ToList();
        if (sign is not null) return Fault(call, $"'{sign}' does not take {string.Join(" and ", taken)}.");
        return call.IsMember
            ? Fault(call, $"'{call.Function}' of {taken[0]} does not take ({string.Join(", ", taken.Skip(1))}).")
            : Fault(call, $"'{call.Function}' does not take ({string.Join(", ", taken)}).");
    }

    private static string? Sign(string function) => function switch
    {
        "@in" => "in",
        "_[_]" => "[ ]",
        "_[?_]" => "[? ]",
        "!_" => "!",
        "-_" => "-",
        _ when function.StartsWith('_') && function.EndsWith('_') => function.Trim('_'),
        _ => null,
    };

    private CelNode Loop(CelLoop loop)
    {
        var range = Visit(loop.Range);
        if (Turns(loop, TypeOf(range)) is not var (first, second, keys)) return Failed(loop, range);
        var outer = locals;
        locals = locals.SetItem(loop.First, first);
        if (loop.Second is not null) locals = locals.SetItem(loop.Second, second);
        var filter = loop.Filter is null ? null : Truth(loop.Filter);
        var isPredicate = loop.Loop is CelLoopKind.All or CelLoopKind.Exists or CelLoopKind.ExistsOne;
        var body = isPredicate ? Truth(loop.Body) : Visit(loop.Body);
        locals = outer;
        var type = loop.Loop switch
        {
            CelLoopKind.List => CelType.List(TypeOf(body)),
            CelLoopKind.Map => CelType.Map(keys, TypeOf(body)),
            CelLoopKind.Entries => Entries(body),
            _ => CelType.Bool,
        };
        CelNode settled = loop with { Range = range, Filter = filter, Body = body, Type = type };
        return settled;
    }

    private CelType Entries(CelNode body)
    {
        var type = TypeOf(body);
        if (type.Kind == CelKind.Map) return type;
        if (type.Kind is not (CelKind.Dyn or CelKind.Parameter)) Fault(body, $"transformMapEntry makes maps, not {type}.");
        return CelType.AnyMap;
    }

    // What the variables of a comprehension hold, and the keys of a map made from it.
    private (CelType First, CelType Second, CelType Keys)? Turns(CelLoop loop, CelType range)
    {
        switch (range.Kind)
        {
            case CelKind.List when loop.Second is null: return (range.Parameters[0], CelType.Dyn, CelType.Int);
            case CelKind.List: return (CelType.Int, range.Parameters[0], CelType.Int);
            case CelKind.Map: return (range.Parameters[0], range.Parameters[1], range.Parameters[0]);
            case CelKind.Dyn or CelKind.Parameter: return (CelType.Dyn, CelType.Dyn, CelType.Dyn);
            default:
                Fault(loop.Range, $"A comprehension goes over a list or map, not {range}.");
                return null;
        }
    }
}
