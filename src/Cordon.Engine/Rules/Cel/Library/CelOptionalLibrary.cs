using static Cordon.Engine.Rules.Cel.CelOverload;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>The optional extension: values that may be absent.</summary>
internal static class CelOptionalLibrary
{
    public static void Add(CelEnvironmentBuilder builder)
    {
        CelType a = CelLibrary.A, optional = CelLibrary.OptionalOfA, list = CelLibrary.ListOfA;
        builder.Function("optional.of", Of("optional_of", false, [a], optional, CelOptional.Of) with { Costing = CelCosts.Wrapped });
        builder.Function("optional.none", Of("optional_none", false, [], optional, () => CelOptional.None));
        builder.Function("optional.ofNonZeroValue", Of("optional_ofNonZeroValue", false, [a], optional, (object? x) => IsZero(x) ? CelOptional.None : CelOptional.Of(x)) with { Costing = CelCosts.Wrapped });
        builder.Function("hasValue", Of("optional_hasValue", true, [optional], CelType.Bool, (CelOptional x) => x.HasValue));
        builder.Function("value", Of("optional_value", true, [optional], a, Value) with { Costing = CelCosts.Element });
        builder.Function("or", Of("optional_or", true, [optional, optional], optional, (CelOptional x, CelOptional y) => x.HasValue ? x : y) with { Costing = CelCosts.Either });
        builder.Function("orValue", Of("optional_orValue", true, [optional, a], a, (CelOptional x, object? y) => x.HasValue ? x.Value : y) with { Costing = CelCosts.Either });
        builder.Function("optional.unwrap", Of("optional_unwrap", false, [CelType.List(optional)], list, Unwrap) with { Costing = CelCosts.Unwrapped });
        builder.Function("unwrapOpt", Of("list_unwrapOpt", true, [CelType.List(optional)], list, Unwrap) with { Costing = CelCosts.Unwrapped });
        builder.Function("first", Of("list_first", true, [list], optional, (CelList x) => x.Count == 0 ? CelOptional.None : CelOptional.Of(x.Items[0])) with { Costing = CelCosts.WrappedElement });
        builder.Function("last", Of("list_last", true, [list], optional, (CelList x) => x.Count == 0 ? CelOptional.None : CelOptional.Of(x.Items[^1])) with { Costing = CelCosts.WrappedElement });
    }

    private static object? Value(CelOptional optional, ref CelError? error)
    {
        if (!optional.HasValue) error = CelError.NoValue;
        return optional.Value;
    }

    private static CelList? Unwrap(CelList list, ref CelError? error)
    {
        var kept = new List<object?>();
        foreach (var item in list.Items)
        {
            if (item is not CelOptional optional)
            {
                error = CelError.NoSuchOverload;
                return null;
            }
            if (optional.HasValue) kept.Add(optional.Value);
        }
        return CelList.Of(kept);
    }

    private static bool IsZero(object? value) => value switch
    {
        null => true,
        bool b => !b,
        long i => i == 0,
        ulong u => u == 0,
        double d => d == 0,
        string s => s.Length == 0,
        CelBytes bytes => bytes.Content.IsEmpty,
        CelList list => list.Count == 0,
        CelMap map => map.Count == 0,
        CelDuration span => span.Nanos == 0,
        CelTimestamp at => at == default,
        CelOptional optional => !optional.HasValue,
        CelType => false,
        _ => value.GetType().IsValueType && value.Equals(Activator.CreateInstance(value.GetType())),
    };
}
