using static Cordon.Engine.Rules.Cel.CelOverload;

namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>Sizes, indexes and membership of lists and maps.</summary>
internal static class CelListLibrary
{
    public static void Add(CelEnvironmentBuilder builder)
    {
        CelType a = CelLibrary.A, b = CelLibrary.B, list = CelLibrary.ListOfA, map = CelLibrary.MapOfAB, @int = CelType.Int;
        foreach (var isMember in (ReadOnlySpan<bool>)[false, true])
        {
            var kind = isMember ? "member" : "global";
            builder.Function("size",
                Of($"{kind}_size_string", isMember, [CelType.String], @int, CelText.Length),
                Of($"{kind}_size_bytes", isMember, [CelType.Bytes], @int, (CelBytes x) => (long)x.Content.Length),
                Of($"{kind}_size_list", isMember, [list], @int, (CelList x) => (long)x.Count) with { Costing = CelCosts.Step },
                Of($"{kind}_size_map", isMember, [map], @int, (CelMap x) => (long)x.Count) with { Costing = CelCosts.Step });
        }
        builder.Function("@in",
            Of("in_list", false, [a, list], CelType.Bool, (object? item, CelList within) => CelEquality.Contains(within, item)) with { Costing = CelCosts.Membership },
            Of("in_map", false, [a, map], CelType.Bool, (object? key, CelMap within) => within.TryGet(key, out _)));
        builder.Function("_[_]",
            Of("index_list", false, [list, @int], a, At) with { Costing = CelCosts.Element },
            Of("index_map", false, [map, a], b, Entry) with { Costing = CelCosts.Element },
            Of("index_optional_list", false, [CelType.Optional(list), @int], CelLibrary.OptionalOfA, OptionalAt) with { Costing = CelCosts.Rewrapped },
            Of("index_optional_map", false, [CelType.Optional(map), a], CelType.Optional(b), OptionalEntry) with { Costing = CelCosts.Rewrapped },
            // A list from outside may be asked by a number of another type, as JSON gives it.
            Of("index_list_number", false, [list, CelType.Dyn], a, AtNumber) with { IsRuntimeOnly = true });
        builder.Function("_[?_]",
            Of("optional_index_list", false, [list, @int], CelLibrary.OptionalOfA, ElementOrNone) with { Costing = CelCosts.WrappedElement },
            Of("optional_index_map", false, [map, a], CelType.Optional(b), (CelMap x, object? key) => x.TryGet(key, out var v) ? CelOptional.Of(v) : CelOptional.None) with { Costing = CelCosts.WrappedElement },
            Of("optional_index_optional_list", false, [CelType.Optional(list), @int], CelLibrary.OptionalOfA, OptionalAt) with { Costing = CelCosts.Rewrapped },
            Of("optional_index_optional_map", false, [CelType.Optional(map), a], CelType.Optional(b), OptionalEntry) with { Costing = CelCosts.Rewrapped },
            Of("optional_index_list_number", false, [list, CelType.Dyn], CelLibrary.OptionalOfA, ElementOfNumberOrNone) with { IsRuntimeOnly = true });
    }

    private static object? At(CelList list, long index, ref CelError? error)
    {
        if (index >= 0 && index < list.Count) return list.Items[(int)index];
        error = CelError.IndexOutOfRange;
        return null;
    }

    private static object? AtNumber(CelList list, object? index, ref CelError? error)
    {
        if (Whole(index) is { } whole) return At(list, whole, ref error);
        error = CelError.NoSuchOverload;
        return null;
    }

    private static long? Whole(object? index) => index switch
    {
        long i => i,
        ulong u => u <= long.MaxValue ? (long)u : long.MaxValue,
        double d when CelEquality.TryWhole(d, out var i, out _) => i ?? long.MaxValue,
        _ => null,
    };

    private static object? Entry(CelMap map, object? key, ref CelError? error)
    {
        if (map.TryGet(key, out var value)) return value;
        error = CelError.NoSuchKey;
        return null;
    }

    private static CelOptional ElementOrNone(CelList list, long index) =>
        index >= 0 && index < list.Count ? CelOptional.Of(list.Items[(int)index]) : CelOptional.None;

    private static CelOptional? ElementOfNumberOrNone(CelList list, object? index, ref CelError? error)
    {
        if (Whole(index) is { } whole) return ElementOrNone(list, whole);
        error = CelError.NoSuchOverload;
        return null;
    }

    private static CelOptional? OptionalAt(CelOptional optional, long index, ref CelError? error)
    {
        if (!optional.HasValue) return CelOptional.None;
        if (optional.Value is CelMap) return OptionalEntry(optional, index, ref error);
        if (optional.Value is CelList list) return ElementOrNone(list, index);
        error = CelError.NoSuchOverload;
        return null;
    }

    private static CelOptional? OptionalEntry(CelOptional optional, object? key, ref CelError? error)
    {
        if (!optional.HasValue) return CelOptional.None;
        if (optional.Value is CelMap map) return map.TryGet(key, out var value) ? CelOptional.Of(value) : CelOptional.None;
        if (optional.Value is CelList list) return ElementOfNumberOrNone(list, key, ref error);
        error = CelError.NoSuchOverload;
        return null;
    }
}
