namespace Cordon.Engine.Rules.Cel;

/// <summary>One comprehension of an explaining evaluation.</summary>
internal sealed class CelLoopWalk(CelExplainer explainer, CelLoop loop)
{
    private readonly List<object?> items = [];
    private readonly List<KeyValuePair<object?, object?>> entries = [];
    private int found;

    public object? Run(object? range, ref CelError? error)
    {
        if (error is not null) return null;
        var turns = CelRuntime.Turns(range, ref error);
        CelError? firstError = null;
        for (var turn = 0; turn < turns; turn++)
        {
            var first = CelRuntime.First(range, turn, loop.Second is not null);
            var second = CelRuntime.Second(range, turn);
            if (!IsHeld(first, second, ref error) || !IsKept(first, second, ref error))
            {
                if (error is not null) return null;
                continue;
            }
            if (loop.Loop is CelLoopKind.All or CelLoopKind.Exists)
            {
                CelError? turnError = null;
                var holds = Bool(explainer.Within(loop, first, second, loop.Body), ref turnError);
                if (turnError is null && holds == (loop.Loop == CelLoopKind.Exists)) return holds;
                firstError ??= turnError;
            }
            else Add(first, explainer.Within(loop, first, second, loop.Body), ref error);
            if (error is not null) return null;
        }
        error ??= firstError;
        return error is null ? Result(ref error) : null;
    }

    // As in compiled code: a null has no place in a variable of a type that does not hold it.
    private bool IsHeld(object? first, object? second, ref CelError? error)
    {
        var types = loop.Range.Type.Parameters;
        if (loop.Range.Type.Kind is not (CelKind.List or CelKind.Map)) return true;
        var element = loop.Range.Type.Kind == CelKind.List ? second : first;
        if ((element is null && CelFailing.IsNullable(types[0])) || (loop.Second is not null && second is null && CelFailing.IsNullable(types[^1])))
            error = CelError.NoSuchOverload;
        return error is null;
    }

    private bool IsKept(object? first, object? second, ref CelError? error) =>
        loop.Filter is null || Bool(explainer.Within(loop, first, second, loop.Filter), ref error);

    private static bool Bool(CelOutcome outcome, ref CelError? error)
    {
        error = outcome.Error;
        return error is null && CelRuntime.As<bool>(outcome.Value, ref error);
    }

    private void Add(object? first, CelOutcome outcome, ref CelError? error)
    {
        switch (loop.Loop)
        {
            case CelLoopKind.ExistsOne:
                if (Bool(outcome, ref error)) found++;
                return;
            case CelLoopKind.List:
                items.Add(outcome.Value);
                break;
            case CelLoopKind.Map:
                entries.Add(new(first, outcome.Value));
                break;
            default:
                if (outcome.Error is null) CelRuntime.AddEntries(entries, outcome.Value, ref error);
                break;
        }
        error ??= outcome.Error;
    }

    private object? Result(ref CelError? error) => loop.Loop switch
    {
        CelLoopKind.All => true,
        CelLoopKind.Exists => false,
        CelLoopKind.ExistsOne => found == 1,
        CelLoopKind.List => CelRuntime.ToList(items),
        _ => CelRuntime.ToMap(entries, ref error),
    };
}
